// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.identity;

import dev.atp4j.AtpException;
import org.jspecify.annotations.Nullable;

/** Thrown when a handle or DID could not be followed to its account or server. */
public final class IdentityException extends AtpException {

    private static final long serialVersionUID = 1L;

    /** What went wrong. */
    public enum Kind {
        /** Those in charge of the name were asked, and there is no such handle or DID, or no longer. */
        NOT_FOUND,
        /** What was found contradicts itself or breaks the rules. It says nothing on whether the account exists. */
        INVALID,
        /** A name that must not, or cannot, be resolved: a reserved domain, an unknown DID method. Nobody was asked. */
        UNSUPPORTED,
        /** Somebody who has to be asked gave no answer; a later attempt may succeed. */
        UNAVAILABLE
    }

    private final Kind kind;

    /**
     * Creates an exception.
     *
     * @param kind what went wrong
     * @param message which identifier failed at which step, and why
     * @param cause what led to it, or null
     */
    public IdentityException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /**
     * Returns what went wrong.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    @Override
    public boolean retryable() {
        return kind == Kind.UNAVAILABLE;
    }
}
