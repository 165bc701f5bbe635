// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.syntax;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The name of a record in its collection, such as {@code self} or {@code 3jzfcijpj2z2a}.
 *
 * <p>It has 1 to 512 characters out of letters, digits and {@code . - _ : ~}, and is neither {@code .} nor {@code ..}.
 *
 * @param value the record key's text
 */
public record RecordKey(String value) {

    /** The key of a record that is alone in its collection. */
    public static final RecordKey SELF = new RecordKey("self");

    private static final int MAX_LENGTH = 512;

    /**
     * Checks the text.
     *
     * @throws SyntaxException if the text is no record key
     */
    public RecordKey {
        String fault = fault(value);
        if (fault != null) {
            throw new SyntaxException("record key", value, fault);
        }
    }

    /**
     * Reads a record key.
     *
     * @param text the text to read
     * @return the record key
     * @throws SyntaxException if the text is no record key
     */
    public static RecordKey parse(String text) {
        return new RecordKey(text);
    }

    /**
     * Reads a record key if the text is one.
     *
     * @param text the text to read
     * @return the record key, or empty if the text is none
     */
    public static Optional<RecordKey> tryParse(String text) {
        return fault(text) == null ? Optional.of(new RecordKey(text)) : Optional.empty();
    }

    /**
     * Makes a key of a TID, as most collections do.
     *
     * @param tid the TID
     * @return a key of the same text
     */
    public static RecordKey of(Tid tid) {
        return new RecordKey(tid.value());
    }

    /** Returns the record key's text. */
    @Override
    public String toString() {
        return value;
    }

    private static @Nullable String fault(String text) {
        if (text.isEmpty()) {
            return "is empty";
        }
        if (text.length() > MAX_LENGTH) {
            return "is longer than " + MAX_LENGTH + " characters";
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Ascii.alphanumeric(c) && ".-_:~".indexOf(c) < 0) {
                return Ascii.found(text, i) + ", and only a-z, A-Z, 0-9 and .-_:~ may stand there";
            }
        }
        if (text.equals(".") || text.equals("..")) {
            return "is reserved";
        }
        return null;
    }
}
