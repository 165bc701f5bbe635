// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds.server;

import dev.atp4j.data.DataException;
import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexValue;
import dev.atp4j.pds.wire.Request;
import java.util.Locale;
import java.util.Optional;

/** The body of a request and the reference server's demands on it. */
final class Body {

    private final Request request;

    Body(Request request) {
        this.request = request;
    }

    void expectNone() {
        if (request.body().length > 0) {
            throw XrpcFailure.invalidRequest("A request body was provided when none was expected");
        }
    }

    void expectSome() {
        if (!request.headers().contains("content-length") && !request.headers().contains("transfer-encoding")) {
            throw XrpcFailure.invalidRequest("A request body is expected but none was provided");
        }
    }

    /** Returns the media type without parameters. */
    String mediaType() {
        return find(request)
                .orElseThrow(
                        () -> XrpcFailure.invalidRequest("Request encoding (Content-Type) required but not provided"));
    }

    private static Optional<String> find(Request request) {
        return request.headers()
                .first("content-type")
                .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .filter(type -> type.contains("/"));
    }

    LexMap json(int limit) {
        String type = mediaType();
        if (!type.equals("application/json")) {
            throw XrpcFailure.invalidRequest("Wrong request encoding (Content-Type): " + type);
        }
        if (request.body().length > limit) {
            throw new XrpcFailure(413, "PayloadTooLargeError", "request entity too large");
        }
        if (request.body().length == 0) {
            return LexMap.empty();
        }
        LexValue value;
        try {
            value = LexJson.parse(request.body());
        } catch (DataException e) {
            String error = e.kind() == DataException.Kind.JSON ? "SyntaxError" : "InvalidRequest";
            throw XrpcFailure.invalidRequest(error, e.getMessage());
        }
        if (value instanceof LexMap map) {
            return map;
        }
        throw value instanceof LexList
                ? XrpcFailure.invalidRequest("Expected object value type (got " + value + ") at $")
                : XrpcFailure.invalidRequest("SyntaxError", "Unexpected token, not an object or an array");
    }
}
