// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.store;

import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import java.util.regex.Pattern;

/**
 * A small document that those who share a store keep beside the sessions, such as the count of an account's logins. It holds
 * no secret. Immutable.
 *
 * @param name what it is kept under: one to 96 of the characters {@code a-z 0-9 -}
 * @param version the number of the write, at least 1
 * @param content the document
 */
public record StoredNote(String name, long version, LexMap content) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,96}");

    /**
     * Checks name and version.
     *
     * @throws IllegalArgumentException if the name has another form, or the version is below 1
     */
    public StoredNote {
        requireName(name);
        if (version < 1) {
            throw new IllegalArgumentException("a note's version is at least 1: " + version);
        }
    }

    /**
     * Checks a name.
     *
     * @param name what may be a name
     * @return the name
     * @throws IllegalArgumentException if it has another form
     */
    public static String requireName(String name) {
        if (!isName(name)) {
            throw new IllegalArgumentException("not a note's name (1 to 96 of a-z, 0-9, -): \"" + name + "\"");
        }
        return name;
    }

    /** Tells whether a text has the form of a name. */
    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /**
     * Reads a note that was written by {@link #toJson()}.
     *
     * @param name the name that it was kept under
     * @param json the document in UTF-8
     * @return the note
     * @throws StoreException of kind {@link StoreException.Kind#UNREADABLE} if the document is cut or is another's
     */
    public static StoredNote parse(String name, byte[] json) {
        try {
            LexMap whole = LexJson.parseMapLenient(json);
            if (whole.getString("note").filter(name::equals).isPresent()) {
                return new StoredNote(
                        name,
                        whole.getLong("version").orElse(0L),
                        whole.getMap("content").orElseThrow(IllegalArgumentException::new));
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new StoreException(
                StoreException.Kind.UNREADABLE,
                "the note \"" + name + "\" cannot be read: it is no complete note of that name (" + json.length
                        + " bytes)",
                null);
    }

    /**
     * Writes the whole note.
     *
     * @return the document in UTF-8
     */
    public byte[] toJson() {
        return LexJson.write(LexMap.builder()
                .put("note", name)
                .put("version", version)
                .put("content", content)
                .build());
    }

    /**
     * Checks that this note may follow what a store is said to hold. Every store asks this before it writes.
     *
     * @param expectedVersion the version to be replaced, or 0 for none
     * @throws IllegalArgumentException if this note's version is not the one after
     */
    public void requireSuccessor(long expectedVersion) {
        if (expectedVersion < 0 || version - 1 != expectedVersion) {
            throw new IllegalArgumentException("version " + version + " does not follow " + expectedVersion);
        }
    }
}
