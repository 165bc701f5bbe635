// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.xrpc;

import java.nio.charset.StandardCharsets;

/** The escaping of names and values in the query part of an address. */
final class PercentEncoding {

    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private PercentEncoding() {}

    /** Appends a text in UTF-8 with everything escaped but letters, digits and {@code - . _ ~}. */
    static void append(StringBuilder target, String text) {
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (isUnreserved(b)) {
                target.append((char) b);
            } else {
                target.append('%').append(HEX[b >> 4 & 15]).append(HEX[b & 15]);
            }
        }
    }

    private static boolean isUnreserved(byte b) {
        return b >= 'a' && b <= 'z'
                || b >= 'A' && b <= 'Z'
                || b >= '0' && b <= '9'
                || b == '-'
                || b == '.'
                || b == '_'
                || b == '~';
    }
}
