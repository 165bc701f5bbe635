// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.atp4j.session.store.ClaimingStore;
import dev.atp4j.session.store.SessionKey;
import dev.atp4j.testkit.ClaimingStoreContract;
import org.junit.jupiter.api.AfterEach;
import org.postgresql.ds.PGSimpleDataSource;

/** The contract on PostgreSQL, with a pool that all handles share and that does not commit by itself, and in a schema. */
class PostgresPoolContractTest extends ClaimingStoreContract {

    private final PGSimpleDataSource source = Postgres.empty();
    private final HikariDataSource pool = new HikariDataSource();

    PostgresPoolContractTest() {
        Postgres.execute(source, "CREATE SCHEMA auth");
        pool.setDataSource(source);
        pool.setMaximumPoolSize(4);
        pool.setAutoCommit(false);
    }

    @AfterEach
    void closePool() {
        pool.close();
    }

    @Override
    protected ClaimingStore open() {
        return JdbcSessionStore.builder(pool).tables("auth.bot_").build();
    }

    /** One bit is enough. */
    @Override
    protected boolean damage(SessionKey key) {
        Postgres.execute(
                source,
                "UPDATE auth.bot_sessions SET content = set_bit(content, 2, 1) WHERE did = '" + key.did() + "'");
        return true;
    }
}
