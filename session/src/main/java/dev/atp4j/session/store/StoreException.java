// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.store;

import dev.atp4j.AtpException;
import org.jspecify.annotations.Nullable;

/** Thrown when a session could not be read from, or written to, its store. Nothing stored is lost by it. */
public final class StoreException extends AtpException {

    private static final long serialVersionUID = 1L;

    /** What went wrong. */
    public enum Kind {
        /** The store did not answer, or could not write (connection, full disk); a later attempt may succeed. */
        UNAVAILABLE,
        /** A stored record is damaged, of a newer form, or another session's. It was left as it is. */
        UNREADABLE,
        /** The store is open to others (permissions, links), or cannot keep its promises where it is. */
        UNSAFE,
        /** The calling thread was interrupted; its interrupt flag is set. */
        INTERRUPTED
    }

    private final Kind kind;

    /**
     * Creates an exception.
     *
     * @param kind what went wrong
     * @param message which session or place, what happened and what to do; never a token
     * @param cause what led to it, or null
     */
    public StoreException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** Sets the thread's interrupt flag again, and makes the exception that says so. */
    static StoreException interrupted(SessionKey key, InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new StoreException(Kind.INTERRUPTED, "interrupted while waiting for a turn at " + key, cause);
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
