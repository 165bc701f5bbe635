// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atp4j.session.store.StoreException;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a piece of work whose connection is lost, or odd, or not to be had. */
@Timeout(120)
class DatabaseTest {

    private final Lender lender = new Lender();
    private final Database sqlite = new Database(lender, Dialect.SQLITE);
    private final Database postgresql = new Database(lender, Dialect.POSTGRESQL);
    private Connection connection;

    /** How long the connection waits for answers; null if its driver cannot say. SQLite's has nobody to wait for. */
    private @Nullable Integer patience = 0;

    private final List<PreparedStatement> prepared = new ArrayList<>();

    /** Lends the same connection again and again. */
    private final class Lender implements Connections {

        private int taken;
        private int given;
        private @Nullable Exception refusal;
        private @Nullable Exception complaint;

        @Override
        public Connection take() throws SQLException {
            taken++;
            fail(refusal);
            return connection;
        }

        @Override
        public void give(Connection back) throws SQLException {
            given++;
            assertThat(back).isSameAs(connection);
            fail(complaint);
        }

        private static void fail(@Nullable Exception e) throws SQLException {
            if (e instanceof RuntimeException unchecked) {
                throw unchecked;
            } else if (e != null) {
                throw (SQLException) e;
            }
        }
    }

    @BeforeEach
    void connect(@TempDir Path folder) throws SQLException {
        Connection real = Sqlite.in(folder.resolve("some.db")).getConnection();
        connection = (Connection) Proxy.newProxyInstance(
                DatabaseTest.class.getClassLoader(), new Class<?>[] {Connection.class}, (p, method, args) -> {
                    switch (method.getName()) {
                        case "equals":
                            return p == args[0];
                        case "getNetworkTimeout":
                            if (patience == null) {
                                throw new SQLFeatureNotSupportedException();
                            }
                            return patience;
                        case "setNetworkTimeout":
                            patience = (Integer) args[1];
                            return null;
                        default:
                            try {
                                Object result = method.invoke(real, args);
                                if (result instanceof PreparedStatement statement) {
                                    prepared.add(statement);
                                }
                                return result;
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                    }
                });
        Database.execute(connection, "CREATE TABLE words (word TEXT)");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    private static SQLException fault(@Nullable String state) {
        return new SQLException("it is gone", state);
    }

    private static StoreException failed(Runnable work) {
        return catchThrowableOfType(StoreException.class, work::run);
    }

    /** Returns how often something is tried that always fails so. */
    private int tries(boolean repeatable, SQLException fault) {
        lender.taken = 0;
        lender.given = 0;
        Database.Work<Object> work = c -> {
            throw fault;
        };
        StoreException e = failed(() -> {
            if (repeatable) {
                sqlite.repeatable("nothing is done", work);
            } else {
                sqlite.once("nothing is done", work);
            }
        });
        assertThat(e.kind()).isEqualTo(StoreException.Kind.UNAVAILABLE);
        assertThat(e).hasMessageStartingWith("nothing is done (").hasMessageContaining("it is gone");
        assertThat(lender.given).isEqualTo(lender.taken);
        return lender.taken;
    }

    @Test
    void whatCanBeDoneTwiceIsDoneAgainIfItsConnectionIsLost() {
        for (String state : List.of("08000", "08006", "57P01")) {
            assertThat(tries(true, fault(state))).as(state).isEqualTo(5);
            assertThat(tries(false, fault(state))).as(state).isEqualTo(1);
        }
        for (String state : new String[] {null, "42P01", "57014"}) {
            assertThat(tries(true, fault(state))).as(state).isEqualTo(1);
        }
    }

    @Test
    void whatTheDatabaseHasUndoneIsDoneAgain() {
        for (String state : List.of("40001", "40P01")) {
            assertThat(tries(true, fault(state))).as(state).isEqualTo(5);
            assertThat(tries(false, fault(state))).as(state).isEqualTo(5);
        }
        var faults = new ArrayList<>(List.of(fault("40001"), fault("40001"), fault("40001"), fault("40001")));
        String done = sqlite.once("nothing is done", c -> {
            if (!faults.isEmpty()) {
                throw faults.remove(0);
            }
            return "done";
        });
        assertThat(done).isEqualTo("done");
    }

    @Test
    void aDatabaseThatDoesNotAnswerInTimeIsNotAskedAgain() {
        SQLException slow = fault("08006");
        slow.initCause(new SocketTimeoutException());
        assertThat(tries(true, slow)).isEqualTo(1);
        SQLException broken = fault("08006");
        broken.initCause(new IOException());
        assertThat(tries(true, broken)).isEqualTo(5);
    }

    @Test
    void whoIsInterruptedTriesNoMoreAndIsToldSo() {
        Thread.currentThread().interrupt();
        try {
            StoreException e = failed(() -> sqlite.repeatable("nothing is done", c -> {
                throw fault("08006");
            }));
            assertThat(e.kind()).isEqualTo(StoreException.Kind.INTERRUPTED);
            assertThat(e).hasMessageContaining("interrupted").hasMessageContaining("it is gone");
            assertThat(lender.taken).isEqualTo(1);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void whateverAPoolThrowsMeansThatThereIsNoConnection() {
        for (Exception refusal : List.of(fault("08001"), new IllegalStateException("it is gone"))) {
            lender.refusal = refusal;
            StoreException e = failed(() -> sqlite.once("nothing is done", c -> "done"));
            assertThat(e.kind()).isEqualTo(StoreException.Kind.UNAVAILABLE);
            assertThat(e).hasMessageStartingWith("nothing is done (").hasMessageContaining("it is gone");
        }
        var unsafe = new StoreException(StoreException.Kind.UNSAFE, "open to others", null);
        lender.refusal = unsafe;
        assertThat(failed(() -> sqlite.once("nothing is done", c -> "done"))).isSameAs(unsafe);
        assertThat(lender.given).isZero();
    }

    @Test
    void whatIsDoneIsDoneEvenIfNobodyTakesTheConnectionBack() {
        for (Exception complaint : List.of(fault("08006"), new IllegalStateException())) {
            lender.complaint = complaint;
            String done = sqlite.once("nothing is done", c -> "done");
            assertThat(done).isEqualTo("done");
        }
        assertThat(lender.given).isEqualTo(2);
    }

    @Test
    void aConnectionGoesBackAsItCame() throws SQLException {
        for (boolean automatic : new boolean[] {true, false}) {
            connection.setAutoCommit(automatic);
            for (int wanted : new int[] {0, 2_000, 60_000}) {
                patience = wanted;
                postgresql.once("nothing is done", c -> {
                    assertThat(c.getAutoCommit()).isTrue();
                    assertThat(patience).isEqualTo(wanted == 2_000 ? 2_000 : 7_000);
                    return "done";
                });
                assertThat(connection.getAutoCommit()).isEqualTo(automatic);
                assertThat(patience).isEqualTo(wanted);
                sqlite.once("nothing is done", c -> {
                    assertThat(c.getAutoCommit()).isTrue();
                    assertThat(patience).isEqualTo(wanted);
                    return "done";
                });
                assertThat(connection.getAutoCommit()).isEqualTo(automatic);
            }
        }
    }

    @Test
    void aDriverThatKnowsNoTimeLimitsIsLeftAlone() {
        patience = null;
        String done = postgresql.once("nothing is done", c -> "done");
        assertThat(done).isEqualTo("done");
        assertThat(patience).isNull();
    }

    @Test
    void sqliteIsToldToWaitForOthersAndToWriteForGood() throws SQLException {
        Database.execute(connection, "PRAGMA busy_timeout = 1");
        Database.execute(connection, "PRAGMA synchronous = OFF");
        List<Integer> set = sqlite.once(
                "nothing is done", c -> List.of(number("PRAGMA busy_timeout"), number("PRAGMA synchronous")));
        assertThat(set).containsExactly(5_000, 2);
    }

    @Test
    void aTransactionIsDoneAsAWholeOrNotAtAll() throws SQLException {
        for (Dialect dialect : Dialect.values()) {
            String done = Database.transaction(connection, dialect, c -> {
                Database.execute(c, "INSERT INTO words VALUES ('kept')");
                return "done";
            });
            assertThat(done).isEqualTo("done");
            assertThat(catchThrowable(() -> Database.transaction(connection, dialect, c -> {
                        Database.execute(c, "INSERT INTO words VALUES ('undone')");
                        throw fault(null);
                    })))
                    .hasMessage("it is gone");
        }
        assertThat(Database.rows(connection, "SELECT word FROM words", row -> row.getString(1)))
                .containsExactly("kept", "kept");
    }

    @Test
    void aTransactionThatCannotBeUndoneTakesItsConnectionWithIt() throws SQLException {
        assertThat(catchThrowable(() -> {
                    Database.transaction(connection, Dialect.SQLITE, c -> {
                        Database.execute(c, "ROLLBACK");
                        throw fault(null);
                    });
                }))
                .hasMessage("it is gone");
        assertThat(connection.isClosed()).isTrue();
    }

    @Test
    void everyStatementHasATimeLimitAndIsClosed() throws SQLException {
        assertThat(Database.rows(
                        connection, "SELECT ?", row -> row.getStatement().getQueryTimeout(), 1))
                .containsExactly(5);
        assertThat(Database.write(connection, "INSERT INTO words VALUES (?)", "one"))
                .isEqualTo(1);
        assertThat(catchThrowable(() -> Database.write(connection, "INSERT INTO words VALUES (?)", "one", "two")))
                .isNotNull();
        assertThat(prepared).hasSize(3);
        for (PreparedStatement statement : prepared) {
            assertThat(statement.isClosed()).isTrue();
        }
    }

    private int number(String query) throws SQLException {
        return Database.rows(connection, query, row -> row.getInt(1)).get(0);
    }
}
