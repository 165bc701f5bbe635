// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.syntax;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A handle, the changeable name of an account: a domain name such as {@code alice.example.com}.
 *
 * @param value the identifier's text
 */
public record Handle(String value) implements AtIdentifier {

    private static final Pattern SYNTAX = Pattern.compile(
            "([a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\\.)+[a-zA-Z]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?");

    /**
     * Checks the text.
     *
     * @throws SyntaxException if the text does not have the syntax
     */
    public Handle {
        if (!SYNTAX.matcher(value).matches()) {
            throw new SyntaxException("Handle", value, "does not match the syntax");
        }
    }

    /**
     * Reads an identifier.
     *
     * @param text the text to read
     * @return the identifier
     * @throws SyntaxException if the text does not have the syntax
     */
    public static Handle parse(String text) {
        return new Handle(text);
    }

    /**
     * Reads an identifier if the text is one.
     *
     * @param text the text to read
     * @return the identifier, or empty if the text does not have the syntax
     */
    public static Optional<Handle> tryParse(String text) {
        try {
            return Optional.of(new Handle(text));
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
