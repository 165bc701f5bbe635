// SPDX-License-Identifier: MIT OR Apache-2.0
// Lends the public JavaScript clients to another program, which drives them by JSON lines:
//
//   {"client": "lex", "do": "login", "service": URL, "identifier": WHO, "password": PASSWORD}
//   {"client": "lex", "do": "resume", "service": URL, "saved": WHAT IT SAVED}
//   {"client": "lex", "do": "call"}      an ordinary call with the session of that client
//   {"client": "lex", "do": "refresh"}
//
// Each is answered by one line: {"saved": WHAT THE CLIENT WOULD SAVE NOW}, or {"failure": WHY}.

import { createInterface } from 'node:readline'
import { AtpAgent } from '@atproto/api'
import { PasswordSession as AtcuteSession } from '@atcute/password-session'
import { PasswordSession as LexSession } from '@atproto/lex-password-session'
import { PasswordSession as OldLexSession } from 'lex-password-session-0.0'

// The first lex releases demand the hooks that the later ones may be given.
const hooks = { onUpdated: () => {}, onDeleted: () => {} }

const lex = (Session, login) => ({
  login: (account) => Session[login]({ ...account, ...hooks }),
  resume: (saved) => Session.resume(saved, hooks),
  refresh: (session) => session.refresh(),
  fetch: (session, path) => session.fetchHandler(path, { method: 'GET' }),
  saved: (session) => session.session,
})

const clients = {
  lex: lex(LexSession, 'login'),
  'lex-0.0': lex(OldLexSession, 'create'),
  atcute: {
    login: (account) => AtcuteSession.login(account, {}),
    resume: (saved) => AtcuteSession.resume(saved, {}),
    refresh: (session) => session.refresh(),
    fetch: (session, path) => session.handle(path, { method: 'GET' }),
    saved: (session) => session.session,
  },
  api: {
    login: async ({ service, ...account }) => {
      const agent = new AtpAgent({ service })
      await agent.login(account)
      return agent
    },
    resume: async (saved, service) => {
      const agent = new AtpAgent({ service })
      await agent.resumeSession(saved)
      return agent
    },
    refresh: (agent) => agent.sessionManager.refreshSession(),
    fetch: (agent, path) => agent.sessionManager.fetchHandler(path, { method: 'GET' }),
    saved: (agent) => agent.session,
  },
}

const sessions = {}

async function perform({ client: name, do: what, saved, ...account }) {
  const client = clients[name]
  if (what === 'login') {
    sessions[name] = await client.login(account)
  } else if (what === 'resume') {
    sessions[name] = await client.resume(saved, account.service)
  } else if (what === 'refresh') {
    await client.refresh(sessions[name])
  } else {
    const answer = await client.fetch(sessions[name], '/xrpc/com.atproto.server.listAppPasswords')
    const text = await answer.text()
    if (answer.status !== 200) throw new Error(`${answer.status} ${text}`)
  }
  return client.saved(sessions[name])
}

for await (const line of createInterface({ input: process.stdin })) {
  const answer = await perform(JSON.parse(line)).then(
    (saved) => ({ saved }),
    (error) => ({ failure: String(error?.message ?? error) }),
  )
  console.log(JSON.stringify(answer))
}
