// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.text;

/** Lengths in UTF-8, which is how lexicons measure texts and how the facets of a post count. */
public final class Utf8 {

    private Utf8() {}

    /**
     * Returns how many bytes a text takes in UTF-8, without encoding it.
     *
     * @param text any text; half of a surrogate pair counts as three bytes, those of the character that stands for it
     * @return the number of bytes
     */
    public static long length(CharSequence text) {
        long bytes = 0;
        int length = text.length();
        for (int index = 0; index < length; index++) {
            char c = text.charAt(index);
            if (c < 0x80) {
                bytes++;
            } else if (c < 0x800) {
                bytes += 2;
            } else if (Character.isHighSurrogate(c)
                    && index + 1 < length
                    && Character.isLowSurrogate(text.charAt(index + 1))) {
                bytes += 4;
                index++;
            } else {
                bytes += 3;
            }
        }
        return bytes;
    }
}
