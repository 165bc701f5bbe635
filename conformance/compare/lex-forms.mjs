// SPDX-License-Identifier: MIT OR Apache-2.0
// What all releases of @atproto/lex-password-session have in common.

export const lex = (PasswordSession, login) => (service, fetch, on) => {
  const options = {
    fetch,
    onUpdated: (data) => on.updated(data),
    onUpdateFailure: () => on.updateFailed(),
    onDeleted: (data) => on.deleted(data),
    onDeleteFailure: () => on.deleteFailed(),
  }
  const wrap = (session) => ({
    object: session,
    did: () => session.did,
    saved: () => session.session,
    alive: () => !session.destroyed,
    fetch: (path, init) => session.fetchHandler(path, init),
    refresh: () => session.refresh(),
    logout: () => session.logout(),
  })
  return {
    login: async ({ identifier, password, code, allowTakendown }) =>
      wrap(await login({ service, identifier, password, authFactorToken: code, allowTakendown, ...options })),
    // This form of login takes neither callbacks nor a fetch.
    loginUrl: async (url) => wrap(await PasswordSession.login(url)),
    resume: async (saved) => wrap(await PasswordSession.resume(saved, options)),
  }
}
