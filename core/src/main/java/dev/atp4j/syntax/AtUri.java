// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.syntax;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The address of a repository, a collection or a record, such as
 * {@code at://did:plc:ewvi7nxzyoun6zhxrhs64oiz/app.bsky.feed.post/3jzfcijpj2z2a}.
 *
 * <p>This is the form that records and calls carry: no query, no fragment, no slash at the end.
 *
 * @param authority whose repository it is
 * @param collection the collection, or null for the whole repository
 * @param rkey the record's key, or null for the whole collection
 */
public record AtUri(
        AtIdentifier authority,
        @Nullable Nsid collection,
        @Nullable RecordKey rkey) {

    private static final String SCHEME = "at://";
    private static final int MAX_LENGTH = 8192;

    /**
     * Checks that a key comes with its collection.
     *
     * @throws IllegalArgumentException if there is a key without a collection
     */
    public AtUri {
        if (rkey != null && collection == null) {
            throw new IllegalArgumentException("a record key needs a collection");
        }
    }

    /**
     * Reads an address.
     *
     * @param text the text to read
     * @return the address
     * @throws SyntaxException if the text is no address
     */
    public static AtUri parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new SyntaxException("AT URI", text, "is longer than " + MAX_LENGTH + " characters");
        }
        if (!text.startsWith(SCHEME)) {
            throw new SyntaxException("AT URI", text, "does not start with " + SCHEME);
        }
        String[] parts = text.substring(SCHEME.length()).split("/", 4);
        if (parts.length > 3) {
            throw new SyntaxException("AT URI", text, "has more than an authority, a collection and a record key");
        }
        try {
            return new AtUri(
                    AtIdentifier.parse(parts[0]),
                    parts.length > 1 ? Nsid.parse(parts[1]) : null,
                    parts.length > 2 ? RecordKey.parse(parts[2]) : null);
        } catch (SyntaxException e) {
            throw new SyntaxException("AT URI", text, "has a wrong part: " + e.getMessage());
        }
    }

    /**
     * Reads an address if the text is one.
     *
     * @param text the text to read
     * @return the address, or empty if the text is none
     */
    public static Optional<AtUri> tryParse(String text) {
        try {
            return Optional.of(parse(text));
        } catch (SyntaxException e) {
            return Optional.empty();
        }
    }

    /** Returns the address's text, the same that was read. */
    @Override
    public String toString() {
        var text = new StringBuilder(SCHEME).append(authority);
        if (collection != null) {
            text.append('/').append(collection);
        }
        if (rkey != null) {
            text.append('/').append(rkey);
        }
        return text.toString();
    }
}
