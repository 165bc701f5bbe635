// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.syntax;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A handle, the changeable name of an account: a domain name such as {@code alice.example.com}.
 *
 * <p>It has at least two labels of letters, digits and inner hyphens, each of 63 characters at most and 253 in all; the
 * last one starts with a letter. Handles that differ in case only are the same handle, so {@link #normalise()} before
 * comparing.
 *
 * @param value the handle's text
 */
public record Handle(String value) implements AtIdentifier {

    /** What services show in place of a handle that no longer leads to its account. */
    public static final Handle INVALID = new Handle("handle.invalid");

    private static final int MAX_LENGTH = 253;

    private static final Set<String> DISALLOWED =
            Set.of("alt", "arpa", "example", "internal", "invalid", "local", "localhost", "onion");

    /**
     * Checks the text.
     *
     * @throws SyntaxException if the text is no handle
     */
    public Handle {
        String fault = fault(value);
        if (fault != null) {
            throw new SyntaxException("handle", value, fault);
        }
    }

    /**
     * Reads a handle.
     *
     * @param text the text to read
     * @return the handle
     * @throws SyntaxException if the text is no handle
     */
    public static Handle parse(String text) {
        return new Handle(text);
    }

    /**
     * Reads a handle if the text is one.
     *
     * @param text the text to read
     * @return the handle, or empty if the text is none
     */
    public static Optional<Handle> tryParse(String text) {
        return fault(text) == null ? Optional.of(new Handle(text)) : Optional.empty();
    }

    /**
     * Returns the handle in lower case, the form in which handles are compared and sent.
     *
     * @return the same handle, lower case
     */
    public Handle normalise() {
        String lower = value.toLowerCase(Locale.ROOT);
        return lower.equals(value) ? this : new Handle(lower);
    }

    /**
     * Tells whether this is {@code handle.invalid}, which stands for an account whose handle could not be verified.
     *
     * @return true if it names nobody
     */
    public boolean isInvalid() {
        return value.equalsIgnoreCase(INVALID.value);
    }

    /**
     * Tells whether no account may register this handle because its top-level domain is reserved, such as {@code .local}
     * or {@code .onion}. {@code .test} is not among them: it is for development.
     *
     * @return true if the top-level domain is disallowed
     */
    public boolean hasDisallowedTld() {
        return DISALLOWED.contains(value.substring(value.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    /** Returns the handle's text. */
    @Override
    public String toString() {
        return value;
    }

    private static @Nullable String fault(String text) {
        if (text.length() > MAX_LENGTH) {
            return "is longer than " + MAX_LENGTH + " characters";
        }
        String fault = Labels.fault(text);
        if (fault != null) {
            return fault;
        }
        int dot = text.lastIndexOf('.');
        if (dot < 0) {
            return "has no dot";
        }
        if (!Ascii.letter(text.charAt(dot + 1))) {
            return Ascii.found(text, dot + 1) + ", and the last label starts with a letter";
        }
        return null;
    }
}
