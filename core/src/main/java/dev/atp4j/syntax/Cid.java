// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.syntax;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A content identifier in its string form.
 *
 * @param value the identifier's text
 */
public record Cid(String value) {

    private static final Pattern SYNTAX = Pattern.compile("[a-zA-Z0-9+=]{8,256}");

    /**
     * Checks the text.
     *
     * @throws SyntaxException if the text does not have the syntax
     */
    public Cid {
        if (!SYNTAX.matcher(value).matches()) {
            throw new SyntaxException("CID", value, "does not match the syntax");
        }
    }

    /**
     * Reads an identifier.
     *
     * @param text the text to read
     * @return the identifier
     * @throws SyntaxException if the text does not have the syntax
     */
    public static Cid parse(String text) {
        return new Cid(text);
    }

    /**
     * Reads an identifier if the text is one.
     *
     * @param text the text to read
     * @return the identifier, or empty if the text does not have the syntax
     */
    public static Optional<Cid> tryParse(String text) {
        try {
            return Optional.of(new Cid(text));
        } catch (SyntaxException e) {
            return Optional.empty();
        }
    }

    /** Returns the identifier's text. */
    @Override
    public String toString() {
        return value;
    }
}
