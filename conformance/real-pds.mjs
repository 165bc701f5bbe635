// SPDX-License-Identifier: MIT OR Apache-2.0
// Starts the reference PDS with a PLC directory on loopback and prints one JSON line when both are ready.
// It stops when its standard input ends.
//
//   node real-pds.mjs [--did-doc] [--rate-limits] [--behind-proxy]
//
// With --behind-proxy it listens at `upstream`, and expects a proxy at `url`, which is its public address.
// The line's `admin` is the base of a control interface, a part of the one that the embedded PDS has:
//   POST clock                     {"advanceSeconds": n}   moves the servers' clock (this process's `Date`) forward
//   POST accounts/takeDown         {"account": DID}
//   POST accounts/restore          {"account": DID}
//   POST accounts/delete           {"account": DID}
//   POST accounts/latestEmailCode  {"account": DID}        answers {"code"}; without it if none was mailed
//   POST accounts/refreshTokens    {"account": DID}        answers the tokens that are good now

import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import http from 'node:http'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { advance } from './moved-clock.mjs'

const flags = new Set(process.argv.slice(2))

// Everything the servers write goes into one folder that disappears with the process.
const scratch = mkdtempSync(path.join(os.tmpdir(), 'real-pds-'))
process.env.TMPDIR = scratch
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }))

// The servers name a port only: they would listen on every interface, and nothing could stand before them.
let publicPort
const listen = net.Server.prototype.listen
net.Server.prototype.listen = function (port, ...rest) {
  return typeof port === 'number' && typeof rest[0] !== 'string'
    ? listen.call(this, port === publicPort ? 0 : port, '127.0.0.1', ...rest)
    : listen.call(this, port, ...rest)
}
if (flags.has('--behind-proxy')) {
  const probe = net.createServer()
  publicPort = await new Promise((found) => probe.listen(0, () => found(probe.address().port)))
  await new Promise((closed) => probe.close(closed))
}

const { JWT_SECRET, TestNetworkNoAppView } = await import('@atproto/dev-env')
const { default: release } = await import('@atproto/pds/package.json', { with: { type: 'json' } })

const network = await TestNetworkNoAppView.create({
  pds: {
    port: publicPort,
    enableDidDocWithSession: flags.has('--did-doc'),
    rateLimitsEnabled: flags.has('--rate-limits'),
  },
})
const { pds, plc } = network

// Node writes the Date header from its own clock, which stands still in the past of the moved one.
pds.server.server.prependListener('request', (_, res) => res.setHeader('date', new Date().toUTCString()))

const upstream = `http://127.0.0.1:${pds.server.server.address().port}`

const codes = new Map()
const sendTemplate = pds.ctx.mailer.sendTemplate
pds.ctx.mailer.sendTemplate = function (template, params, mail) {
  codes.set(mail.to, params.token)
  return sendTemplate.call(this, template, params, mail)
}

const actions = {
  clock: ({ advanceSeconds }) => {
    advance(advanceSeconds)
    return { now: new Date().toISOString() }
  },
  'accounts/takeDown': ({ account }) => takedown(account, true),
  'accounts/restore': ({ account }) => takedown(account, false),
  'accounts/delete': ({ account }) => asAdmin('com.atproto.admin.deleteAccount', { did: account }),
  'accounts/latestEmailCode': async ({ account }) => {
    const { email } = await pds.ctx.accountManager.getAccount(account)
    return { code: codes.get(email) }
  },
  'accounts/refreshTokens': async ({ account }) => {
    const rows = pds.ctx.accountManager.db.db
      .selectFrom('refresh_token')
      .selectAll()
      .where('did', '=', account)
      .where('expiresAt', '>', new Date().toISOString())
    return (await rows.execute()).map(({ id, expiresAt, nextId, appPasswordName }) => ({
      jti: id,
      expiresAt,
      successor: nextId ?? undefined,
      appPassword: appPasswordName ?? undefined,
    }))
  },
}

const takedown = (did, applied) =>
  asAdmin('com.atproto.admin.updateSubjectStatus', {
    subject: { $type: 'com.atproto.admin.defs#repoRef', did },
    takedown: { applied },
  })

async function asAdmin(nsid, body) {
  const answer = await fetch(`${upstream}/xrpc/${nsid}`, {
    method: 'POST',
    headers: { ...pds.adminAuthHeaders(), 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!answer.ok) {
    throw new Error(`${nsid} was answered ${answer.status} ${await answer.text()}`)
  }
  return {}
}

const base = `/${randomBytes(16).toString('hex')}/`
const admin = http.createServer(async (req, res) => {
  const action = req.method === 'POST' && req.url.startsWith(base) && actions[req.url.slice(base.length)]
  if (!action) {
    return res.writeHead(404).end()
  }
  try {
    const answer = await action(JSON.parse(Buffer.concat(await Array.fromAsync(req)).toString()))
    res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  } catch (error) {
    res.writeHead(500, { 'content-type': 'text/plain' }).end(String(error.message))
  }
})
await new Promise((ready) => admin.listen(0, '127.0.0.1', ready))

console.log(
  JSON.stringify({
    url: pds.url,
    upstream,
    plc: plc.url,
    admin: `http://127.0.0.1:${admin.address().port}${base}`,
    // Known to everybody: dev-env signs every token with it.
    jwtSecret: JWT_SECRET,
    software: `@atproto/pds ${release.version}`,
    node: process.version,
  }),
)

process.stdin.resume().on('end', () => process.exit(0))
process.on('SIGTERM', () => process.exit(0))
