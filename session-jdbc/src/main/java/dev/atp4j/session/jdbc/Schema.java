// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.jdbc;

import dev.atp4j.session.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The tables, and the way from those of an older release to those of this one. */
final class Schema {

    private static final String[] POSTGRESQL_1 = {
        """
        CREATE TABLE {t}sessions (
            did        text COLLATE "C" NOT NULL,
            slot       text COLLATE "C" NOT NULL,
            version    bigint NOT NULL,
            content    bytea NOT NULL,
            seal       bytea NOT NULL,
            due_at     timestamptz,
            written_at timestamptz NOT NULL,
            PRIMARY KEY (did, slot)
        )""",
        """
        CREATE INDEX {bare}sessions_due ON {t}sessions (due_at) WHERE due_at IS NOT NULL""",
        // A lease lives for seconds. It need not outlive the server, and so waits for no disk.
        """
        CREATE UNLOGGED TABLE {t}leases (
            did        text COLLATE "C" NOT NULL,
            slot       text COLLATE "C" NOT NULL,
            owner      text NOT NULL,
            fence      bigint NOT NULL,
            until      timestamptz NOT NULL,
            PRIMARY KEY (did, slot)
        )""",
        """
        CREATE TABLE {t}notes (
            name       text COLLATE "C" PRIMARY KEY,
            version    bigint NOT NULL,
            content    bytea NOT NULL,
            written_at timestamptz NOT NULL
        )""",
        """
        CREATE TABLE {t}schema (version integer NOT NULL)"""
    };

    private static final String[] SQLITE_1 = {
        """
        CREATE TABLE {t}sessions (
            did        TEXT NOT NULL,
            slot       TEXT NOT NULL,
            version    INTEGER NOT NULL,
            content    BLOB NOT NULL,
            seal       BLOB NOT NULL,
            due_at     INTEGER,
            written_at INTEGER NOT NULL,
            PRIMARY KEY (did, slot)
        )""",
        """
        CREATE INDEX {bare}sessions_due ON {t}sessions (due_at) WHERE due_at IS NOT NULL""",
        """
        CREATE TABLE {t}leases (
            did        TEXT NOT NULL,
            slot       TEXT NOT NULL,
            owner      TEXT NOT NULL,
            fence      INTEGER NOT NULL,
            until      INTEGER NOT NULL,
            PRIMARY KEY (did, slot)
        )""",
        """
        CREATE TABLE {t}notes (
            name       TEXT NOT NULL PRIMARY KEY,
            version    INTEGER NOT NULL,
            content    BLOB NOT NULL,
            written_at INTEGER NOT NULL
        )""",
        // The last changes, for those who watch.
        """
        CREATE TABLE {t}changes (
            id         INTEGER PRIMARY KEY AUTOINCREMENT,
            did        TEXT NOT NULL,
            slot       TEXT NOT NULL,
            version    INTEGER NOT NULL
        )""",
        """
        CREATE TABLE {t}schema (version INTEGER NOT NULL)"""
    };

    /** Step n brings tables of version n to version n + 1. What has been released is not changed any more. */
    private static final List<String[]> POSTGRESQL = List.<String[]>of(POSTGRESQL_1);

    private static final List<String[]> SQLITE = List.<String[]>of(SQLITE_1);

    private final Sql sql;
    private final List<String[]> steps;

    Schema(Sql sql) {
        this(sql, steps(sql.dialect()));
    }

    /** For tests: with the steps of another release. */
    Schema(Sql sql, List<String[]> steps) {
        this.sql = sql;
        this.steps = steps;
    }

    static List<String[]> steps(Dialect dialect) {
        return dialect == Dialect.POSTGRESQL ? POSTGRESQL : SQLITE;
    }

    /** Returns a script that makes the tables where there are none. */
    String script() {
        var script = new StringBuilder("BEGIN;\n");
        for (String[] step : steps) {
            for (String statement : step) {
                script.append(sql.of(statement)).append(";\n");
            }
        }
        script.append(sql.of(setVersion(steps.size()))).append(";\n");
        return script.append("COMMIT;\n").toString();
    }

    /** Makes the tables what this release needs; or, if it must not, sees that they are. */
    void prepare(Database database, boolean create) {
        String what = "the tables " + sql.tables() + "... cannot be looked at";
        int found = database.repeatable(what, this::version);
        if (found == steps.size()) {
            return;
        }
        if (create) {
            found = database.repeatable(
                    "the tables " + sql.tables() + "... cannot be made",
                    connection -> Database.transaction(connection, sql.dialect(), this::migrate));
        }
        if (found > steps.size()) {
            throw new StoreException(
                    StoreException.Kind.UNREADABLE,
                    "the tables " + sql.tables() + "... are of version " + found + ", and this release knows version "
                            + steps.size() + "; use the newer release that made them",
                    null);
        }
        if (found < steps.size()) {
            throw new StoreException(
                    StoreException.Kind.UNSAFE,
                    "the tables " + sql.tables() + "... are " + (found == 0 ? "missing" : "of version " + found)
                            + ", this release needs version " + steps.size()
                            + ", and it was told not to make them; the script is in JdbcSessionStore.schema",
                    null);
        }
    }

    /** Returns of which version the tables are then. Of several that start at once, one makes them, and the others wait. */
    private int migrate(Connection connection) throws SQLException {
        if (sql.dialect() == Dialect.POSTGRESQL) {
            // In SQLite the transaction itself keeps others out.
            Database.execute(connection, sql.of("SELECT pg_advisory_xact_lock(hashtextextended('{t}', 0))"));
        }
        int version = version(connection);
        for (; version < steps.size(); version++) {
            for (String statement : steps.get(version)) {
                Database.execute(connection, sql.of(statement));
            }
            Database.execute(connection, sql.of("DELETE FROM {t}schema"));
            Database.execute(connection, sql.of(setVersion(version + 1)));
        }
        return version;
    }

    private static String setVersion(int version) {
        return "INSERT INTO {t}schema (version) VALUES (" + version + ")";
    }

    private int version(Connection connection) throws SQLException {
        String tables = sql.dialect() == Dialect.POSTGRESQL
                ? "SELECT count(*) FROM pg_catalog.pg_class WHERE oid = to_regclass('{t}schema')"
                : "SELECT count(*) FROM sqlite_master WHERE name = '{t}schema'";
        if (number(connection, tables) == 0) {
            return 0;
        }
        return number(connection, "SELECT coalesce(max(version), 0) FROM {t}schema");
    }

    private int number(Connection connection, String query) throws SQLException {
        return Database.rows(connection, sql.of(query), row -> row.getInt(1)).get(0);
    }
}
