// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.jdbc;

import dev.atp4j.session.store.SessionKey;
import dev.atp4j.session.store.SessionRecord;
import dev.atp4j.session.store.StoreException;
import dev.atp4j.syntax.Did;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The table of sessions: what all databases do alike. Thread-safe. */
abstract class Records {

    private static final int PAGE = 1_000;

    final Database database;
    final Sql sql;
    private final String read;
    private final String page;

    Records(Database database, Sql sql) {
        this.database = database;
        this.sql = sql;
        this.read = sql.of("SELECT version, content, seal FROM {t}sessions WHERE did = ? AND slot = ?");
        this.page = sql.of("""
                SELECT did, slot FROM {t}sessions
                WHERE (did, slot) > (?, ?)
                ORDER BY did, slot
                LIMIT\s""" + PAGE);
    }

    final Optional<SessionRecord> read(SessionKey key) {
        return database.repeatable("the session of " + key + " cannot be read", connection -> read(connection, key));
    }

    /** A damaged record ends it. */
    final Optional<SessionRecord> read(Connection connection, SessionKey key) throws SQLException {
        return Database.rows(
                        connection, read, row -> Seal.open(key, row), key.did().value(), key.slot())
                .stream()
                .findFirst();
    }

    abstract boolean set(SessionKey key, long expectedVersion, SessionRecord next);

    abstract boolean delete(SessionKey key, long expectedVersion);

    abstract List<SessionRecord> claimDue(int most, Duration hold);

    /** Returns in how many milliseconds a new record is due; null if never. */
    static @Nullable Long due(SessionRecord next) {
        return next.due().map(Duration::toMillis).orElse(null);
    }

    /** Reads one record of several; an unreadable one is left out. */
    static Optional<SessionRecord> readable(ResultSet row) throws SQLException {
        SessionKey key = key(row).orElse(null);
        try {
            return key == null ? Optional.empty() : Optional.of(Seal.open(key, row));
        } catch (StoreException e) {
            return Optional.empty();
        }
    }

    final Stream<SessionKey> keys() {
        return Stream.iterate(page("", ""), page -> !page.isEmpty(), this::after)
                .flatMap(List::stream)
                .flatMap(name -> name.key().stream());
    }

    private record Name(String did, String slot) {
        Optional<SessionKey> key() {
            return Records.key(did, slot);
        }
    }

    private List<Name> after(List<Name> page) {
        Name last = page.get(page.size() - 1);
        return page.size() < PAGE ? List.of() : page(last.did(), last.slot());
    }

    private List<Name> page(String did, String slot) {
        return database.repeatable(
                "the sessions cannot be listed",
                connection -> Database.rows(
                        connection, page, row -> new Name(row.getString("did"), row.getString("slot")), did, slot));
    }

    private static Optional<SessionKey> key(ResultSet row) throws SQLException {
        return key(row.getString("did"), row.getString("slot"));
    }

    /** What somebody else has put there may be no session's name. */
    static Optional<SessionKey> key(String did, String slot) {
        try {
            return Optional.of(new SessionKey(Did.parse(did), slot));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
