// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.syntax;

import dev.atp4j.text.Shown;

/**
 * Thrown when a text is not the identifier it was taken for.
 *
 * <p>The message shows the start of the text, characters that are not seen replaced, unless it looks like a token or an app
 * password that came here by mistake.
 */
public final class SyntaxException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private static final int SHOWN = 100;

    /**
     * Creates an exception whose message names what was expected, the text and the rule it breaks.
     *
     * @param expected the kind of identifier, such as {@code handle}
     * @param text the offending text; shortened in the message if it is long
     * @param rule the rule that it breaks, as the end of a sentence that starts with the text
     */
    public SyntaxException(String expected, String text, String rule) {
        super("not a valid " + expected + ": \"" + shown(text) + "\" " + rule);
    }

    private static String shown(String text) {
        if (text.contains("eyJ") || text.matches("[a-zA-Z0-9]{4}(-[a-zA-Z0-9]{4}){3}")) {
            return "…";
        }
        return Shown.of(text, SHOWN);
    }
}
