// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.xrpc;

import dev.atp4j.AtpException;
import dev.atp4j.syntax.Nsid;
import org.jspecify.annotations.Nullable;

/** Thrown when a call was answered, but not with the success that was asked for. */
public abstract class XrpcException extends AtpException {

    private static final long serialVersionUID = 1L;

    private final transient Nsid nsid;

    /**
     * Creates an exception.
     *
     * @param nsid what was called
     * @param message what happened
     * @param cause what led to it, or null
     */
    protected XrpcException(Nsid nsid, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.nsid = nsid;
    }

    /**
     * Returns what was called.
     *
     * @return the query's or procedure's name
     */
    public Nsid nsid() {
        return nsid;
    }
}
