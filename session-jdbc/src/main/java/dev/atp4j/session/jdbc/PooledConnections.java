// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Connections of the user's data source, which is his to close. */
record PooledConnections(DataSource source) implements Connections {

    @Override
    public Connection take() throws SQLException {
        return source.getConnection();
    }

    @Override
    public void give(Connection connection) throws SQLException {
        connection.close();
    }
}
