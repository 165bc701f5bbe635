// SPDX-License-Identifier: MIT OR Apache-2.0
// Importing this module gives the process a clock that can be moved: `Date` is the machine's time plus an offset.
// It must come before the code that shall see the moved time. Timers of a minute and longer go with it; shorter ones,
// which wait for the network or slow a caller down, keep to real time.

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

const { setTimeout, clearTimeout } = globalThis
const longTimers = new Map()

globalThis.setTimeout = Object.assign((task, delayMs, ...args) => {
  if (!(delayMs >= 60_000)) {
    return setTimeout(task, delayMs, ...args)
  }
  const run = () => {
    globalThis.clearTimeout(timer)
    task(...args)
  }
  const timer = setTimeout(run, delayMs)
  longTimers.set(timer, { due: now() + delayMs, run })
  return timer
}, setTimeout)

globalThis.clearTimeout = (timer) => {
  longTimers.delete(timer)
  clearTimeout(timer)
}

export function advance(seconds) {
  if (!Number.isFinite(seconds) || seconds < 0) {
    throw new RangeError('a clock moves forward, by a number of seconds')
  }
  moveTo(offsetMs / 1000 + seconds)
}

// Sets the offset, as somebody does who sets a clock: it may go back.
export function moveTo(seconds) {
  offsetMs = Math.round(seconds * 1000)
  const due = [...longTimers.values()].filter((timer) => timer.due <= now())
  due.sort((a, b) => a.due - b.due).forEach((timer) => timer.run())
}
