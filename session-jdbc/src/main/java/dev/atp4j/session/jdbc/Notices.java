// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** What PostgreSQL sends without being asked. The only place that knows its driver, which may not be there. */
final class Notices {

    private Notices() {}

    /** Tells whether this is a connection of that driver, perhaps wrapped by a pool. */
    static boolean comeOver(Connection connection) throws SQLException {
        try {
            return connection.isWrapperFor(PGConnection.class);
        } catch (NoClassDefFoundError e) {
            return false;
        }
    }

    /** Waits for what has been sent, and returns it; nothing when the time is over. */
    static List<String> await(Connection connection, int millis) throws SQLException {
        PGNotification[] notices = connection.unwrap(PGConnection.class).getNotifications(millis);
        return notices == null
                ? List.of()
                : Stream.of(notices).map(PGNotification::getParameter).toList();
    }
}
