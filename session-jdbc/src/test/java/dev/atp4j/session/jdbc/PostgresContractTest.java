// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.jdbc;

import dev.atp4j.session.store.ClaimingStore;
import dev.atp4j.session.store.SessionKey;
import dev.atp4j.testkit.ClaimingStoreContract;
import org.postgresql.ds.PGSimpleDataSource;

/** The contract on PostgreSQL, with connections straight from the driver. */
class PostgresContractTest extends ClaimingStoreContract {

    private final PGSimpleDataSource source = Postgres.empty();

    @Override
    protected ClaimingStore open() {
        return JdbcSessionStore.builder(source).build();
    }

    @Override
    protected boolean damage(SessionKey key) {
        Postgres.execute(
                source,
                "UPDATE atp4j_sessions SET content = substring(content FROM 1 FOR length(content) / 2) WHERE did = '"
                        + key.did() + "'");
        return true;
    }
}
