// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.data.LexMap;
import dev.atp4j.pds.VirtualTime;
import dev.atp4j.session.store.SessionKey;
import dev.atp4j.session.store.SessionRecord;
import dev.atp4j.session.store.SessionStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the contract does not say of the store in SQLite: looking for changes, and what is left of a store that is closed. */
@Timeout(120)
class SqliteStoreTest {

    private static final SessionKey ALICE = LeaseRules.ALICE;
    private static final Duration LOOK = Duration.ofMillis(200);

    @TempDir
    private Path folder;

    private final VirtualTime time = VirtualTime.stopped();
    private final List<String> told = new ArrayList<>();

    private final SessionStore.Watcher watcher = new SessionStore.Watcher() {
        @Override
        public void changed(SessionKey key, long version) {
            told.add(key + " " + version);
        }

        @Override
        public void missed() {
            told.add("missed");
        }
    };

    private Path file() {
        return folder.resolve("sessions.db");
    }

    private JdbcSessionStore open() {
        return JdbcSessionStore.sqlite(file())
                .time(time)
                .executor(Runnable::run)
                .build();
    }

    private static void write(SessionStore store, long version) {
        assertThat(store.compareAndSet(ALICE, version - 1, SessionRecord.of(ALICE, version, LexMap.empty())))
                .isTrue();
    }

    private void assertTold(String... news) {
        time.advance(LOOK);
        assertThat(told).containsExactly(news);
        told.clear();
    }

    @Test
    void whatIsChangedFromTheOpeningOnIsToldOnce() {
        try (JdbcSessionStore writer = open()) {
            write(writer, 1);
            try (JdbcSessionStore store = open()) {
                store.watch(watcher);
                assertTold();
                write(writer, 2);
                write(writer, 3);
                assertTold(ALICE + " 2", ALICE + " 3");
                assertTold();
            }
        }
    }

    @Test
    void whoLooksSoLateThatChangesAreForgottenIsToldSo() {
        try (JdbcSessionStore store = open()) {
            store.watch(watcher);
            for (long version = 1; version <= 3; version++) {
                write(store, version);
            }
            Postgres.execute(Sqlite.in(file()), "DELETE FROM atp4j_changes WHERE id <= 2");
            assertTold("missed", ALICE + " 3");
            write(store, 4);
            assertTold(ALICE + " 4");
        }
    }

    @Test
    void changesAreForgottenWhenThousandMoreHaveCome() throws SQLException {
        try (JdbcSessionStore store = open();
                Connection connection = Sqlite.in(file()).getConnection()) {
            for (long version = 1; version <= 3; version++) {
                write(store, version);
            }
            Database.execute(connection, "UPDATE sqlite_sequence SET seq = 1001 WHERE name = 'atp4j_changes'");
            write(store, 4);
            assertThat(Database.rows(connection, "SELECT id FROM atp4j_changes ORDER BY id", row -> row.getInt(1)))
                    .containsExactly(3, 1002);
        }
    }

    @Test
    void nobodyLooksWhenNobodyWatches() {
        try (JdbcSessionStore store = open()) {
            SessionStore.Watch first = store.watch(watcher);
            SessionStore.Watch second = store.watch(watcher);
            assertThat(time.timers()).isEqualTo(1);
            first.close();
            write(store, 1);
            assertTold(ALICE + " 1");
            second.close();
            write(store, 2);
            assertTold();
            assertThat(time.timers()).isZero();
        }
    }

    @Test
    void aClosedStoreLooksNoMoreAndLeavesItsFileAlone() throws IOException {
        try (JdbcSessionStore store = open()) {
            store.watch(watcher);
            write(store, 1);
        }
        assertTold();
        assertThat(time.timers()).isZero();
        try (Stream<Path> files = Files.list(folder)) {
            // SQLite removes the log and its index with the last connection.
            assertThat(files).containsExactly(file());
        }
    }

    @Test
    void moreSessionsThanAPageHasAreListed() {
        try (JdbcSessionStore store = open()) {
            for (int count : List.of(1_000, 1_001, 2_500)) {
                Postgres.execute(Sqlite.in(file()), "DELETE FROM atp4j_sessions");
                Postgres.execute(Sqlite.in(file()), """
                        WITH RECURSIVE some(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM some WHERE n < %d)
                        INSERT INTO atp4j_sessions (did, slot, version, content, seal, written_at)
                        SELECT 'did:plc:a' || n, 'default', 1, x'', x'', 0 FROM some""".formatted(count));
                assertThat(store.keys()).doesNotHaveDuplicates().hasSize(count);
            }
        }
    }
}
