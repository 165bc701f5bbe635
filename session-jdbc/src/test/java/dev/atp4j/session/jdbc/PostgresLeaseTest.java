// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.jdbc;

import javax.sql.DataSource;
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
}
