// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.xrpc;

import java.nio.charset.StandardCharsets;

/** The escaping of names and values in the query part of an address. */
final class PercentEncoding {

    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private PercentEncoding() {}

    /** Appends a text in UTF-8 with everything escaped but letters, digits and {@code - . _ ~}. */
    static void append(StringBuilder target, String text) {
        int plain = 0;
        while (plain < text.length() && isUnreserved(text.charAt(plain))) {
            plain++;
        }
        target.append(text, 0, plain);
        if (plain == text.length()) {
            return;
        }
        for (byte b : text.substring(plain).getBytes(StandardCharsets.UTF_8)) {
            if (isUnreserved(b)) {
                target.append((char) b);
            } else {
                target.append('%').append(HEX[b >> 4 & 15]).append(HEX[b & 15]);
            }
        }
    }

    private static boolean isUnreserved(int c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == '-'
                || c == '.'
                || c == '_'
                || c == '~';
    }
}
