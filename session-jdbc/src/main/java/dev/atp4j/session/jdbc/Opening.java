// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.jdbc;

import dev.atp4j.session.store.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.stream.Stream;

/** What is found out about a database before it is used. */
final class Opening {

    private Opening() {}

    static Dialect dialect(Connections connections) {
        // Of the database nothing is known yet that limits are set by; it is only asked for its name.
        String product = new Database(connections, Dialect.POSTGRESQL)
                .repeatable(
                        "the database cannot be opened", c -> c.getMetaData().getDatabaseProductName());
        return Stream.of(Dialect.values())
                .filter(dialect -> dialect.product().equals(product))
                .findFirst()
                .orElseThrow(() -> unsafe("sessions cannot be kept in a database of kind \"" + product
                        + "\"; supported are PostgreSQL and SQLite"));
    }

    /** Sees that an SQLite database is a file that nobody else can open, and that its writers do not hinder its readers. */
    static void requireSafeFile(Database database) {
        String file = database.repeatable(
                "the database cannot be opened",
                connection -> text(connection, "SELECT file FROM pragma_database_list WHERE name = 'main'"));
        if (file.isEmpty()) {
            throw unsafe(
                    "sessions cannot be kept in an SQLite database in memory, which each connection has for itself; "
                            + "name a file, or use MemorySessionStore");
        }
        PrivateFile.require(Path.of(file));
        String mode = database.repeatable("the database " + file + " cannot be opened", Opening::writeAhead);
        if (!mode.equals("wal")) {
            throw unsafe("the file system of " + file + " does not allow SQLite's write-ahead log (journal mode \""
                    + mode + "\"); put the database on a local disk");
        }
    }

    private static String writeAhead(Connection connection) throws java.sql.SQLException {
        String now = text(connection, "PRAGMA journal_mode");
        return now.equals("wal") ? now : text(connection, "PRAGMA journal_mode = WAL");
    }

    private static String text(Connection connection, String query) throws java.sql.SQLException {
        return Database.rows(connection, query, row -> row.getString(1)).get(0);
    }

    private static StoreException unsafe(String message) {
        return new StoreException(StoreException.Kind.UNSAFE, message, null);
    }
}
