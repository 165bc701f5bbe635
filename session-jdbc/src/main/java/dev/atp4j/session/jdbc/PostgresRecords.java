// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.jdbc;

import dev.atp4j.session.store.SessionKey;
import dev.atp4j.session.store.SessionRecord;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sessions in PostgreSQL. Every write is one statement. */
final class PostgresRecords extends Records {

    private static final String INSERT = """
            INSERT INTO {t}sessions (did, slot, version, content, seal, due_at, written_at)
            VALUES (?, ?, ?, ?, ?, {later}, {now})
            ON CONFLICT DO NOTHING""";

    private static final String UPDATE = """
            UPDATE {t}sessions
            SET version = ?, content = ?, seal = ?, due_at = {later}, written_at = {now}
            WHERE did = ? AND slot = ? AND version = ? AND seal = {seal}""";

    private static final String DELETE = """
            DELETE FROM {t}sessions
            WHERE did = ? AND slot = ? AND version = ? AND seal = {seal}""";

    /** The inner statement skips what others are claiming or writing just now, instead of waiting for them. */
    private static final String CLAIM = """
            WITH due AS MATERIALIZED (
                SELECT did, slot, due_at FROM {t}sessions
                WHERE due_at <= {now}
                ORDER BY due_at
                LIMIT ?
                FOR UPDATE SKIP LOCKED
            )
            UPDATE {t}sessions AS s
            SET due_at = {later}
            FROM due
            WHERE s.did = due.did AND s.slot = due.slot
            RETURNING s.did, s.slot, s.version, s.content, s.seal, due.due_at AS was_due""";

    private final String insert;
    private final String update;
    private final String delete;
    private final String claim;
    private final Telling telling;

    PostgresRecords(Database database, Sql sql, Telling telling) {
        super(database, sql);
        this.insert = sql.of(INSERT);
        this.update = sql.of(UPDATE.replace("{seal}", Seal.IN_POSTGRESQL));
        this.delete = sql.of(DELETE.replace("{seal}", Seal.IN_POSTGRESQL));
        this.claim = sql.of(CLAIM);
        this.telling = telling;
    }

    @Override
    boolean set(SessionKey key, long expectedVersion, SessionRecord next) {
        byte[] content = next.toJson();
        byte[] seal = Seal.of(key, next.version(), content);
        String did = key.did().value();
        String what = "the session of " + key + " cannot be written";
        boolean written = expectedVersion == 0
                ? changes(what, insert, did, key.slot(), next.version(), content, seal, due(next))
                : changes(what, update, next.version(), content, seal, due(next), did, key.slot(), expectedVersion);
        return written ? told(key, next.version()) : refused(key);
    }

    @Override
    boolean delete(SessionKey key, long expectedVersion) {
        String what = "the session of " + key + " cannot be removed";
        return changes(what, delete, key.did().value(), key.slot(), expectedVersion) ? told(key, 0) : refused(key);
    }

    private boolean changes(String what, String statement, @Nullable Object... parameters) {
        return database.once(what, connection -> Database.write(connection, statement, parameters) == 1);
    }

    private boolean told(SessionKey key, long version) {
        telling.changed(key, version);
        return true;
    }

    /** Nothing was written: because of another version, or, as reading finds out, because the record is damaged. */
    private boolean refused(SessionKey key) {
        read(key);
        return false;
    }

    private record Claimed(OffsetDateTime wasDue, Optional<SessionRecord> stored) {}

    @Override
    List<SessionRecord> claimDue(int most, Duration hold) {
        return database
                .once(
                        "what is due cannot be claimed",
                        connection -> Database.rows(
                                connection,
                                claim,
                                row -> new Claimed(row.getObject("was_due", OffsetDateTime.class), readable(row)),
                                most,
                                hold.toMillis()))
                .stream()
                .sorted(Comparator.comparing(Claimed::wasDue))
                .flatMap(claimed -> claimed.stored().stream())
                .toList();
    }
}
