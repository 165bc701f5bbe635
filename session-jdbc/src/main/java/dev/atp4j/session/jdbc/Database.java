// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.jdbc;

import dev.atp4j.session.store.StoreException;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs statements, each piece of work on a connection that is given back in the state in which it came: no transaction
 * open, and not for longer than {@link #LONGEST_ANSWER}. Thread-safe.
 */
final class Database {

    private static final System.Logger LOG = System.getLogger(Database.class.getName());

    /** After this many seconds the database is asked to give a statement up. */
    private static final int LONGEST_STATEMENT = 5;

    /** After this many milliseconds without an answer the connection is given up. */
    private static final int LONGEST_ANSWER = 7_000;

    /** How often to try again what the database has undone. */
    private static final int TRIES = 5;

    private final Connections connections;
    private final Dialect dialect;

    Database(Connections connections, Dialect dialect) {
        this.connections = connections;
        this.dialect = dialect;
    }

    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    /** Does something once, whose effect is not known when its answer is lost. */
    <T> T once(String what, Work<T> work) {
        return run(what, work, false);
    }

    /** Does something that can be done twice: again, if a connection turns out to be dead. */
    <T> T repeatable(String what, Work<T> work) {
        return run(what, work, true);
    }

    private <T> T run(String what, Work<T> work, boolean repeatable) {
        for (int left = TRIES; ; left--) {
            Connection connection = take(what);
            try {
                return limited(connection, work);
            } catch (SQLException e) {
                boolean again = Faults.wasUndone(e) || repeatable && isQuick(e);
                if (!again || left == 1 || Thread.currentThread().isInterrupted()) {
                    throw Faults.unavailable(what, e);
                }
            } finally {
                give(connection);
            }
        }
    }

    /** A pool may hand out connections that have died in it. One that does not answer for long shows a dead database. */
    private static boolean isQuick(SQLException e) {
        return Faults.isOfConnection(e) && !(e.getCause() instanceof SocketTimeoutException);
    }

    private Connection take(String what) {
        try {
            return connections.take();
        } catch (SQLException e) {
            throw Faults.unavailable(what, e);
        } catch (StoreException e) {
            throw e;
        } catch (RuntimeException e) {
            // Some pools throw these when they cannot even begin.
            throw Faults.unavailable(what, new SQLException(String.valueOf(e.getMessage()), "08001", e));
        }
    }

    /** What is done is done, whether or not the connection can be used again. */
    private void give(Connection connection) {
        try {
            connections.give(connection);
        } catch (SQLException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "a connection could not be given back: {0}", Faults.told(e));
        }
    }

    private <T> T limited(Connection connection, Work<T> work) throws SQLException {
        boolean automatic = connection.getAutoCommit();
        if (!automatic) {
            connection.setAutoCommit(true);
        }
        int network = dialect == Dialect.POSTGRESQL ? limitAnswers(connection, LONGEST_ANSWER) : 0;
        try {
            if (dialect == Dialect.SQLITE) {
                prepareSqlite(connection);
            }
            return work.on(connection);
        } finally {
            restore(connection, automatic, network);
        }
    }

    /** Sets what SQLite forgets with each connection: to wait for other writers, and to write for good. */
    private static void prepareSqlite(Connection connection) throws SQLException {
        execute(connection, "PRAGMA busy_timeout = " + LONGEST_STATEMENT * 1000);
        execute(connection, "PRAGMA synchronous = FULL");
    }

    /** Waits no longer for an answer than this, and returns what was set before; negative if the driver cannot. */
    static int limitAnswers(Connection connection, int millis) throws SQLException {
        try {
            int before = connection.getNetworkTimeout();
            if (before == 0 || before > millis) {
                connection.setNetworkTimeout(Runnable::run, millis);
            }
            return before;
        } catch (SQLFeatureNotSupportedException e) {
            return -1;
        }
    }

    private void restore(Connection connection, boolean automatic, int network) {
        try {
            if (connection.isClosed()) {
                return;
            }
            if (dialect == Dialect.POSTGRESQL && network >= 0) {
                connection.setNetworkTimeout(Runnable::run, network);
            }
            if (!automatic) {
                connection.setAutoCommit(false);
            }
        } catch (SQLException e) {
            LOG.log(System.Logger.Level.DEBUG, "a connection could not be set back: {0}", Faults.told(e));
        }
    }

    // ---- on a connection

    /** Does some statements as one. Begun so that in SQLite nobody writes between its reads and its writes. */
    static <T> T transaction(Connection connection, Dialect dialect, Work<T> work) throws SQLException {
        execute(connection, dialect == Dialect.SQLITE ? "BEGIN IMMEDIATE" : "BEGIN");
        boolean done = false;
        try {
            T result = work.on(connection);
            execute(connection, "COMMIT");
            done = true;
            return result;
        } finally {
            if (!done) {
                rollBack(connection);
            }
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.log(System.Logger.Level.DEBUG, "not closed: {0}", Faults.told(e));
        }
    }

    private static void rollBack(Connection connection) {
        try {
            execute(connection, "ROLLBACK");
        } catch (SQLException e) {
            // The connection is gone, and the database undoes what was not committed.
            LOG.log(System.Logger.Level.DEBUG, "not rolled back: {0}", Faults.told(e));
            close(connection);
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Reads all rows, of a query or of what a statement returns. */
    static <T> List<T> rows(Connection connection, String sql, Row<T> row, @Nullable Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, parameters);
                ResultSet found = statement.executeQuery()) {
            List<T> rows = new ArrayList<>();
            while (found.next()) {
                rows.add(row.of(found));
            }
            return rows;
        }
    }

    /** Writes, and tells how many rows. */
    static int write(Connection connection, String sql, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, parameters)) {
            return statement.executeUpdate();
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, @Nullable Object... parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            statement.setQueryTimeout(LONGEST_STATEMENT);
            for (int i = 0; i < parameters.length; i++) {
                set(statement, i + 1, parameters[i]);
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private static void set(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        if (value instanceof byte[] bytes) {
            statement.setBytes(index, bytes);
        } else if (value instanceof String text) {
            statement.setString(index, text);
        } else if (value instanceof Number number) {
            statement.setLong(index, number.longValue());
        } else {
            // Only a moment may be missing, and it is counted in milliseconds.
            statement.setNull(index, Types.BIGINT);
        }
    }
}
