// SPDX-License-Identifier: MIT OR Apache-2.0
// Drives a PDS with the public JavaScript clients, and prints one JSON line for each thing tried.
//
//   node clients.mjs URL ADMIN
//
// URL is the PDS, ADMIN the base of its control interface, with a slash at the end.

import assert from 'node:assert/strict'
import { AtpAgent } from '@atproto/api'
import { PasswordSession as AtcuteSession } from '@atcute/password-session'
import { PasswordSession as LexSession } from '@atproto/lex-password-session'

const [service, admin] = process.argv.slice(2)

// One shape for the three of them: log in, resume, call, log out, and what their hooks reported.
const clients = {
  '@atproto/lex-password-session': (events) => {
    const options = {
      onUpdated: () => events.push('updated'),
      onUpdateFailure: () => events.push('update failed'),
      onDeleted: () => events.push('deleted'),
    }
    const wrap = (session) => ({
      did: session.did,
      saved: () => session.session,
      fetch: (path, init) => session.fetchHandler(path, init),
      logout: () => session.logout(),
    })
    return {
      login: async ({ code, ...account }) =>
        wrap(await LexSession.login({ service, authFactorToken: code, ...account, ...options })),
      resume: async (saved) => wrap(await LexSession.resume(saved, options)),
    }
  },
  '@atcute/password-session': (events) => {
    const options = {
      onUpdate: () => events.push('updated'),
      onUpdateFailure: () => events.push('update failed'),
      onDelete: () => events.push('deleted'),
    }
    const wrap = (session) => ({
      did: session.did,
      saved: () => session.session,
      fetch: (path, init) => session.handle(path, init),
      logout: () => session.logout(),
    })
    return {
      login: async (account) => wrap(await AtcuteSession.login({ service, ...account }, options)),
      resume: async (saved) => wrap(await AtcuteSession.resume(saved, options)),
    }
  },
  '@atproto/api': (events) => {
    const words = { create: 'updated', update: 'updated', expired: 'deleted', 'network-error': 'update failed' }
    const wrap = (agent) => ({
      did: agent.session.did,
      saved: () => agent.session,
      fetch: (path, init) => agent.sessionManager.fetchHandler(path, init),
      logout: () => agent.logout(),
    })
    const create = () => new AtpAgent({ service, persistSession: (event) => events.push(words[event] ?? event) })
    return {
      login: async ({ code, ...account }) => {
        const agent = create()
        await agent.login({ ...account, authFactorToken: code })
        return wrap(agent)
      },
      resume: async (saved) => {
        const agent = create()
        await agent.resumeSession(saved)
        return wrap(agent)
      },
    }
  },
}

const check = (id, sentence, run) => ({ id, sentence, run })

const checks = [
  check('login', 'logs in by handle', async ({ login, account }) => {
    assert.equal((await login()).did, account.did)
  }),
  check('wrong-password', 'hears that a password is wrong', async ({ login }) => {
    await assert.rejects(login({ password: 'not it' }), named('AuthenticationRequired'))
  }),
  check('call', 'makes an authenticated call', async ({ login, account }) => {
    assert.equal((await get(await login(), 'com.atproto.server.getSession')).handle, account.handle)
  }),
  check('record', 'writes a record and reads it back', async ({ login, account }) => {
    const session = await login()
    const { uri, cid } = await writePost(session, 'hello')
    const query = new URLSearchParams({ repo: account.did, collection: 'app.bsky.feed.post', rkey: uri.split('/').pop() })
    const read = await get(session, 'com.atproto.repo.getRecord?' + query)
    assert.equal(read.value.text, 'hello')
    assert.equal(read.cid, cid)
  }),
  check('upload', 'uploads a blob and fetches it', async ({ login, account }) => {
    const session = await login()
    const { blob } = await post(session, 'com.atproto.repo.uploadBlob', new Uint8Array(2000).fill(65), 'text/plain')
    assert.equal(blob.size, 2000)
    await post(session, 'com.atproto.repo.createRecord', {
      repo: account.did,
      collection: 'dev.atp4j.attachment',
      record: { $type: 'dev.atp4j.attachment', file: blob },
    })
    const query = new URLSearchParams({ did: account.did, cid: blob.ref.$link })
    const answer = await session.fetch('/xrpc/com.atproto.sync.getBlob?' + query, {})
    assert.equal(await answer.text(), 'A'.repeat(2000))
  }),
  check('expiry', 'refreshes an expired session by itself', async ({ login, events }) => {
    const session = await login()
    const before = session.saved()
    await hours(3)
    await writePost(session, 'later')
    assert.notEqual(session.saved().refreshJwt, before.refreshJwt)
    assert.deepEqual(events, ['updated', 'updated'])
  }),
  check('one-refresh', 'refreshes once for many calls at a time', async ({ login, events }) => {
    const session = await login()
    await hours(3)
    await Promise.all(Array.from({ length: 10 }, () => get(session, 'com.atproto.server.getSession')))
    assert.deepEqual(events, ['updated', 'updated'])
  }),
  check('week', 'lives for a week on its refreshes', async ({ login }) => {
    const session = await login()
    for (let day = 0; day < 7; day++) {
      await hours(24)
      await get(session, 'com.atproto.server.getSession')
    }
  }),
  check('resume', 'resumes what it saved', async ({ login, resume, account }) => {
    const saved = JSON.parse(JSON.stringify((await login()).saved()))
    await hours(3)
    const session = await resume(saved)
    assert.equal((await get(session, 'com.atproto.server.getSession')).did, account.did)
  }),
  check('death', 'notices that its session is dead', async ({ login, events }) => {
    const session = await login()
    await logOutBehindItsBack(session.saved().refreshJwt)
    await hours(3)
    await get(session, 'com.atproto.server.getSession').then(
      () => assert.fail('the call succeeded'),
      () => {},
    )
    assert.equal(events.at(-1), 'deleted')
  }),
  check('logout', 'logs out, and its tokens are dead', async ({ login }) => {
    const session = await login()
    const { refreshJwt } = session.saved()
    await session.logout()
    const answer = await bearer('com.atproto.server.refreshSession', refreshJwt)
    assert.equal(answer.status, 400)
    assert.equal((await answer.json()).error, 'ExpiredToken')
  }),
  check('second-factor', 'asks for the code that was mailed', async ({ login, account }) => {
    await control('accounts/requireAuthFactor', { account: account.did })
    await assert.rejects(login(), named('AuthFactorTokenRequired'))
    await assert.rejects(login({ code: 'AAAAA-BBBBB' }), (error) => !/AuthFactorTokenRequired/.test(error.error))
    const { code } = await control('accounts/latestEmailCode', { account: account.did })
    assert.equal((await login({ code })).did, account.did)
  }),
]

// The three name what the server said in different places.
const named = (name) => (error) => [error.error, error.name, error.cause?.error].includes(name) || assert.fail(error)

const json = async (answer) => {
  const text = await answer.text()
  assert.equal(answer.status, 200, text)
  return JSON.parse(text)
}
const get = async (session, call) => json(await session.fetch('/xrpc/' + call, { method: 'GET' }))
const post = async (session, nsid, body, type = 'application/json') =>
  json(
    await session.fetch('/xrpc/' + nsid, {
      method: 'POST',
      headers: { 'content-type': type },
      body: body instanceof Uint8Array ? body : JSON.stringify(body),
    }),
  )
const writePost = (session, text) =>
  post(session, 'com.atproto.repo.createRecord', {
    repo: session.did,
    collection: 'app.bsky.feed.post',
    record: { $type: 'app.bsky.feed.post', text, createdAt: '2026-01-01T00:00:00.000Z' },
  })
const bearer = (nsid, token) =>
  fetch(`${service}/xrpc/${nsid}`, { method: 'POST', headers: { authorization: `Bearer ${token}` } })
const logOutBehindItsBack = (token) => bearer('com.atproto.server.deleteSession', token)

const control = async (action, input) =>
  json(await fetch(admin + action, { method: 'POST', body: JSON.stringify(input) }))
const hours = (n) => control('clock', { advanceSeconds: n * 3600 })

let accounts = 0
async function createAccount() {
  const name = `client${++accounts}-${process.pid}`
  const account = { handle: `${name}.test`, email: `${name}@mail.test`, password: `password of ${name}` }
  const answer = await fetch(`${service}/xrpc/com.atproto.server.createAccount`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(account),
  })
  return { ...account, did: (await json(answer)).did }
}

for (const { id, sentence, run } of checks) {
  for (const [client, create] of Object.entries(clients)) {
    const events = []
    let failure
    try {
      const account = await createAccount()
      const { login, resume } = create(events)
      await run({
        account,
        events,
        resume,
        login: (more) => login({ identifier: account.handle, password: account.password, ...more }),
      })
    } catch (error) {
      failure = String(error.message ?? error)
    }
    console.log(JSON.stringify({ id, sentence, client, failure }))
  }
}
