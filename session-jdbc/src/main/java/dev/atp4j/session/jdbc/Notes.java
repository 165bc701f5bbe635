// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.jdbc;

import dev.atp4j.session.store.StoreException;
import dev.atp4j.session.store.StoredNote;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** The table of notes. They are few and seldom written, so that a write may read first. Thread-safe. */
final class Notes {

    private static final String READ = "SELECT version, content FROM {t}notes WHERE name = ?";

    private static final String INSERT = """
            INSERT INTO {t}notes (name, version, content, written_at)
            VALUES (?, ?, ?, {now})
            ON CONFLICT DO NOTHING""";

    private static final String UPDATE = """
            UPDATE {t}notes
            SET version = ?, content = ?, written_at = {now}
            WHERE name = ? AND version = ?""";

    private final Database database;
    private final String read;
    private final String insert;
    private final String update;

    Notes(Database database, Sql sql) {
        this.database = database;
        this.read = sql.of(READ);
        this.insert = sql.of(INSERT);
        this.update = sql.of(UPDATE);
    }

    Optional<StoredNote> read(String name) {
        return database
                .repeatable(
                        "the note \"" + name + "\" cannot be read",
                        connection -> Database.rows(connection, read, row -> parse(name, row), name))
                .stream()
                .findFirst();
    }

    private static StoredNote parse(String name, ResultSet row) throws SQLException {
        StoredNote note = StoredNote.parse(name, row.getBytes("content"));
        if (note.version() != row.getLong("version")) {
            throw new StoreException(
                    StoreException.Kind.UNREADABLE,
                    "the note \"" + name + "\" cannot be read: its row was changed by something else than a store",
                    null);
        }
        return note;
    }

    boolean set(long expectedVersion, StoredNote next) {
        // A damaged note ends it here, and is not overwritten.
        if (read(next.name()).map(StoredNote::version).orElse(0L) != expectedVersion) {
            return false;
        }
        return database.once(
                "the note \"" + next.name() + "\" cannot be written",
                connection -> expectedVersion == 0
                        ? Database.write(connection, insert, next.name(), next.version(), next.toJson()) == 1
                        : Database.write(
                                        connection, update, next.version(), next.toJson(), next.name(), expectedVersion)
                                == 1);
    }
}
