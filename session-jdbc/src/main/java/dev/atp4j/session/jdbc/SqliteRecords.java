// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.jdbc;

import dev.atp4j.session.store.SessionKey;
import dev.atp4j.session.store.SessionRecord;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sessions in SQLite. Every write is a transaction that keeps other writers out from its beginning. */
final class SqliteRecords extends Records {

    /** How many changes are kept for those who watch. Who has not looked for longer is told that he missed some. */
    static final int CHANGES_KEPT = 1_000;

    private static final String INSERT = """
            INSERT INTO {t}sessions (did, slot, version, content, seal, due_at, written_at)
            VALUES (?, ?, ?, ?, ?, {later}, {now})""";

    private static final String UPDATE = """
            UPDATE {t}sessions
            SET version = ?, content = ?, seal = ?, due_at = {later}, written_at = {now}
            WHERE did = ? AND slot = ?""";

    private static final String DELETE = "DELETE FROM {t}sessions WHERE did = ? AND slot = ?";

    private static final String TELL = "INSERT INTO {t}changes (did, slot, version) VALUES (?, ?, ?)";

    private static final String FORGET = """
            DELETE FROM {t}changes WHERE id <= (SELECT max(id) FROM {t}changes) -\s""" + CHANGES_KEPT;

    private static final String DUE = """
            SELECT did, slot, version, content, seal FROM {t}sessions
            WHERE due_at <= {now}
            ORDER BY due_at
            LIMIT ?""";

    private static final String HOLD = "UPDATE {t}sessions SET due_at = {later} WHERE did = ? AND slot = ?";

    SqliteRecords(Database database, Sql sql) {
        super(database, sql);
    }

    @Override
    boolean set(SessionKey key, long expectedVersion, SessionRecord next) {
        byte[] content = next.toJson();
        byte[] seal = Seal.of(key, next.version(), content);
        String did = key.did().value();
        return change("written", key, expectedVersion, next.version(), connection -> {
            if (expectedVersion == 0) {
                write(connection, INSERT, did, key.slot(), next.version(), content, seal, due(next));
            } else {
                write(connection, UPDATE, next.version(), content, seal, due(next), did, key.slot());
            }
        });
    }

    @Override
    boolean delete(SessionKey key, long expectedVersion) {
        return change(
                "removed",
                key,
                expectedVersion,
                0,
                connection -> write(connection, DELETE, key.did().value(), key.slot()));
    }

    private interface Change {
        void on(Connection connection) throws SQLException;
    }

    private boolean change(String done, SessionKey key, long expected, long told, Change change) {
        String did = key.did().value();
        return transaction("the session of " + key + " cannot be " + done, connection -> {
            // Read by the transaction that is going to write.
            if (read(connection, key).map(SessionRecord::version).orElse(0L) != expected) {
                return false;
            }
            change.on(connection);
            write(connection, TELL, did, key.slot(), told);
            write(connection, FORGET);
            return true;
        });
    }

    private record Due(String did, String slot, Optional<SessionRecord> stored) {}

    @Override
    List<SessionRecord> claimDue(int most, Duration hold) {
        return transaction("what is due cannot be claimed", connection -> {
            List<SessionRecord> claimed = new ArrayList<>();
            for (Due due : Database.rows(
                    connection,
                    sql.of(DUE),
                    row -> new Due(row.getString("did"), row.getString("slot"), readable(row)),
                    most)) {
                write(connection, HOLD, hold.toMillis(), due.did(), due.slot());
                due.stored().ifPresent(claimed::add);
            }
            return claimed;
        });
    }

    private <T> T transaction(String what, Database.Work<T> work) {
        return database.once(what, connection -> Database.transaction(connection, Dialect.SQLITE, work));
    }

    private void write(Connection connection, String statement, @Nullable Object... parameters) throws SQLException {
        Database.write(connection, sql.of(statement), parameters);
    }
}
