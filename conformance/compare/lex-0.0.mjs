// SPDX-License-Identifier: MIT OR Apache-2.0
// The first releases of @atproto/lex-password-session, whose login was called create.

import { PasswordSession } from 'lex-password-session-0.0'
import { lex } from './lex-forms.mjs'

export default lex(PasswordSession, (options) => PasswordSession.create(options))
