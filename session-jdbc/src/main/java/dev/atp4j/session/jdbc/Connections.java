// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** Where connections come from, and go back to. Thread-safe. */
interface Connections {

    /** Is called once, before the first connection is taken. */
    default void open() {}

    /** Waits for a connection as long as the pool or driver is set to. */
    Connection take() throws SQLException;

    /** Takes back a connection after use. */
    void give(Connection connection) throws SQLException;

    /** Frees what was opened here, and nothing that was brought from outside. */
    default void close() {}
}
