// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.store;

import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import dev.atp4j.syntax.Did;
import java.time.Duration;
import java.util.Optional;

/**
 * What a store keeps for one session: a JSON document, and the number of the write that made it.
 *
 * <p>Stores look at nothing but {@link #version()}, and {@link #due()} if they are asked for {@linkplain ClaimingStore what
 * is due}. The document holds tokens, so it is to be kept like a password;
 * {@link #toString()} shows none of it. Its form is described in {@code docs/stores.md}. Immutable.
 */
public final class SessionRecord {

    /** The version of the document's form that this release writes, and the newest that it reads. */
    public static final long FORMAT = 1;

    private static final Duration LATEST_DUE = Duration.ofDays(365);

    private final SessionKey key;
    private final long version;
    private final LexMap content;

    private SessionRecord(SessionKey key, long version, LexMap content) {
        this.key = key;
        this.version = version;
        this.content = content;
    }

    /**
     * Makes a record.
     *
     * @param key whose session it is
     * @param version the number of the write, at least 1
     * @param content the session; the fields {@code format}, {@code did}, {@code slot} and {@code version} are set here
     * @return the record
     */
    public static SessionRecord of(SessionKey key, long version, LexMap content) {
        if (version < 1) {
            throw new IllegalArgumentException("a record's version is at least 1: " + version);
        }
        var whole = LexMap.builder()
                .put("format", FORMAT)
                .put("did", key.did().value())
                .put("slot", key.slot())
                .put("version", version);
        content.fields().forEach((name, value) -> {
            if (!name.equals("format") && !name.equals("did") && !name.equals("slot") && !name.equals("version")) {
                whole.put(name, value);
            }
        });
        return new SessionRecord(key, version, whole.build());
    }

    /**
     * Reads a record that was written by {@link #toJson()}.
     *
     * @param key whose session it must be
     * @param json the document in UTF-8
     * @return the record
     * @throws StoreException of kind {@link StoreException.Kind#UNREADABLE} if the document is cut, of a newer form, or
     *     another session's; the message shows none of its values but these
     */
    public static SessionRecord parse(SessionKey key, byte[] json) {
        LexMap content;
        try {
            content = LexJson.parseMapLenient(json);
        } catch (IllegalArgumentException e) {
            // The reader's own message may quote the document, and the document holds tokens.
            throw unreadable(key, "it is no complete JSON document (" + json.length + " bytes)");
        }
        long format = content.getLong("format").orElse(0L);
        if (format != FORMAT) {
            throw unreadable(key, "its form is " + format + ", and this release reads form " + FORMAT);
        }
        Optional<SessionKey> owner = owner(content);
        if (!owner.equals(Optional.of(key))) {
            throw unreadable(key, owner.map(o -> "it belongs to " + o).orElse("it does not say whose it is"));
        }
        long version = content.getLong("version").orElse(0L);
        if (version < 1) {
            throw unreadable(key, "it has no version");
        }
        return new SessionRecord(key, version, content);
    }

    private static Optional<SessionKey> owner(LexMap content) {
        try {
            return content.getString("did")
                    .flatMap(did -> content.getString("slot").map(slot -> new SessionKey(Did.parse(did), slot)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static StoreException unreadable(SessionKey key, String why) {
        return new StoreException(
                StoreException.Kind.UNREADABLE, "the stored session of " + key + " cannot be read: " + why, null);
    }

    /**
     * Checks that this record may follow what a store is said to hold. Every store asks this before it writes.
     *
     * @param key the key to write under
     * @param expectedVersion the version to be replaced, or 0 for none
     * @throws IllegalArgumentException if this record's key is another, or its version is not the one after
     */
    public void requireSuccessor(SessionKey key, long expectedVersion) {
        if (!this.key.equals(key)) {
            throw new IllegalArgumentException("a record of " + this.key + " cannot be written as " + key);
        }
        if (expectedVersion < 0 || version - 1 != expectedVersion) {
            throw new IllegalArgumentException("version " + version + " does not follow " + expectedVersion);
        }
    }

    /**
     * Returns whose session it is.
     *
     * @return the key
     */
    public SessionKey key() {
        return key;
    }

    /**
     * Returns the number of the write that made this record. Each write counts one up.
     *
     * @return the version, at least 1
     */
    public long version() {
        return version;
    }

    /**
     * Returns how long after the write of this record the session wants to be looked after: refreshed, or its unfinished
     * logout tried again.
     *
     * @return the time, not negative and up to a year, or empty if nothing is to be done
     */
    public Optional<Duration> due() {
        return content.getLong("dueMillis")
                .map(millis -> Duration.ofMillis(Math.max(0, Math.min(millis, LATEST_DUE.toMillis()))));
    }

    /**
     * Returns the whole document. It holds secrets.
     *
     * @return the document
     */
    public LexMap content() {
        return content;
    }

    /**
     * Writes the document. It holds secrets.
     *
     * @return the document in UTF-8
     */
    public byte[] toJson() {
        return LexJson.write(content);
    }

    /** Returns key and version. */
    @Override
    public String toString() {
        return "SessionRecord[" + key + ", version " + version + "]";
    }
}
