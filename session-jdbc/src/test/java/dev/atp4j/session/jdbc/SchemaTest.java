// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atp4j.session.store.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The tables are made, found, brought up to date, and refused. */
@Timeout(120)
class SchemaTest {

    @TempDir
    private Path folder;

    private DataSource empty(Dialect dialect) {
        return dialect == Dialect.POSTGRESQL ? Postgres.empty() : Sqlite.empty(folder.resolve("sessions.db"));
    }

    @ParameterizedTest
    @EnumSource
    void tablesAreMadeOnceAndFoundAgain(Dialect dialect) {
        DataSource source = empty(dialect);
        for (int i = 0; i < 3; i++) {
            JdbcSessionStore.builder(source).build().close();
        }
        JdbcSessionStore.builder(source).createTables(false).build().close();
        assertThat(versions(source)).containsExactly(1);
    }

    @ParameterizedTest
    @EnumSource
    void ofManyThatStartAtOnceOneMakesTheTables(Dialect dialect) throws Exception {
        DataSource source = empty(dialect);
        int many = 8;
        var start = new CyclicBarrier(many);
        ExecutorService threads = Executors.newFixedThreadPool(many);
        List<Future<?>> opening = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            opening.add(threads.submit(() -> {
                start.await();
                JdbcSessionStore.builder(source).build().close();
                return null;
            }));
        }
        for (Future<?> one : opening) {
            one.get();
        }
        threads.shutdown();
        assertThat(versions(source)).containsExactly(1);
    }

    @ParameterizedTest
    @EnumSource
    void tablesOfANewerReleaseAreRefused(Dialect dialect) {
        DataSource source = empty(dialect);
        JdbcSessionStore.builder(source).build().close();
        Postgres.execute(source, "UPDATE atp4j_schema SET version = 7");
        for (boolean create : new boolean[] {true, false}) {
            var e = refused(JdbcSessionStore.builder(source).createTables(create));
            assertThat(e.kind()).isEqualTo(StoreException.Kind.UNREADABLE);
            assertThat(e).hasMessageContaining("version 7").hasMessageContaining("version 1");
        }
        assertThat(versions(source)).containsExactly(7);
    }

    @ParameterizedTest
    @EnumSource
    void missingTablesAreLeftToTheAdministratorIfHeWantsIt(Dialect dialect) {
        DataSource source = empty(dialect);
        var e = refused(JdbcSessionStore.builder(source).createTables(false));
        assertThat(e.kind()).isEqualTo(StoreException.Kind.UNSAFE);
        assertThat(e).hasMessageContaining("the tables atp4j_... are missing");
        runScript(source, JdbcSessionStore.schema(dialect, "atp4j_"));
        JdbcSessionStore.builder(source).createTables(false).build().close();
        JdbcSessionStore.builder(source).build().close();
        assertThat(versions(source)).containsExactly(1);
    }

    @ParameterizedTest
    @EnumSource
    void tablesOfAnOlderReleaseAreBroughtUpToDate(Dialect dialect) {
        DataSource source = empty(dialect);
        JdbcSessionStore.builder(source).build().close();
        var sql = new Sql(dialect, "atp4j_");
        var database = new Database(new PooledConnections(source), dialect);
        List<String[]> steps = Stream.concat(
                        Schema.steps(dialect).stream(),
                        Stream.<String[]>of(new String[] {"ALTER TABLE {t}notes ADD COLUMN colour text"}))
                .toList();
        var next = new Schema(sql, steps);
        assertThat(catchThrowableOfType(StoreException.class, () -> next.prepare(database, false)))
                .hasMessageContaining("of version 1");
        next.prepare(database, true);
        next.prepare(database, true);
        assertThat(versions(source)).containsExactly(2);
        Postgres.execute(source, "SELECT colour FROM atp4j_notes");
    }

    @ParameterizedTest
    @EnumSource
    void aStepThatFailsLeavesEverythingAsItWas(Dialect dialect) {
        DataSource source = empty(dialect);
        var database = new Database(new PooledConnections(source), dialect);
        var broken = new Schema(
                new Sql(dialect, "atp4j_"),
                List.<String[]>of(new String[] {"CREATE TABLE {t}schema (version integer)", "CREATE NONSENSE"}));
        assertThat(catchThrowableOfType(StoreException.class, () -> broken.prepare(database, true))
                        .kind())
                .isEqualTo(StoreException.Kind.UNAVAILABLE);
        JdbcSessionStore.builder(source).build().close();
        assertThat(versions(source)).containsExactly(1);
    }

    @ParameterizedTest
    @EnumSource
    void storesWithTablesOfTheirOwnShareNothing(Dialect dialect) {
        DataSource source = empty(dialect);
        List<String> names = new ArrayList<>(List.of("atp4j_", "other_"));
        if (dialect == Dialect.POSTGRESQL) {
            Postgres.execute(source, "CREATE SCHEMA auth");
            names.add("auth.atp4j_");
        }
        for (String tables : names) {
            try (var store = JdbcSessionStore.builder(source)
                    .tables(tables)
                    .random(new Random(1))
                    .listenOn(source)
                    .build()) {
                assertThat(store.lease(LeaseRules.ALICE, java.time.Duration.ZERO))
                        .isPresent();
                assertThat(store).hasToString("JdbcSessionStore[" + dialect.product() + ", " + tables + "...]");
            }
        }
    }

    @Test
    void namesThatAreNoneAreRefused() {
        for (String tables : List.of("", "A", "a-b", "a.b.c", "a;b", "\"a\"", ".a", "a.", "1a", "a".repeat(31))) {
            assertThatIllegalArgumentException()
                    .as(tables)
                    .isThrownBy(() -> JdbcSessionStore.schema(Dialect.POSTGRESQL, tables));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> JdbcSessionStore.schema(Dialect.SQLITE, "auth.a"));
    }

    @Test
    void anotherDatabaseIsRefused() {
        DataSource source =
                Wrapped.source(Sqlite.empty(folder.resolve("other.db")), "getDatabaseProductName", "Oracle");
        var e = refused(JdbcSessionStore.builder(source));
        assertThat(e.kind()).isEqualTo(StoreException.Kind.UNSAFE);
        assertThat(e).hasMessageContaining("\"Oracle\"").hasMessageContaining("PostgreSQL and SQLite");
    }

    private static StoreException refused(JdbcSessionStore.Builder builder) {
        return catchThrowableOfType(StoreException.class, builder::build);
    }

    private static void runScript(DataSource source, String script) {
        try (Connection connection = source.getConnection()) {
            for (String statement : script.split(";\n")) {
                Database.execute(connection, statement);
            }
        } catch (SQLException e) {
            throw new AssertionError(script, e);
        }
    }

    private static List<Integer> versions(DataSource source) {
        try (Connection connection = source.getConnection()) {
            return Database.rows(connection, "SELECT version FROM atp4j_schema", row -> row.getInt(1));
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
