// SPDX-License-Identifier: MIT OR Apache-2.0
// @atproto/lex-password-session, as its documentation shows it.

import { PasswordSession } from '@atproto/lex-password-session'
import { lex } from './lex-forms.mjs'

export default lex(PasswordSession, (options) => PasswordSession.login(options))
