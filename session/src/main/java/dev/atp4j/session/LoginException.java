// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import org.jspecify.annotations.Nullable;

/** Thrown when a login did not work; {@link #outcome()} says why. */
public final class LoginException extends SessionException {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable LoginOutcome outcome;

    /**
     * Creates an exception for a login that the server answered.
     *
     * @param message what happened and what to do next
     * @param outcome how the login ended
     */
    public LoginException(String message, LoginOutcome outcome) {
        super(message, null);
        this.outcome = outcome;
    }

    /**
     * Returns how the login ended, for those who want to go on from there: ask for a sign-in code, wait for a limit.
     *
     * @return the outcome; null only if the exception was serialized on its way
     */
    public @Nullable LoginOutcome outcome() {
        return outcome;
    }

    @Override
    public boolean retryable() {
        return outcome instanceof LoginOutcome.RateLimited;
    }
}
