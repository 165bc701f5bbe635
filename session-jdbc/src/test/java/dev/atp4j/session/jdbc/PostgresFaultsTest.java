// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariDataSource;
import dev.atp4j.data.LexMap;
import dev.atp4j.session.store.SessionKey;
import dev.atp4j.session.store.SessionRecord;
import dev.atp4j.session.store.SessionStore;
import dev.atp4j.session.store.SessionStore.Lease;
import dev.atp4j.session.store.StoreException;
import dev.atp4j.session.store.StoredNote;
import dev.atp4j.syntax.Did;
import dev.atp4j.testkit.TcpProxy;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.ds.PGSimpleDataSource;

/** What goes wrong between a store and PostgreSQL. */
@Timeout(120)
class PostgresFaultsTest {

    private static final SessionKey ALICE = SessionKey.of(Did.parse("did:plc:alice"));
    private static final String SECRET = "a-secret-that-nobody-may-see";

    private final PGSimpleDataSource direct = Postgres.empty();
    private final TcpProxy proxy = TcpProxy.to(new InetSocketAddress("127.0.0.1", Postgres.port()));
    private final HikariDataSource pool = new HikariDataSource();
    private final JdbcSessionStore store;

    PostgresFaultsTest() {
        pool.setDataSource(Postgres.to(direct.getDatabaseName(), proxy.port()));
        pool.setMaximumPoolSize(3);
        pool.setAutoCommit(false);
        store = JdbcSessionStore.builder(pool).build();
    }

    @AfterEach
    void close() {
        store.close();
        pool.close();
        proxy.close();
    }

    private static SessionRecord record(long version) {
        return SessionRecord.of(
                ALICE, version, LexMap.builder().put("refreshJwt", SECRET).build());
    }

    private void write(long version) {
        assertThat(store.compareAndSet(ALICE, version - 1, record(version))).isTrue();
    }

    @Test
    void cutConnectionsAreNotNoticedByReaders() {
        write(1);
        for (Runnable fault : List.<Runnable>of(proxy::reset, this::terminateAll)) {
            useAllConnections();
            fault.run();
            assertThat(store.read(ALICE)).isPresent();
            useAllConnections();
            fault.run();
            Lease lease = store.lease(ALICE, Duration.ZERO).orElseThrow();
            fault.run();
            lease.close();
            assertThat(store.lease(ALICE, Duration.ZERO)).hasValueSatisfying(Lease::close);
        }
    }

    @Test
    void aWriteOverACutConnectionHappensOrNot() {
        long version = 0;
        for (int i = 0; i < 20; i++) {
            proxy.reset();
            boolean written = false;
            try {
                written = store.compareAndSet(ALICE, version, record(version + 1));
                assertThat(written).isTrue();
            } catch (StoreException e) {
                assertThat(e.kind()).isEqualTo(StoreException.Kind.UNAVAILABLE);
            }
            long now = store.read(ALICE).map(SessionRecord::version).orElse(0L);
            assertThat(now).isBetween(written ? version + 1 : version, version + 1);
            version = now;
        }
    }

    @Test
    void aDatabaseThatFallsSilentHoldsNobodyUpForLong() throws SQLException {
        write(1);
        // A pool would look at its connection first.
        try (Connection connection =
                Postgres.to(direct.getDatabaseName(), proxy.port()).getConnection()) {
            var patient = JdbcSessionStore.builder(Wrapped.only(connection))
                    .executor(task -> {})
                    .build();
            proxy.silence();
            var e = catchThrowableOfType(StoreException.class, () -> patient.compareAndSet(ALICE, 1, record(2)));
            assertThat(e.kind()).isEqualTo(StoreException.Kind.UNAVAILABLE);
        }
        proxy.reset();
        proxy.pass();
        assertThat(store.read(ALICE).orElseThrow().version()).isEqualTo(2); // only the answer was lost
        write(3);
    }

    @Test
    void aDatabaseThatIsGoneIsReported() {
        var source = Postgres.to(direct.getDatabaseName(), proxy.port());
        var store = JdbcSessionStore.builder(source).build();
        proxy.close();
        for (Callable<?> call : List.<Callable<?>>of(
                () -> store.read(ALICE),
                () -> store.compareAndSet(ALICE, 1, record(2)),
                () -> store.compareAndDelete(ALICE, 1),
                () -> store.lease(ALICE, Duration.ofMinutes(1)),
                () -> store.keys().toList(),
                () -> store.note("a"),
                () -> store.compareAndSetNote(0, new StoredNote("a", 1, LexMap.empty())),
                store::now,
                () -> store.claimDue(1, Duration.ofMinutes(1)),
                () -> store.watch(new IgnoringWatcher()),
                () -> JdbcSessionStore.builder(source).build())) {
            var e = catchThrowableOfType(StoreException.class, call::call);
            assertThat(e).isNotNull();
            assertThat(e.kind()).isEqualTo(StoreException.Kind.UNAVAILABLE);
            assertThat(e.retryable()).isTrue();
        }
    }

    @Test
    void connectionsGoBackAsTheyCame() throws SQLException {
        write(1);
        Postgres.execute(direct, "ALTER TABLE atp4j_sessions RENAME TO away");
        assertThat(catchThrowableOfType(StoreException.class, () -> store.read(ALICE))
                        .kind())
                .isEqualTo(StoreException.Kind.UNAVAILABLE);
        assertThat(catchThrowableOfType(StoreException.class, () -> store.compareAndSet(ALICE, 1, record(2))))
                .isNotNull();
        try (Connection connection = pool.getConnection()) {
            assertThat(connection.getAutoCommit()).isFalse();
            assertThat(connection.getNetworkTimeout()).isZero();
        }
        try (Connection connection = direct.getConnection()) {
            assertThat(Database.rows(
                            connection,
                            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                                    + " AND state LIKE 'idle in transaction%'",
                            row -> row.getInt(1)))
                    .containsExactly(0);
        }
    }

    @Test
    void whoWantsShorterTimeLimitsHasThem() throws SQLException {
        try (Connection connection = direct.getConnection()) {
            var database = new Database(new PooledConnections(Wrapped.only(connection)), Dialect.POSTGRESQL);
            for (int wanted : new int[] {0, 2_000, 60_000}) {
                connection.setNetworkTimeout(Runnable::run, wanted);
                assertThat((int) database.once("nothing to be done", Connection::getNetworkTimeout))
                        .isEqualTo(wanted == 2_000 ? 2_000 : 7_000);
                assertThat(connection.getNetworkTimeout()).isEqualTo(wanted);
            }
        }
    }

    @Test
    void whatTheDriverSaysOfARowIsNotRepeated() {
        write(1);
        Postgres.execute(direct, "ALTER TABLE atp4j_sessions ADD CHECK (version < 2)");
        var e = catchThrowableOfType(StoreException.class, () -> store.compareAndSet(ALICE, 1, record(2)));
        var trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString())
                .contains("23514")
                .doesNotContain("Failing row")
                .doesNotContain(SECRET)
                .doesNotContain(HexFormat.of().formatHex(SECRET.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void whatTheDriverSaysOfConnectionsAndTablesIsRepeated() {
        Postgres.execute(direct, "DROP TABLE atp4j_sessions");
        assertThat(catchThrowableOfType(StoreException.class, () -> store.read(ALICE)))
                .hasMessageContaining("relation \"atp4j_sessions\" does not exist");
    }

    @Test
    void aStatementThatTheDatabaseHasUndoneIsDoneAgain() throws Exception {
        // Where transactions are stricter than usual, the later one of two writers is told to try again.
        Postgres.execute(
                direct,
                "ALTER DATABASE " + direct.getDatabaseName() + " SET default_transaction_isolation = serializable");
        proxy.reset();
        assertThat(store.read(ALICE)).isEmpty(); // over new connections
        write(1);
        ExecutorService threads = Executors.newFixedThreadPool(3);
        List<Future<Integer>> counting = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            counting.add(threads.submit(() -> {
                int won = 0;
                while (won < 10) {
                    long version = store.read(ALICE).orElseThrow().version();
                    won += store.compareAndSet(ALICE, version, record(version + 1)) ? 1 : 0;
                }
                return won;
            }));
        }
        for (Future<Integer> one : counting) {
            one.get();
        }
        threads.shutdown();
        assertThat(store.read(ALICE).orElseThrow().version()).isEqualTo(31);
    }

    @Test
    void aPoolOfOneConnectionIsEnough() throws Exception {
        var one = new HikariDataSource();
        one.setDataSource(direct);
        one.setMaximumPoolSize(1);
        try (one;
                var narrow = JdbcSessionStore.builder(one).build()) {
            ExecutorService threads = Executors.newFixedThreadPool(4);
            List<Future<Long>> working = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                working.add(threads.submit(() -> {
                    for (int turn = 0; turn < 10; turn++) {
                        try (Lease lease =
                                narrow.lease(ALICE, Duration.ofMinutes(1)).orElseThrow()) {
                            long version = narrow.read(ALICE)
                                    .map(SessionRecord::version)
                                    .orElse(0L);
                            assertThat(narrow.compareAndSet(ALICE, version, record(version + 1)))
                                    .isTrue();
                            narrow.claimDue(1, Duration.ofMinutes(1));
                            assertThat(narrow.keys().map(key -> narrow.read(key)))
                                    .hasSize(1);
                            assertThat(lease.held()).isTrue();
                        }
                    }
                    return 0L;
                }));
            }
            for (Future<Long> worker : working) {
                worker.get();
            }
            threads.shutdown();
            assertThat(narrow.read(ALICE).orElseThrow().version()).isEqualTo(40);
        }
    }

    private static final class IgnoringWatcher implements SessionStore.Watcher {
        @Override
        public void changed(SessionKey key, long version) {}

        @Override
        public void missed() {}
    }

    /** So that all that the pool has are open, and none is looked at anew before it is given out. */
    private void useAllConnections() {
        List<Connection> all = new ArrayList<>();
        try {
            for (int i = 0; i < pool.getMaximumPoolSize(); i++) {
                all.add(pool.getConnection());
            }
            for (Connection connection : all) {
                connection.close();
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private void terminateAll() {
        Postgres.execute(
                direct,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
    }
}
