// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.syntax;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A content identifier in its string form, such as {@code bafyreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku}.
 *
 * <p>Only the outer form is checked: 8 to 256 letters, digits, {@code +} and {@code =}, and not the old version 0. Two
 * CIDs are equal if their texts are, though one content may be named in several bases.
 *
 * @param value the CID's text
 */
public record Cid(String value) {

    private static final int MIN_LENGTH = 8;
    private static final int MAX_LENGTH = 256;

    /**
     * Checks the text.
     *
     * @throws SyntaxException if the text is no CID
     */
    public Cid {
        String fault = fault(value);
        if (fault != null) {
            throw new SyntaxException("CID", value, fault);
        }
    }

    /**
     * Reads a CID.
     *
     * @param text the text to read
     * @return the CID
     * @throws SyntaxException if the text is no CID
     */
    public static Cid parse(String text) {
        return new Cid(text);
    }

    /**
     * Reads a CID if the text is one.
     *
     * @param text the text to read
     * @return the CID, or empty if the text is none
     */
    public static Optional<Cid> tryParse(String text) {
        return fault(text) == null ? Optional.of(new Cid(text)) : Optional.empty();
    }

    /** Returns the CID's text. */
    @Override
    public String toString() {
        return value;
    }

    private static @Nullable String fault(String text) {
        if (text.length() < MIN_LENGTH || text.length() > MAX_LENGTH) {
            return "is of length " + text.length() + ", not " + MIN_LENGTH + " to " + MAX_LENGTH;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Ascii.alphanumeric(c) && c != '+' && c != '=') {
                return Ascii.found(text, i) + ", and only a-z, A-Z, 0-9, + and = may stand there";
            }
        }
        if (text.startsWith("Qm")) {
            return "is of version 0, which the protocol does not use";
        }
        return null;
    }
}
