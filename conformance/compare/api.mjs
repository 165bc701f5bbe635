// SPDX-License-Identifier: MIT OR Apache-2.0
// AtpAgent of @atproto/api, with its passwords and its persistSession.

import { AtpAgent } from '@atproto/api'

export default (service, fetch, on) => {
  const create = () =>
    new AtpAgent({
      service,
      fetch,
      persistSession: (event, data) => {
        switch (event) {
          case 'create':
          case 'update':
            return on.updated(data)
          case 'network-error':
            return on.updateFailed()
          case 'expired':
            return on.deleted(data)
        }
      },
    })
  const wrap = (agent) => ({
    object: agent,
    did: () => agent.session.did,
    saved: () => agent.session,
    alive: () => agent.hasSession,
    fetch: (path, init) => agent.sessionManager.fetchHandler(path, init),
    refresh: () => agent.sessionManager.refreshSession(),
    logout: () => agent.logout(),
  })
  return {
    login: async ({ identifier, password, code, allowTakendown }) => {
      const agent = create()
      await agent.login({ identifier, password, authFactorToken: code, allowTakendown })
      return wrap(agent)
    },
    // A rejection says that the refresh failed, and not that there is no session.
    resume: async (saved) => {
      const agent = create()
      await agent.resumeSession(saved).catch((error) => {
        if (!agent.hasSession) throw error
      })
      return wrap(agent)
    },
  }
}
