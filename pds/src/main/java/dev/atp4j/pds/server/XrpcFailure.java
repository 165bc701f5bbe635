// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds.server;

import dev.atp4j.data.LexMap;
import dev.atp4j.pds.wire.Answer;

/** An XRPC error on its way to the wire. */
final class XrpcFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String error;

    XrpcFailure(int status, String error, String message) {
        // Errors are ordinary answers here, made by the thousand; nobody reads their stack traces.
        super(message, null, false, false);
        this.status = status;
        this.error = error;
    }

    static XrpcFailure invalidRequest(String message) {
        return new XrpcFailure(400, "InvalidRequest", message);
    }

    static XrpcFailure invalidRequest(String error, String message) {
        return new XrpcFailure(400, error, message);
    }

    static XrpcFailure unauthorized(String message) {
        return new XrpcFailure(401, "AuthenticationRequired", message);
    }

    static XrpcFailure unauthorized(String error, String message) {
        return new XrpcFailure(401, error, message);
    }

    static XrpcFailure internal() {
        return new XrpcFailure(500, "InternalServerError", "Internal Server Error");
    }

    static XrpcFailure notImplemented() {
        return new XrpcFailure(501, "MethodNotImplemented", "Method Not Implemented");
    }

    Answer answer() {
        return Answer.json(
                status,
                LexMap.builder()
                        .put("error", error)
                        .put("message", getMessage())
                        .build());
    }
}
