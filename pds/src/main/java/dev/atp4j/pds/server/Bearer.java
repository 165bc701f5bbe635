// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds.server;

import dev.atp4j.data.LexJson;
import dev.atp4j.pds.wire.Request;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** Reads the bearer token of a request without verifying it. */
public final class Bearer {

    private static final String SCHEME = "bearer ";

    private Bearer() {}

    /**
     * Returns the token.
     *
     * @param request the request
     * @return its bearer token, whatever that is, or empty if it has none
     */
    public static Optional<String> token(Request request) {
        return request.headers()
                .first("authorization")
                .filter(header -> header.toLowerCase(Locale.ROOT).startsWith(SCHEME))
                .map(header -> header.substring(SCHEME.length()).strip());
    }

    /**
     * Returns whom the token speaks of.
     *
     * @param request the request
     * @return the {@code sub} of its bearer token, or empty if it has none or the token is no JWT
     */
    public static Optional<String> subject(Request request) {
        return token(request).flatMap(Bearer::subject);
    }

    private static Optional<String> subject(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            return LexJson.parseMap(Base64.getUrlDecoder().decode(parts[1])).getString("sub");
        } catch (IllegalArgumentException e) {
            // neither base64 nor JSON, so no JWT
            return Optional.empty();
        }
    }
}
