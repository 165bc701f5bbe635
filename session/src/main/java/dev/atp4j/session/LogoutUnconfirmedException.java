// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Thrown by a logout that the server has not confirmed. The session is over here and for all who share the store; what the
 * server has yet to forget is kept in the store, and it is asked again until it confirms.
 */
public final class LogoutUnconfirmedException extends SessionException {

    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    /**
     * Creates an exception.
     *
     * @param message what happened
     * @param retryAfter when the server will be asked again, from now
     * @param cause why it did not confirm, or null
     */
    public LogoutUnconfirmedException(String message, Duration retryAfter, @Nullable Throwable cause) {
        super(message, cause);
        this.retryAfter = retryAfter;
    }

    /**
     * Returns when the server will be asked again.
     *
     * @return a time from now, not negative
     */
    public Duration retryAfter() {
        return retryAfter;
    }

    /** Returns true: calling logout again asks the server again. */
    @Override
    public boolean retryable() {
        return true;
    }
}
