// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.store;

import dev.atp4j.syntax.Did;
import java.util.Optional;

/**
 * The names of files about one session: the DID with {@code _} for each colon, a dot, and the slot. Whatever is neither
 * {@code a-z 0-9 . -} nor a colon is written as {@code =} and two hexadecimal digits, capital letters too, so that names
 * that differ still differ where file systems ignore case.
 */
final class RecordName {

    /** Leaves room for suffixes below 255 bytes, the limit of common file systems. */
    static final int LONGEST = 240;

    private RecordName() {}

    static String of(SessionKey key) {
        var name = new StringBuilder();
        key.did().value().chars().forEach(c -> {
            if (c == ':') {
                name.append('_');
            } else if (isPlain(c)) {
                name.append((char) c);
            } else {
                name.append('=').append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            }
        });
        name.append('.').append(key.slot());
        if (name.length() > LONGEST) {
            throw new StoreException(
                    StoreException.Kind.UNSAFE,
                    "a session cannot be kept in a file named after a DID of "
                            + key.did().value().length() + " characters; use another store",
                    null);
        }
        return name.toString();
    }

    /** Returns the key of a name that {@link #of} made, or empty for any other name. */
    static Optional<SessionKey> parse(String name) {
        int dot = name.lastIndexOf('.');
        if (dot < 0) {
            return Optional.empty();
        }
        try {
            var key = new SessionKey(Did.parse(decode(name.substring(0, dot))), name.substring(dot + 1));
            return of(key).equals(name) ? Optional.of(key) : Optional.empty();
        } catch (IllegalArgumentException | StoreException e) {
            return Optional.empty();
        }
    }

    private static String decode(String name) {
        var did = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '_') {
                did.append(':');
            } else if (c == '=' && i + 2 < name.length()) {
                did.append((char) Integer.parseInt(name, i + 1, i + 3, 16));
                i += 2;
            } else {
                did.append(c);
            }
        }
        return did.toString();
    }

    private static boolean isPlain(int c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '.' || c == '-';
    }
}
