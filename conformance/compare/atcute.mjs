// SPDX-License-Identifier: MIT OR Apache-2.0
// @atcute/password-session, as its documentation shows it.

import { PasswordSession } from '@atcute/password-session'

export default (service, fetch, on) => {
  const options = {
    fetch,
    onUpdate: (data) => on.updated(data),
    onUpdateFailure: () => on.updateFailed(),
    onDelete: (data) => on.deleted(data),
    onDeleteFailure: () => on.deleteFailed(),
  }
  const wrap = (session) => ({
    object: session,
    did: () => session.did,
    saved: () => session.session,
    alive: () => !session.destroyed,
    fetch: (path, init) => session.handle(path, init),
    refresh: () => session.refresh(),
    logout: () => session.logout(),
  })
  return {
    login: async ({ identifier, password, code, allowTakendown, saved }) =>
      wrap(
        await PasswordSession.login(
          { service, identifier, password, code, allowTakendown },
          { ...options, session: saved },
        ),
      ),
    loginUrl: async (url) => wrap(await PasswordSession.login(url, options)),
    resume: async (saved) => wrap(await PasswordSession.resume(saved, options)),
  }
}
