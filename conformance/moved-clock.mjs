// SPDX-License-Identifier: MIT OR Apache-2.0
// Importing this module gives the process a clock that can be moved forward: `Date` is the machine's time plus an offset.
// It must come before the code that shall see the moved time. Timers still run in real time.

const RealDate = globalThis.Date
let offsetMs = 0

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget === Date ? target : newTarget),
  apply: () => new Date().toString(),
  get: (target, name, receiver) => (name === 'now' ? now : Reflect.get(target, name, receiver)),
})
RealDate.prototype.constructor = globalThis.Date

function now() {
  return RealDate.now() + offsetMs
}

export function advance(seconds) {
  if (!Number.isFinite(seconds) || seconds < 0) {
    throw new RangeError('a clock moves forward, by a number of seconds')
  }
  offsetMs += Math.round(seconds * 1000)
}
