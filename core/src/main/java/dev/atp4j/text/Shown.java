// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.text;

/** Text of strangers in messages and logs, where it must not do more than be read. */
public final class Shown {

    private static final int REPLACEMENT = 0xFFFD;

    private Shown() {}

    /**
     * Returns a text in a form that is safe to show: characters that are {@linkplain #isUnseen not seen} become U+FFFD each, and
     * what is longer is cut, with an ellipsis for the rest.
     *
     * @param text any text
     * @param most how many code points to show, 0 or more
     * @return the text, in one line
     */
    public static String of(String text, int most) {
        var shown = new StringBuilder(Math.min(text.length(), most + 1));
        text.codePoints().limit(most).forEach(c -> shown.appendCodePoint(isUnseen(c) ? REPLACEMENT : c));
        return text.codePointCount(0, text.length()) > most ? shown.append('…').toString() : shown.toString();
    }

    /**
     * Tells whether a character is not seen, changes the direction of others, breaks the line, or may be shown as anything.
     *
     * @param codePoint any code point, half of a surrogate pair included
     * @return true if it had better not be shown
     */
    public static boolean isUnseen(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }
}
