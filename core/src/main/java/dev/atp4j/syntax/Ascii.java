// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.syntax;

/** Characters as the protocol's grammars sort them, and how an error message shows one. */
final class Ascii {

    private Ascii() {}

    static boolean lower(char c) {
        return c >= 'a' && c <= 'z';
    }

    static boolean letter(char c) {
        return lower(c) || c >= 'A' && c <= 'Z';
    }

    static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean alphanumeric(char c) {
        return letter(c) || digit(c);
    }

    /** Visible, and no white space. */
    static boolean graphic(char c) {
        return c > ' ' && c < 0x7F;
    }

    /** Returns the start of a rule's sentence: which character stands where. */
    static String found(String text, int index) {
        char c = text.charAt(index);
        return "has " + (graphic(c) ? "'" + c + "'" : "U+%04X".formatted(text.codePointAt(index))) + " at index "
                + index;
    }
}
