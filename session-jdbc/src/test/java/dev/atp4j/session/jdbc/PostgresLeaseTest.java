// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.session.store.SessionStore.Lease;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class PostgresLeaseTest extends LeaseRules {

    private final PGSimpleDataSource source = Postgres.empty();

    @Override
    DataSource source() {
        return source;
    }

    @Override
    String in(int seconds) {
        return "clock_timestamp() + interval '" + seconds + " seconds'";
    }

    /** A lock in the row is written to the disk, many times a second by each of those who wait. */
    @Test
    void whoeverAsksInVainWritesNothing() throws SQLException {
        try (JdbcSessionStore one = JdbcSessionStore.builder(source).build();
                JdbcSessionStore other = JdbcSessionStore.builder(source).build();
                Lease lease = one.lease(ALICE, Duration.ZERO).orElseThrow()) {
            assertThat(lease.held()).isTrue();
            assertThat(other.lease(ALICE, Duration.ZERO)).isEmpty();

            assertThat(lastLock()).isEqualTo("0");
        }
    }

    private String lastLock() throws SQLException {
        try (var connection = source.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT xmax FROM atp4j_leases")) {
            rows.next();
            return rows.getString(1);
        }
    }
}
