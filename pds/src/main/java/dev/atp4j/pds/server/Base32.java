// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds.server;

/** Base32 in lower case without padding, as CIDs are written. */
final class Base32 {

    static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

    private Base32() {}

    static String encode(byte[] bytes) {
        var text = new StringBuilder(bytes.length * 8 / 5 + 1);
        int pending = 0;
        int bits = 0;
        for (byte each : bytes) {
            pending = pending << 8 | each & 0xff;
            bits += 8;
            for (; bits >= 5; bits -= 5) {
                text.append(ALPHABET.charAt(pending >> bits - 5 & 31));
            }
        }
        if (bits > 0) {
            text.append(ALPHABET.charAt(pending << 5 - bits & 31));
        }
        return text.toString();
    }

    /** Decodes; a character outside the alphabet is an {@link IllegalArgumentException}. */
    static byte[] decode(String text) {
        var bytes = new byte[text.length() * 5 / 8];
        int pending = 0;
        int bits = 0;
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = ALPHABET.indexOf(text.charAt(i));
            if (digit < 0) {
                throw new IllegalArgumentException("not base32");
            }
            pending = pending << 5 | digit;
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes[length++] = (byte) (pending >> bits);
            }
        }
        return bytes;
    }
}
