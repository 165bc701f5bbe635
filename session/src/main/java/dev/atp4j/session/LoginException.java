// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import java.time.Duration;
import java.util.Optional;
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

    /**
     * Returns when a login that is one too many will work.
     *
     * @return the time from now, or empty if it failed for another reason, or the service did not say
     */
    public Optional<Duration> retryAfter() {
        return outcome instanceof LoginOutcome.RateLimited limited
                ? Optional.ofNullable(limited.retryAfter())
                : Optional.empty();
    }

    @Override
    public boolean retryable() {
        return outcome instanceof LoginOutcome.RateLimited;
    }
}
