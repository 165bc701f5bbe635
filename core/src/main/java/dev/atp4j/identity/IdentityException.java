// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.identity;

import dev.atp4j.AtpException;
import org.jspecify.annotations.Nullable;

/** Thrown when a handle or DID could not be followed to its account or server. */
public final class IdentityException extends AtpException {

    private static final long serialVersionUID = 1L;

    private final boolean retryable;

    /**
     * Creates an exception.
     *
     * @param message which identifier failed at which step, and why
     * @param retryable whether a later attempt may succeed (network trouble) or not (no such name)
     * @param cause what led to it, or null
     */
    public IdentityException(String message, boolean retryable, @Nullable Throwable cause) {
        super(message, cause);
        this.retryable = retryable;
    }

    @Override
    public boolean retryable() {
        return retryable;
    }
}
