// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * A connection that listens to a channel of PostgreSQL. Confined to one thread at a time.
 *
 * @param automatic whether it came as one that commits by itself
 * @param patience how long it came to wait for answers
 */
record Line(Connections connections, Connection connection, boolean automatic, int patience) {

    private static final System.Logger LOG = System.getLogger(Line.class.getName());

    private static final int LONGEST_ANSWER = 5_000;

    static Line to(Connections connections, String channel) throws SQLException {
        Connection connection = connections.take();
        try {
            boolean automatic = connection.getAutoCommit();
            connection.setAutoCommit(true);
            var line = new Line(connections, connection, automatic, Database.limitAnswers(connection, LONGEST_ANSWER));
            Database.execute(connection, "LISTEN \"" + channel + "\"");
            return line;
        } catch (SQLException | RuntimeException e) {
            connections.give(connection);
            throw e;
        }
    }

    /** Tells whether the driver is the one that can hear. */
    boolean hears() throws SQLException {
        return Notices.comeOver(connection);
    }

    /** Waits for what is told, and returns it; nothing when the time is over. */
    List<String> await(int millis) throws SQLException {
        return Notices.await(connection, millis);
    }

    /** Sees that the database still answers. */
    void requireAlive() throws SQLException {
        Database.execute(connection, "SELECT 1");
    }

    /** Gives the connection back as it came. The next who gets it from a pool must not hear what was meant for us. */
    void leave() {
        try {
            try {
                Database.execute(connection, "UNLISTEN *");
                if (patience >= 0) {
                    connection.setNetworkTimeout(Runnable::run, patience);
                }
                connection.setAutoCommit(automatic);
            } finally {
                connections.give(connection);
            }
        } catch (SQLException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "a connection is lost: {0}", Faults.told(e));
        }
    }
}
