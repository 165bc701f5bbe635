// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.jdbc;

import dev.atp4j.session.store.SessionKey;
import dev.atp4j.session.store.SessionRecord;
import dev.atp4j.session.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * What a row's columns and its document have in common: a digest over all of them. With it the database itself can see, in
 * the one statement that writes, whether the row is as it was written; a damaged one is neither overwritten nor removed.
 *
 * <p>It finds accidents and hands that are not careful. It is no signature: whoever can write rows can seal them.
 */
final class Seal {

    /** The same in the SQL of PostgreSQL, over the columns of a row. */
    static final String IN_POSTGRESQL =
            "sha256(convert_to(did || '#' || slot || ' ' || version || ' ', 'UTF8') || content)";

    private Seal() {}

    static byte[] of(SessionKey key, long version, byte[] content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((key + " " + version + " ").getBytes(StandardCharsets.UTF_8));
            return digest.digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** Reads the columns {@code version}, {@code content} and {@code seal}. */
    static SessionRecord open(SessionKey key, ResultSet row) throws SQLException {
        long version = row.getLong("version");
        byte[] content = row.getBytes("content");
        byte[] seal = row.getBytes("seal");
        if (content == null || seal == null) {
            throw unreadable("the stored session of " + key + " cannot be read: its row is not complete", key);
        }
        SessionRecord record;
        try {
            record = SessionRecord.parse(key, content);
        } catch (StoreException e) {
            throw unreadable(String.valueOf(e.getMessage()), key);
        }
        if (record.version() != version || !MessageDigest.isEqual(seal, of(key, version, content))) {
            throw unreadable(
                    "the stored session of " + key
                            + " cannot be read: its row was changed by something else than a store",
                    key);
        }
        return record;
    }

    private static StoreException unreadable(String why, SessionKey key) {
        return new StoreException(
                StoreException.Kind.UNREADABLE,
                why + "; its row was left as it is, and a new session can be kept once it is gone: did " + key.did()
                        + ", slot " + key.slot(),
                null);
    }
}
