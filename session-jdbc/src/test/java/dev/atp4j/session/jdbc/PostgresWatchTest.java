// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.atp4j.data.LexMap;
import dev.atp4j.pds.VirtualTime;
import dev.atp4j.session.store.SessionKey;
import dev.atp4j.session.store.SessionRecord;
import dev.atp4j.session.store.SessionStore.Watch;
import dev.atp4j.session.store.SessionStore.Watcher;
import dev.atp4j.syntax.Did;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.ds.PGSimpleDataSource;

/** Listening to PostgreSQL, also when the connection is lost. */
@Timeout(120)
class PostgresWatchTest {

    private static final SessionKey ALICE = SessionKey.of(Did.parse("did:plc:alice"));

    private final PGSimpleDataSource direct = Postgres.empty();
    private final JdbcSessionStore writer = JdbcSessionStore.builder(direct).build();
    private final HikariDataSource pool = new HikariDataSource();
    private final JdbcSessionStore store;
    private final Told told = new Told();
    private long version;

    /** What a watcher has been told. */
    private static final class Told implements Watcher {
        final BlockingQueue<String> news = new LinkedBlockingQueue<>();

        @Override
        public void changed(SessionKey key, long version) {
            news.add(key + " " + version);
        }

        @Override
        public void missed() {
            news.add("missed");
        }

        String next() throws InterruptedException {
            return news.poll(60, TimeUnit.SECONDS);
        }
    }

    PostgresWatchTest() {
        pool.setDataSource(direct);
        pool.setMaximumPoolSize(2);
        store = JdbcSessionStore.builder(pool).build();
    }

    @AfterEach
    void close() {
        store.close();
        writer.close();
        pool.close();
    }

    private String write() {
        assertThat(writer.compareAndSet(ALICE, version, SessionRecord.of(ALICE, ++version, LexMap.empty())))
                .isTrue();
        return ALICE + " " + version;
    }

    @Test
    void afterALossOfTheConnectionTheWatcherHearsThatHeMayHaveMissedSomething() throws Exception {
        store.watch(told);
        assertThat(write()).isEqualTo(told.next());
        for (int i = 0; i < 3; i++) {
            terminateListeners();
            assertThat(told.next()).isEqualTo("missed");
            assertThat(write()).isEqualTo(told.next());
        }
    }

    @Test
    void aWatcherThatFailsHindersNobody() throws Exception {
        store.watch(new Watcher() {
            @Override
            public void changed(SessionKey key, long version) {
                throw new IllegalStateException("changed");
            }

            @Override
            public void missed() {
                throw new IllegalStateException("missed");
            }
        });
        store.watch(told);
        assertThat(write()).isEqualTo(told.next());
        terminateListeners();
        assertThat(told.next()).isEqualTo("missed");
    }

    @Test
    void allWatchersShareOneConnectionAndTheLastOneGivesItBack() throws Exception {
        Watch first = store.watch(told);
        var other = new Told();
        Watch second = store.watch(other);
        assertThat(listeners()).isEqualTo(1);
        assertThat(write()).isEqualTo(told.next()).isEqualTo(other.next());
        first.close();
        assertThat(write()).isEqualTo(other.next());
        assertThat(told.news).isEmpty();
        second.close();
        // Both connections can be had again, and neither listens any more.
        try (Connection one = pool.getConnection();
                Connection another = pool.getConnection()) {
            for (Connection connection : new Connection[] {one, another}) {
                assertThat(Database.rows(connection, "SELECT pg_listening_channels()", row -> row.getString(1)))
                        .isEmpty();
                assertThat(connection.getNetworkTimeout()).isZero();
            }
        }
        store.watch(told);
        assertThat(write()).isEqualTo(told.next());
    }

    @Test
    void whatOthersSayOnTheChannelMeansNothing() throws Exception {
        store.watch(told);
        Postgres.execute(direct, "SELECT pg_notify('atp4j_', 'missed')"); // but this, which another store says
        assertThat(told.next()).isEqualTo("missed");
        for (String noise :
                new String[] {"", "hello", "did:plc:alice#default", "no did#default 1", "did:plc:a#default x"}) {
            Postgres.execute(direct, "SELECT pg_notify('atp4j_', '" + noise + "')");
        }
        assertThat(write()).isEqualTo(told.next());
    }

    @Test
    void whatCouldNotBeToldIsToldLater() throws Exception {
        // Something stands before the function that tells.
        Postgres.execute(
                direct, "ALTER DATABASE " + direct.getDatabaseName() + " SET search_path = public, pg_catalog");
        Postgres.execute(direct, "CREATE FUNCTION pg_notify(text, text) RETURNS void LANGUAGE sql AS 'SELECT 1 / 0'");
        store.watch(told);
        VirtualTime time = VirtualTime.stopped();
        try (var late = JdbcSessionStore.builder(direct)
                .time(time)
                .executor(Runnable::run)
                .build()) {
            assertThat(late.compareAndSet(ALICE, 0, SessionRecord.of(ALICE, 1, LexMap.empty())))
                    .isTrue();
            assertThat(late.compareAndSet(ALICE, 1, SessionRecord.of(ALICE, 2, LexMap.empty())))
                    .isTrue();
            time.advance(Duration.ofSeconds(5));
            Postgres.execute(direct, "DROP FUNCTION public.pg_notify(text, text)");
            time.advance(Duration.ofSeconds(5));
            assertThat(told.next()).isEqualTo(ALICE + " 1");
            assertThat(told.next()).isEqualTo(ALICE + " 2");
            assertThat(time.timers()).isZero();
        }
    }

    @Test
    void whoeverWritesAndLeavesTellsIt() throws Exception {
        store.watch(told);
        var leaving = JdbcSessionStore.builder(direct).executor(task -> {}).build();
        assertThat(leaving.compareAndSet(ALICE, 0, SessionRecord.of(ALICE, 1, LexMap.empty())))
                .isTrue();
        leaving.close();
        assertThat(told.next()).isEqualTo(ALICE + " 1");
    }

    @Test
    void theListenerMayHaveAConnectionOfItsOwn() throws Exception {
        pool.setMaximumPoolSize(1);
        try (var narrow = JdbcSessionStore.builder(pool).listenOn(direct).build()) {
            narrow.watch(told);
            assertThat(write()).isEqualTo(told.next());
            assertThat(narrow.read(ALICE)).isPresent();
        }
    }

    @Test
    void aDriverThatCannotHearLeavesTheStoreWithoutWatches() {
        DataSource deaf = Wrapped.source(direct, "isWrapperFor", false);
        try (var watching = JdbcSessionStore.builder(deaf).build()) {
            watching.watch(told).close();
            watching.watch(told);
            write();
            assertThat(watching.read(ALICE)).isPresent();
            assertThat(listeners()).isZero();
        }
    }

    private int listeners() {
        try (Connection connection = direct.getConnection()) {
            return Database.rows(connection, "SELECT count(*)" + LISTENERS, row -> row.getInt(1))
                    .get(0);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private void terminateListeners() {
        Postgres.execute(direct, "SELECT pg_terminate_backend(pid)" + LISTENERS);
    }

    /** A connection whose last statement was to listen. */
    private static final String LISTENERS =
            " FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'";
}
