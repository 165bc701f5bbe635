// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.syntax;

import java.util.Optional;

/** What names an account: its {@link Did} or its {@link Handle}. Immutable. */
public sealed interface AtIdentifier permits Did, Handle {

    /**
     * Returns the identifier's text.
     *
     * @return the text
     */
    String value();

    /**
     * Reads an identifier. Whatever starts with {@code did:} is read as a DID, all else as a handle.
     *
     * @param text the text to read
     * @return the DID or the handle
     * @throws SyntaxException if the text is neither
     */
    static AtIdentifier parse(String text) {
        return text.startsWith("did:") ? Did.parse(text) : Handle.parse(text);
    }

    /**
     * Reads an identifier if the text is one.
     *
     * @param text the text to read
     * @return the DID or the handle, or empty if the text is neither
     */
    static Optional<AtIdentifier> tryParse(String text) {
        return text.startsWith("did:")
                ? Did.tryParse(text).map(did -> did)
                : Handle.tryParse(text).map(handle -> handle);
    }
}
