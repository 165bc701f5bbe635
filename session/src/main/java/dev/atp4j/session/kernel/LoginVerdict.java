// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What an answer to createSession or createAccount means. */
public sealed interface LoginVerdict {

    /** Tokens. */
    record Granted(Grant grant) implements LoginVerdict {}

    /** A sign-in code is needed, or one was given and is wrong. */
    record AuthFactorRequired(String message, boolean codeRefused) implements LoginVerdict {}

    /** The server does not accept identifier and password; it does not say which of the two is wrong. */
    record BadCredentials(String message) implements LoginVerdict {}

    /** The account was taken down; a login for the few things still allowed has to be asked for. */
    record TakenDown(String message) implements LoginVerdict {}

    /** Too many logins. */
    record RateLimited(@Nullable Duration retryAfter) implements LoginVerdict {}

    /** Anything else: not an answer about this login. */
    record Other() implements LoginVerdict {}
}
