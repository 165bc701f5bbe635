// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.jdbc;

import java.nio.file.Path;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

class SqliteLeaseTest extends LeaseRules {

    private SQLiteDataSource source;

    @BeforeEach
    void create(@TempDir Path folder) {
        source = Sqlite.empty(folder.resolve("sessions.db"));
    }

    @Override
    DataSource source() {
        return source;
    }

    @Override
    String in(int seconds) {
        return "CAST(unixepoch('subsec') * 1000 AS INTEGER) + " + seconds * 1000;
    }
}
