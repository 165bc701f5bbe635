// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.fuzz;

import java.nio.charset.StandardCharsets;

/** Texts made of bytes. */
public final class Text {

    private static final int PRIVATE = 0xE000;
    private static final int SURROGATE = 0xD800;
    private static final int SURROGATES = 0x800;

    private Text() {}

    /**
     * Makes a text that may be any, halves of surrogate pairs included: UTF-8 has none, so characters of private use stand for
     * them.
     */
    public static String of(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        char[] chars = text.toCharArray();
        for (int i = 0; i < chars.length; i++) {
            if (chars[i] >= PRIVATE && chars[i] < PRIVATE + SURROGATES) {
                chars[i] = (char) (chars[i] - PRIVATE + SURROGATE);
            }
        }
        return new String(chars);
    }

    /** Cuts a text at its line feeds into so many parts, of which the last has the rest; parts that are missing are empty. */
    static String[] parts(byte[] input, int count) {
        String[] found = of(input).split("\n", count);
        String[] parts = new String[count];
        for (int i = 0; i < count; i++) {
            parts[i] = i < found.length ? found[i] : "";
        }
        return parts;
    }
}
