// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.http;

import dev.atp4j.AtpException;
import org.jspecify.annotations.Nullable;

/** Thrown when a request got no answer, or its answer broke off. */
public final class TransportException extends AtpException {

    private static final long serialVersionUID = 1L;

    /** What went wrong. */
    public enum Kind {
        /** No connection was made (name, address, refusal, TLS); nothing was sent. */
        CONNECT,
        /** The host is not one that this request may go to; nothing was sent. */
        FORBIDDEN_ADDRESS,
        /** The connection broke, or the answer was no HTTP. */
        BROKEN,
        /** The time for the exchange was over. */
        TIMEOUT,
        /** The body to send could not be read. */
        REQUEST_BODY,
        /** The answer is larger than the request allows. */
        TOO_LARGE,
        /** The calling thread was interrupted; its interrupt flag is set. */
        INTERRUPTED
    }

    private final Kind kind;
    private final boolean mayHaveArrived;

    /**
     * Creates an exception.
     *
     * @param kind what went wrong
     * @param mayHaveArrived whether the server may have got, and acted on, the request
     * @param message what happened, naming the host
     * @param cause what led to it, or null
     */
    public TransportException(Kind kind, boolean mayHaveArrived, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.mayHaveArrived = mayHaveArrived;
    }

    /**
     * Returns what went wrong.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Tells whether the server may have got, and acted on, the request.
     *
     * @return false only if it certainly has not
     */
    public boolean mayHaveArrived() {
        return mayHaveArrived;
    }

    @Override
    public boolean retryable() {
        return kind == Kind.CONNECT || kind == Kind.BROKEN || kind == Kind.TIMEOUT;
    }
}
