// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.jdbc;

import static org.assertj.core.api.Assumptions.assumeThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A real PostgreSQL server for all tests of this JVM, started when the first one asks. */
final class Postgres {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private Postgres() {}

    private static final class Server {
        static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "200")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static int port() {
        return Server.RUNNING.getPort();
    }

    /** Makes an empty database in place of the one before, with a data source that connects anew each time. */
    static PGSimpleDataSource empty() {
        assumeThat(System.getProperty("atp4j.postgres"))
                .as("build/mutation goes without it")
                .isNotEqualTo("false");
        int number = DATABASES.incrementAndGet();
        DataSource server = to("postgres", port());
        execute(server, "DROP DATABASE IF EXISTS test_" + (number - 1) + " WITH (FORCE)");
        execute(server, "CREATE DATABASE test_" + number);
        return to("test_" + number, port());
    }

    static PGSimpleDataSource to(String database, int port) {
        var source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {port});
        source.setUser("postgres");
        source.setDatabaseName(database);
        return source;
    }

    static void execute(DataSource source, String sql) {
        try (Connection connection = source.getConnection()) {
            Database.execute(connection, sql);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }
}
