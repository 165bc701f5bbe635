// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.syntax;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A decentralized identifier, the permanent name of an account, such as {@code did:plc:ewvi7nxzyoun6zhxrhs64oiz}.
 *
 * <p>It is {@code did:}, a method of lower-case letters, a colon and the method's own name for the account, 2,048
 * characters in all at most. Percent-encoding in that name is neither decoded nor checked: services compare DIDs as text.
 *
 * @param value the DID's text
 */
public record Did(String value) implements AtIdentifier {

    private static final int MAX_LENGTH = 2048;

    /**
     * Checks the text.
     *
     * @throws SyntaxException if the text is no DID
     */
    public Did {
        String fault = fault(value);
        if (fault != null) {
            throw new SyntaxException("DID", value, fault);
        }
    }

    /**
     * Reads a DID.
     *
     * @param text the text to read
     * @return the DID
     * @throws SyntaxException if the text is no DID
     */
    public static Did parse(String text) {
        return new Did(text);
    }

    /**
     * Reads a DID if the text is one.
     *
     * @param text the text to read
     * @return the DID, or empty if the text is none
     */
    public static Optional<Did> tryParse(String text) {
        return fault(text) == null ? Optional.of(new Did(text)) : Optional.empty();
    }

    /**
     * Returns the method, which says how the DID is resolved.
     *
     * @return the method, such as {@code plc}
     */
    public String method() {
        return value.substring(4, value.indexOf(':', 4));
    }

    /**
     * Returns what the method calls the account: all that follows the method.
     *
     * @return the method-specific part, such as {@code ewvi7nxzyoun6zhxrhs64oiz}
     */
    public String methodSpecificId() {
        return value.substring(value.indexOf(':', 4) + 1);
    }

    /**
     * Tells whether the DID is of a form that the AT Protocol resolves: {@code did:plc} with its 24 characters of base32,
     * or {@code did:web} with a host name and nothing more. Only {@code localhost} may have a port.
     *
     * @return true if a resolver may look it up
     */
    public boolean resolvable() {
        String id = methodSpecificId();
        return switch (method()) {
            case "plc" -> id.length() == 24 && id.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '2' && c <= '7');
            case "web" ->
                id.equals("localhost")
                        || localhostWithPort(id)
                        || Handle.tryParse(id).isPresent();
            default -> false;
        };
    }

    /** Returns the DID's text. */
    @Override
    public String toString() {
        return value;
    }

    private static @Nullable String fault(String text) {
        if (text.length() > MAX_LENGTH) {
            return "is longer than " + MAX_LENGTH + " characters";
        }
        if (!text.startsWith("did:")) {
            return "does not start with did:";
        }
        int colon = text.indexOf(':', 4);
        int methodEnd = colon < 0 ? text.length() : colon;
        for (int i = 4; i < methodEnd; i++) {
            if (!Ascii.lower(text.charAt(i))) {
                return Ascii.found(text, i) + ", and a method is made of a-z";
            }
        }
        if (methodEnd == 4) {
            return "has no method";
        }
        if (methodEnd >= text.length() - 1) {
            return "ends after its method";
        }
        for (int i = methodEnd + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Ascii.alphanumeric(c) && "._:%-".indexOf(c) < 0) {
                return Ascii.found(text, i) + ", and only a-z, A-Z, 0-9 and ._:%- may stand there";
            }
        }
        char last = text.charAt(text.length() - 1);
        if (last == ':' || last == '%') {
            return "ends with '" + last + "'";
        }
        return null;
    }

    private static boolean localhostWithPort(String id) {
        String prefix = "localhost%3A";
        int digits = id.length() - prefix.length();
        return id.regionMatches(true, 0, prefix, 0, prefix.length())
                && digits >= 1
                && digits <= 5
                && id.chars().skip(prefix.length()).allMatch(c -> c >= '0' && c <= '9');
    }
}
