// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j;

import org.jspecify.annotations.Nullable;

/**
 * The root of everything this library throws for reasons outside the caller's code: the network, a server, a store.
 *
 * <p>Wrong arguments are reported by {@link IllegalArgumentException} and its subclasses instead. Messages and causes
 * never carry a token, a password or a sign-in code.
 */
public abstract class AtpException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message what happened and what to do next, free of secrets
     * @param cause what led to it, or null
     */
    protected AtpException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /**
     * Tells whether the same attempt, made later and unchanged, may succeed.
     *
     * @return true for passing trouble (network, overload, rate limits), false for everything that needs a change first
     */
    public boolean retryable() {
        return false;
    }
}
