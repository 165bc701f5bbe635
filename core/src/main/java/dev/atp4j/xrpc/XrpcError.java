// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.xrpc;

import dev.atp4j.data.LexMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a server says went wrong. Both texts are the server's, so they are cut to a bearable length, and characters that
 * are not seen, change the direction or break the line are spaces in them.
 *
 * @param name the error's name, such as {@code ExpiredToken}
 * @param message the server's explanation for people, or null
 */
public record XrpcError(String name, @Nullable String message) {

    private static final int NAME = 100;
    private static final int MESSAGE = 500;

    /** Makes the texts harmless. */
    public XrpcError {
        name = ServerText.clean(name, NAME);
        message = message == null ? null : ServerText.clean(message, MESSAGE);
    }

    /** Reads the body of an answer that is no success. */
    static Optional<XrpcError> of(LexMap body) {
        return body.getString("error")
                .map(name -> new XrpcError(name, body.getString("message").orElse(null)))
                .filter(error -> !error.name().isEmpty());
    }

    /** Returns the name, and behind a colon the message if there is one. */
    @Override
    public String toString() {
        return message == null ? name : name + ": " + message;
    }
}
