// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds.server;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The query parameters of a call. Immutable. The last one of a name counts. */
final class Parameters {

    private final Map<String, String> values = new HashMap<>();

    Parameters(String query) {
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** Returns a parameter that was checked before. */
    String get(String name) {
        return find(name).orElseThrow();
    }

    /** Returns a number that was checked before, or the default if it is absent. */
    long number(String name, long fallback) {
        return find(name).filter(text -> !text.isEmpty()).map(Long::valueOf).orElse(fallback);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
