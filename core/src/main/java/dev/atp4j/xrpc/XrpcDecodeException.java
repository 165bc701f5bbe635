// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.xrpc;

import dev.atp4j.syntax.Nsid;
import org.jspecify.annotations.Nullable;

/** Thrown when a successful answer is not what was asked for: no JSON, another media type, data that breaks the rules. */
public final class XrpcDecodeException extends XrpcException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param nsid what was called
     * @param message what was expected and what came
     * @param cause what led to it, or null
     */
    public XrpcDecodeException(Nsid nsid, String message, @Nullable Throwable cause) {
        super(nsid, nsid + ": " + message, cause);
    }
}
