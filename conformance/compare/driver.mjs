// SPDX-License-Identifier: MIT OR Apache-2.0
// A program that uses one public client, and does what it is told by lines on standard input:
//
//   node driver.mjs lex | lex-0.0 | atcute | api
//
// Each line is a JSON object with an "id" and what to "do"; each is answered by one line with that id, not necessarily in
// order. What fails is answered by {"failure": NAME}. It is the protocol of dev.atp4j.conformance.compare.Ours.
//
//   start     {"service", "folder", "home": [ORIGIN...], "clock", "skew"}   a new program; nothing is left of the one before
//   login     {"identifier", "password", "code"?, "allowTakendown"?, "saved"?: DID}
//   loginUrl  {"url"}
//   resume    {"did"}                    goes on with what is saved in the folder
//   call      {"path", "method"?, "json"?, "stream"?, "patience"?}   answers {"status", "error"?}
//   abort     {"order": ID}              gives up a call
//   refresh, logout
//   clock     {"seconds"}                lets time pass until that much was let pass since the start of all
//   disk      {"fails": BOOLEAN}         nothing can be saved, or everything again
//   hook      {"event", "does"}          a callback of the program throws, hangs, calls
//   tell                                 what was heard, what is left, and where secrets went
//   print                                which secrets show when the session is printed
//   ping

import { moveTo } from '../moved-clock.mjs'
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { flushCompileCache } from 'node:module'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { inspect } from 'node:util'

const { default: client } = await import(`./${process.argv[2]}.mjs`)
// Most of these processes are killed, and would leave nothing for the next one's start.
flushCompileCache()

/** One program: the folder where it saves, its callbacks, and its session. */
class Program {
  events = []
  strays = []
  answers = 0
  hooks = {}
  diskFails = false
  closed = false
  session

  constructor({ service, folder, home }) {
    this.folder = folder
    this.home = new Set(home)
    mkdirSync(folder, { recursive: true })
    this.opened = client(service, this.fetch, {
      updated: (data) => this.heard('updated', () => this.save(data)),
      updateFailed: () => this.heard('updateFailed'),
      // Some clients no longer say whose session it was.
      deleted: (data) => this.heard('deleted', () => rmSync(this.file(data?.did ?? this.did), { force: true })),
      deleteFailed: () => this.heard('deleteFailed'),
    })
  }

  // The way out. What would carry a secret to a host that is none of the account's own is noted, and does not leave.
  fetch = async (input, init) => {
    if (this.closed) throw new Error('this program is over')
    const { origin } = new URL(input.url ?? input)
    if (this.home.has(origin) || origin.startsWith('http://127.0.0.1:')) {
      return fetch(input, init).finally(() => this.answers++)
    }
    const headers = new Headers(init?.headers ?? input.headers)
    if (headers.has('authorization')) this.strays.push(origin)
    return Response.json({})
  }

  heard(event, before) {
    this.events.push(event)
    before?.()
    switch (this.hooks[event]) {
      case 'throw':
        throw new Error('a callback of the program failed')
      case 'hang':
        return new Promise(() => {})
      case 'call':
        return this.session.fetch('/xrpc/com.atproto.server.listAppPasswords', { method: 'GET' })
    }
  }

  file(did) {
    return path.join(this.folder, did.replaceAll(':', '_') + '.json')
  }

  save(data) {
    if (this.diskFails) throw new Error('ENOSPC: no space left on device, write')
    this.did = data.did
    const file = this.file(data.did)
    writeFileSync(file + '.new', JSON.stringify(data), { mode: 0o600 })
    renameSync(file + '.new', file)
  }

  saved(did) {
    this.did = did
    return JSON.parse(readFileSync(this.file(did)))
  }
}

let program
const calls = new Map()

const orders = {
  start: (order) => {
    if (program) program.closed = true
    moveTo(order.clock + order.skew)
    program = new Program(order)
    program.skew = order.skew
  },
  login: async ({ saved, ...account }) => {
    program.session = await program.opened.login({ ...account, saved: saved && program.saved(saved) })
    return { did: program.session.did() }
  },
  loginUrl: async ({ url }) => {
    program.session = await program.opened.loginUrl(url)
    return { did: program.session.did() }
  },
  resume: async ({ did }) => {
    program.session = await program.opened.resume(program.saved(did))
  },
  call: async ({ id, path, method = 'GET', json, stream, patience }) => {
    const giveUp = new AbortController()
    calls.set(id, giveUp)
    const signals = [giveUp.signal, ...(patience ? [AbortSignal.timeout(patience)] : [])]
    const init = { method, signal: AbortSignal.any(signals) }
    if (json) {
      init.headers = { 'content-type': 'application/json' }
      init.body = stream ? new Blob([JSON.stringify(json)]).stream() : JSON.stringify(json)
      if (stream) init.duplex = 'half'
    }
    const answer = await program.session.fetch(path, init)
    const body = await answer.json().catch(() => undefined)
    return { status: answer.status, error: body?.error, uri: body?.uri }
  },
  abort: ({ order }) => calls.get(order).abort(),
  refresh: async () => void (await program.session.refresh()),
  logout: async () => void (await program.session.logout()),
  clock: ({ seconds }) => moveTo(seconds + program.skew),
  disk: ({ fails }) => {
    program.diskFails = fails
  },
  hook: ({ event, does }) => {
    program.hooks[event] = does
  },
  tell: () => {
    const alive = program.session?.alive() ?? false
    return { alive, did: alive ? program.session.did() : undefined, events: program.events, strays: program.strays, answers: program.answers }
  },
  print: () => {
    const { object, saved } = program.session
    const shown = inspect(object, { depth: 10 }) + written(object) + object
    const { accessJwt, refreshJwt } = saved()
    return { shown: Object.entries({ accessJwt, refreshJwt }).flatMap(([name, token]) => (shown.includes(token) ? name : [])) }
  },
  ping: () => {},
}

// Some objects can't be written as JSON.
function written(object) {
  try {
    return JSON.stringify(object)
  } catch {
    return ''
  }
}

// Error classes say less than what the server called it.
const nameOf = (error) => error?.error ?? error?.cause?.error ?? (error?.name || 'Error')

for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line)
  const say = (answer) => console.log(JSON.stringify({ id: order.id, ...answer }))
  Promise.resolve()
    .then(() => orders[order.do](order))
    .then(say, (error) => say({ failure: String(nameOf(error)), detail: String(error?.message) }))
}
process.exit(0)
