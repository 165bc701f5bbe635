// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.syntax;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A namespaced identifier, the name of a lexicon, such as {@code com.atproto.server.getSession}.
 *
 * @param value the identifier's text
 */
public record Nsid(String value) {

    private static final Pattern SYNTAX = Pattern.compile(
            "[a-zA-Z]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(\\.[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)+\\.[a-zA-Z][a-zA-Z0-9]{0,62}");

    /**
     * Checks the text.
     *
     * @throws SyntaxException if the text does not have the syntax
     */
    public Nsid {
        if (!SYNTAX.matcher(value).matches()) {
            throw new SyntaxException("Nsid", value, "does not match the syntax");
        }
    }

    /**
     * Reads an identifier.
     *
     * @param text the text to read
     * @return the identifier
     * @throws SyntaxException if the text does not have the syntax
     */
    public static Nsid parse(String text) {
        return new Nsid(text);
    }

    /**
     * Reads an identifier if the text is one.
     *
     * @param text the text to read
     * @return the identifier, or empty if the text does not have the syntax
     */
    public static Optional<Nsid> tryParse(String text) {
        try {
            return Optional.of(new Nsid(text));
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
