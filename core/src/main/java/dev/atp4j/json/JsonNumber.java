// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.json;

import java.util.OptionalLong;

/** The text of a JSON number. */
public final class JsonNumber {

    /** An exponent beyond this is as good as infinite: no document has so many digits. */
    private static final long FAR = 1L << 40;

    private JsonNumber() {}

    /**
     * Returns the value if it is whole and has 64 bits, however it is spelled. Takes time in proportion to the length of
     * the text and no more, whatever the exponent.
     *
     * @param text a number by the grammar of JSON
     * @return the value, or empty if it is no 64-bit integer
     */
    public static OptionalLong toLong(String text) {
        var digits = new StringBuilder();
        long scale = 0;
        boolean fraction = false;
        int i = 0;
        for (; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.') {
                fraction = true;
            } else if (c == 'e' || c == 'E') {
                break;
            } else if (c != '-') {
                scale -= fraction ? 1 : 0;
                if (c != '0' || !digits.isEmpty()) {
                    digits.append(c);
                }
            }
        }
        if (i < text.length()) {
            scale += exponent(text, i + 1);
        }
        int significant = digits.length();
        while (significant > 0 && digits.charAt(significant - 1) == '0') {
            significant--;
        }
        scale += digits.length() - significant;
        if (significant == 0) {
            return OptionalLong.of(0);
        }
        if (scale < 0 || significant + scale > 19) {
            return OptionalLong.empty();
        }
        digits.setLength(significant);
        String whole = (text.startsWith("-") ? "-" : "") + digits + "0".repeat((int) scale);
        try {
            return OptionalLong.of(Long.parseLong(whole));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private static long exponent(String text, int start) {
        boolean negative = text.charAt(start) == '-';
        long exponent = 0;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                exponent = Math.min(FAR, exponent * 10 + (c - '0'));
            }
        }
        return negative ? -exponent : exponent;
    }
}
