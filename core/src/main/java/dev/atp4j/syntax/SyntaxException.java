// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.syntax;

/** Thrown when a text is not the identifier it was taken for. */
public final class SyntaxException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private static final int SHOWN = 100;

    /**
     * Creates an exception whose message names what was expected, the text and the rule it breaks.
     *
     * @param expected the kind of identifier, such as {@code handle}
     * @param text the offending text; shortened in the message if it is long
     * @param rule the rule that it breaks
     */
    public SyntaxException(String expected, String text, String rule) {
        super("not a " + expected + ": \"" + shown(text) + "\" " + rule);
    }

    private static String shown(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
