// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.syntax;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Any URI, such as {@code https://example.com/page}: a scheme, a colon, and a rest of visible ASCII characters; 8,192
 * characters in all at most.
 *
 * <p>This is what the protocol calls the {@code uri} format. What the scheme makes of the rest is not checked. An error
 * message shows no more than the scheme, since the rest may hold a password.
 *
 * @param value the URI's text
 */
public record GenericUri(String value) {

    private static final int MAX_LENGTH = 8192;

    /**
     * Checks the text.
     *
     * @throws SyntaxException if the text is no URI
     */
    public GenericUri {
        String fault = fault(value);
        if (fault != null) {
            throw new SyntaxException("URI", value.substring(0, value.indexOf(':') + 1) + "…", fault);
        }
    }

    /**
     * Reads a URI.
     *
     * @param text the text to read
     * @return the URI
     * @throws SyntaxException if the text is no URI
     */
    public static GenericUri parse(String text) {
        return new GenericUri(text);
    }

    /**
     * Reads a URI if the text is one.
     *
     * @param text the text to read
     * @return the URI, or empty if the text is none
     */
    public static Optional<GenericUri> tryParse(String text) {
        return fault(text) == null ? Optional.of(new GenericUri(text)) : Optional.empty();
    }

    /**
     * Returns the scheme as it is written.
     *
     * @return the scheme, such as {@code https}
     */
    public String scheme() {
        return value.substring(0, value.indexOf(':'));
    }

    /** Returns the URI's text. */
    @Override
    public String toString() {
        return value;
    }

    private static @Nullable String fault(String text) {
        if (text.length() > MAX_LENGTH) {
            return "is longer than " + MAX_LENGTH + " characters";
        }
        int colon = text.indexOf(':');
        if (colon < 0) {
            return "has no scheme";
        }
        if (colon == 0 || !Ascii.letter(text.charAt(0))) {
            return "does not start with a letter";
        }
        for (int i = 0; i < colon; i++) {
            char c = text.charAt(i);
            if (!Ascii.alphanumeric(c) && "+-.".indexOf(c) < 0) {
                return Ascii.found(text, i) + ", and a scheme is made of a-z, A-Z, 0-9 and +-.";
            }
        }
        for (int i = colon + 1; i < text.length(); i++) {
            if (!Ascii.graphic(text.charAt(i))) {
                return Ascii.found(text, i) + ", where only visible ASCII may stand";
            }
        }
        int rest = text.startsWith("//", colon + 1) ? colon + 3 : colon + 1;
        if (rest == text.length()) {
            return "ends after its scheme";
        }
        return null;
    }
}
