// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.syntax;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A decentralized identifier, the permanent name of an account, such as {@code did:plc:ewvi7nxzyoun6zhxrhs64oiz}.
 *
 * @param value the identifier's text
 */
public record Did(String value) implements AtIdentifier {

    private static final Pattern SYNTAX = Pattern.compile("did:[a-z]+:[a-zA-Z0-9._:%-]*[a-zA-Z0-9._-]");

    /**
     * Checks the text.
     *
     * @throws SyntaxException if the text does not have the syntax
     */
    public Did {
        if (!SYNTAX.matcher(value).matches()) {
            throw new SyntaxException("Did", value, "does not match the syntax");
        }
    }

    /**
     * Reads an identifier.
     *
     * @param text the text to read
     * @return the identifier
     * @throws SyntaxException if the text does not have the syntax
     */
    public static Did parse(String text) {
        return new Did(text);
    }

    /**
     * Reads an identifier if the text is one.
     *
     * @param text the text to read
     * @return the identifier, or empty if the text does not have the syntax
     */
    public static Optional<Did> tryParse(String text) {
        try {
            return Optional.of(new Did(text));
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
