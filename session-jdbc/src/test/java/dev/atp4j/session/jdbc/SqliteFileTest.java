// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariDataSource;
import dev.atp4j.data.LexMap;
import dev.atp4j.session.store.SessionRecord;
import dev.atp4j.session.store.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The file of an SQLite store: who can open it, and where it may be. */
@Timeout(120)
@Tag("security")
class SqliteFileTest {

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("sessions.db");
    }

    private static void write(JdbcSessionStore store) {
        assertThat(store.compareAndSet(LeaseRules.ALICE, 0, SessionRecord.of(LeaseRules.ALICE, 1, LexMap.empty())))
                .isTrue();
    }

    @Test
    void nobodyElseCanOpenWhatIsCreated() throws IOException {
        try (var store = JdbcSessionStore.sqlite(file()).build()) {
            write(store);
            try (Stream<Path> files = Files.list(folder)) {
                List<Path> all = files.toList();
                assertThat(all).hasSize(3); // the database, its log, and the log's index
                for (Path file : all) {
                    assertThat(mode(file)).as(file.toString()).isEqualTo("rw-------");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"000", "027"})
    void theUmaskOpensNothing(String umask) throws Exception {
        Process child = new ProcessBuilder(
                        "sh",
                        "-c",
                        "umask " + umask + "; exec \"$0\" \"$@\"",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        file().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines())
                    .containsExactly("rw-------", "rw-------", "rw-------");
        } finally {
            child.destroyForcibly();
        }
    }

    /** Another process, which says how open its files are while it has them open. */
    static final class Child {

        private Child() {}

        public static void main(String[] args) throws IOException {
            Path file = Path.of(args[0]);
            try (var store = JdbcSessionStore.sqlite(file).build()) {
                write(store);
                try (Stream<Path> files = Files.list(file.getParent())) {
                    for (Path made : files.toList()) {
                        System.out.println(mode(made));
                    }
                }
            }
        }
    }

    @Test
    void aFileThatIsOpenToOthersIsRefused() throws IOException {
        try (var store = JdbcSessionStore.sqlite(file()).build()) {
            write(store);
            for (String open : List.of("rw-r-----", "rw----r--", "rw--w----")) {
                Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString(open));
                for (var e : List.of(
                        catchThrowableOfType(StoreException.class, () -> store.read(LeaseRules.ALICE)),
                        catchThrowableOfType(
                                StoreException.class,
                                () -> JdbcSessionStore.sqlite(file()).build()),
                        catchThrowableOfType(
                                StoreException.class,
                                () -> JdbcSessionStore.builder(Sqlite.in(file()))
                                        .build()))) {
                    assertThat(e.kind()).isEqualTo(StoreException.Kind.UNSAFE);
                    assertThat(e).hasMessageContaining(open).hasMessageContaining("chmod 600");
                }
            }
            Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-------"));
            assertThat(store.read(LeaseRules.ALICE)).isPresent();
        }
    }

    @Test
    void linksFoldersAndMissingFoldersAreRefused() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link.db"), folder.resolve("elsewhere.db"));
        assertThat(refused(link)).hasMessageContaining("is a symbolic link");
        assertThat(folder.resolve("elsewhere.db")).doesNotExist();
        assertThat(refused(folder)).hasMessageContaining("is no file");
        for (Path no : List.of(link, folder)) {
            assertThat(refused(no).kind()).isEqualTo(StoreException.Kind.UNSAFE);
        }
        assertThat(refused(folder.resolve("missing/sessions.db")).kind()).isEqualTo(StoreException.Kind.UNAVAILABLE);
        assertThatIllegalArgumentException().isThrownBy(() -> JdbcSessionStore.sqlite(folder.resolve("a?b.db")));
    }

    @Test
    void aFileThatIsNoDatabaseIsReportedAndKept() throws IOException {
        PrivateFile.create(file());
        Files.writeString(file(), "this is somebody's diary, and not a database of any kind".repeat(100));
        assertThat(refused(file()).kind()).isEqualTo(StoreException.Kind.UNAVAILABLE);
        assertThat(file()).content().startsWith("this is somebody's diary");
    }

    @Test
    void aFileThatIsGoneIsNoEmptyStore() throws IOException {
        try (var store = JdbcSessionStore.sqlite(file()).build()) {
            write(store);
            Files.delete(file());
            var e = catchThrowableOfType(StoreException.class, () -> store.read(LeaseRules.ALICE));
            assertThat(e.kind()).isEqualTo(StoreException.Kind.UNAVAILABLE);
            assertThat(e).hasMessageContaining("is gone");
            assertThat(file()).doesNotExist();
        }
    }

    @Test
    void aDatabaseInMemoryIsRefused() {
        var e = catchThrowableOfType(
                StoreException.class,
                () -> JdbcSessionStore.builder(Sqlite.in(Path.of(":memory:"))).build());
        assertThat(e.kind()).isEqualTo(StoreException.Kind.UNSAFE);
        assertThat(e).hasMessageContaining("MemorySessionStore");
    }

    @Test
    void aPoolWorksToo() {
        var pool = new HikariDataSource();
        PrivateFile.create(file());
        pool.setJdbcUrl("jdbc:sqlite:" + file());
        pool.setMaximumPoolSize(1); // no connection is kept
        try (pool;
                var store = JdbcSessionStore.builder(pool).build();
                var other = JdbcSessionStore.sqlite(file()).build()) {
            write(store);
            assertThat(other.read(LeaseRules.ALICE)).isPresent();
            assertThat(store.lease(LeaseRules.ALICE, Duration.ZERO)).isPresent();
            assertThat(other.lease(LeaseRules.ALICE, Duration.ZERO)).isEmpty();
        }
    }

    @Test
    void whereThereAreNoPermissionsNoneAreAskedFor() throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(folder.resolve("files.zip"), Map.of("create", "true"))) {
            Path file = zip.getPath("/sessions.db");
            PrivateFile.create(file);
            PrivateFile.require(file);
            assertThat(file).isEmptyFile();
        }
    }

    @Test
    void connectionsAreUsedAgainUntilTheStoreIsClosed() throws SQLException {
        var connections = new FileConnections(file());
        connections.open();
        Connection first = connections.take();
        Connection second = connections.take();
        connections.give(first);
        assertThat(connections.take()).isSameAs(first);
        connections.give(first);
        connections.close();
        assertThat(first.isClosed()).isTrue();
        assertThat(second.isClosed()).isFalse(); // somebody is still at work
        connections.give(second);
        assertThat(second.isClosed()).isTrue();
    }

    @Test
    void aConnectionThatIsClosedIsNotUsedAgain() throws SQLException {
        var connections = new FileConnections(file());
        connections.open();
        Connection lost = connections.take();
        lost.close();
        connections.give(lost);
        try (Connection next = connections.take()) {
            assertThat(next.isClosed()).isFalse();
        }
    }

    private static StoreException refused(Path file) {
        return catchThrowableOfType(
                StoreException.class, () -> JdbcSessionStore.sqlite(file).build());
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
