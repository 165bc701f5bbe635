// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a session needed a new access token and could not get one for now. The session itself is not lost; try
 * again after {@link #retryAfter()}.
 */
public final class RefreshFailedException extends SessionException {

    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    /**
     * Creates an exception.
     *
     * @param message what happened
     * @param retryAfter when to try again, from now
     * @param cause why the refresh failed, or null if only the time was too short
     */
    public RefreshFailedException(String message, Duration retryAfter, @Nullable Throwable cause) {
        super(message, cause);
        this.retryAfter = retryAfter;
    }

    /**
     * Returns when to try again.
     *
     * @return a time from now, not negative
     */
    public Duration retryAfter() {
        return retryAfter;
    }

    /** Returns true: the session goes on. */
    @Override
    public boolean retryable() {
        return true;
    }
}
