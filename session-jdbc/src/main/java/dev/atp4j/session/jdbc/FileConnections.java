// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedDeque;

/** Connections to an SQLite file, as many as are in use at the same time. They stay open until the store is closed. */
final class FileConnections implements Connections {

    private static final System.Logger LOG = System.getLogger(FileConnections.class.getName());

    private final Path file;
    private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    FileConnections(Path file) {
        this.file = file;
    }

    @Override
    public void open() {
        PrivateFile.create(file);
    }

    @Override
    public Connection take() throws SQLException {
        PrivateFile.require(file);
        Connection connection = idle.pollFirst();
        return connection != null ? connection : DriverManager.getConnection("jdbc:sqlite:" + file);
    }

    @Override
    public void give(Connection connection) throws SQLException {
        if (!connection.isClosed()) {
            idle.addFirst(connection);
        }
        if (closed) {
            close();
        }
    }

    @Override
    public void close() {
        closed = true;
        for (Connection connection = idle.pollFirst(); connection != null; connection = idle.pollFirst()) {
            try {
                connection.close();
            } catch (SQLException e) {
                LOG.log(System.Logger.Level.DEBUG, "a connection could not be closed: {0}", Faults.told(e));
            }
        }
    }
}
