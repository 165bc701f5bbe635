// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.jdbc;

import dev.atp4j.session.store.ClaimingStore;
import dev.atp4j.session.store.SessionKey;
import dev.atp4j.testkit.ClaimingStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract on an SQLite file. */
class SqliteContractTest extends ClaimingStoreContract {

    @TempDir
    private Path folder;

    @Override
    protected ClaimingStore open() {
        return JdbcSessionStore.sqlite(folder.resolve("sessions.db")).build();
    }

    /** A record of another version than its row says. */
    @Override
    protected boolean damage(SessionKey key) {
        Postgres.execute(
                Sqlite.in(folder.resolve("sessions.db")),
                "UPDATE atp4j_sessions SET content = CAST(replace(CAST(content AS TEXT), '\"version\":1', '\"version\":2') AS BLOB)"
                        + " WHERE did = '" + key.did() + "'");
        return true;
    }
}
