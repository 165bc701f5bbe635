// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.store;

import static dev.atp4j.session.store.StoreChild.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds between processes, with real ones. */
@DisabledOnOs(OS.WINDOWS)
class FileSessionStoreProcessTest {

    /** How many processes die in the middle of their writes. More find more. */
    private static final int KILLS = Integer.getInteger("atp4j.kills", 20);

    private static final String NAME = "did_plc_alice.default";

    @TempDir
    private Path temporary;

    private Path folder() {
        return temporary.resolve("sessions");
    }

    @Test
    void aLeaseOfAnotherProcessIsRespectedAndWaitedFor() throws Exception {
        FileSessionStore store = FileSessionStore.in(folder());
        try (var child = new StoreChild(folder())) {
            assertThat(child.ask("lease 0")).isEqualTo("leased");
            assertThat(store.lease(KEY, Duration.ZERO)).isEmpty();
            assertThat(store.lease(KEY, Duration.ofMillis(5))).isEmpty();
            child.tell("free");
            SessionStore.Lease mine = store.lease(KEY, Duration.ofMinutes(1)).orElseThrow();
            assertThat(child.answer()).isEqualTo("freed");

            assertThat(child.ask("lease 0")).isEqualTo("none");
            child.tell("lease 60000");
            mine.close();
            assertThat(child.answer()).isEqualTo("leased");
        }
    }

    @Test
    void aLeaseIsNoHindranceForReadersAndWriters() throws Exception {
        FileSessionStore store = FileSessionStore.in(folder());
        try (var child = new StoreChild(folder())) {
            assertThat(child.ask("lease 0")).isEqualTo("leased");
            assertThat(StoreChild.write(store, 10)).isEqualTo(1);
            assertThat(child.ask("write 10")).isEqualTo("2");
            assertThat(store.read(KEY).orElseThrow().version()).isEqualTo(2);
        }
    }

    @Test
    void aProcessThatDiesLosesItsLease() throws Exception {
        FileSessionStore store = FileSessionStore.in(folder());
        try (var child = new StoreChild(folder())) {
            assertThat(child.ask("lease 0")).isEqualTo("leased");
            child.kill();
            assertThat(store.lease(KEY, Duration.ZERO)).isPresent();
        }
    }

    @Test
    void anInterruptEndsTheWaitForAnotherProcess() throws Exception {
        FileSessionStore store = FileSessionStore.in(folder());
        try (var child = new StoreChild(folder())) {
            assertThat(child.ask("lease 0")).isEqualTo("leased");
            Thread.currentThread().interrupt();
            var e = catchThrowableOfType(StoreException.class, () -> store.lease(KEY, Duration.ofMinutes(1)));
            assertThat(Thread.interrupted()).isTrue();
            assertThat(e.kind()).isEqualTo(StoreException.Kind.INTERRUPTED);
            assertThat(child.ask("free")).isEqualTo("freed");
            assertThat(store.lease(KEY, Duration.ZERO)).isPresent();
        }
    }

    @Test
    void processesAndThreadsTakeTurns() throws Exception {
        Path counter = Files.writeString(temporary.resolve("counter"), "0");
        FileSessionStore store = FileSessionStore.in(folder());
        try (var one = new StoreChild(folder());
                var other = new StoreChild(folder())) {
            one.tell("turns 60 " + counter);
            other.tell("turns 60 " + counter);
            for (int i = 0; i < 60; i++) {
                SessionStore.Lease turn =
                        store.lease(KEY, Duration.ofMinutes(1)).orElseThrow();
                Files.writeString(counter, Integer.toString(Integer.parseInt(Files.readString(counter)) + 1));
                turn.close();
            }
            assertThat(one.answer()).isEqualTo("done");
            assertThat(other.answer()).isEqualTo("done");
        }
        assertThat(counter).hasContent("180");
    }

    @Test
    void processesThatHoldNoLeaseLoseNoUpdateEither() throws Exception {
        FileSessionStore store = FileSessionStore.in(folder());
        try (var one = new StoreChild(folder());
                var other = new StoreChild(folder())) {
            one.tell("count 60");
            other.tell("count 60");
            for (int i = 0; i < 60; ) {
                i += StoreChild.write(store, i) > 0 ? 1 : 0;
            }
            assertThat(one.answer()).isEqualTo("counted");
            assertThat(other.answer()).isEqualTo("counted");
        }
        assertThat(store.read(KEY).orElseThrow().version()).isEqualTo(180);
    }

    @Test
    void aReaderSeesEveryRecordWhole() throws Exception {
        FileSessionStore store = FileSessionStore.in(folder());
        try (var child = new StoreChild(folder())) {
            assertThat(child.ask("write 1")).isEqualTo("1");
            child.tell("count 200");
            for (long last = 1; last < 201; ) {
                var record = store.read(KEY);
                assertThat(StoreChild.isWhole(record)).isTrue();
                assertThat(record.orElseThrow().version()).isGreaterThanOrEqualTo(last);
                last = record.orElseThrow().version();
            }
            assertThat(child.answer()).isEqualTo("counted");
        }
    }

    @Test
    void aProcessThatDiesInAWriteLeavesTheOldRecordOrTheNewOneAndNoLock() throws Exception {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        for (int i = 0; i < KILLS; i++) {
            try (var child = new StoreChild(folder())) {
                child.tell("storm");
                long known = 0;
                for (int writes = 1 + random.nextInt(40); writes > 0; writes--) {
                    known = Long.parseLong(String.valueOf(child.answer()));
                }
                for (int spin = random.nextInt(20_000); spin > 0; spin--) {
                    Thread.onSpinWait();
                }
                child.kill();
                for (String line = child.answer(); line != null; line = child.answer()) {
                    known = Math.max(known, Long.parseLong(line));
                }

                FileSessionStore store = FileSessionStore.in(folder());
                var record = store.read(KEY);
                assertThat(record.orElseThrow().version())
                        .as("seed %d, kill %d", seed, i)
                        .isBetween(known, known + 1);
                assertThat(StoreChild.isWhole(record)).isTrue();
                SessionStore.Lease lease = store.lease(KEY, Duration.ZERO).orElseThrow();
                assertThat(StoreChild.write(store, 100)).isPositive();
                lease.close();
                try (Stream<Path> files = Files.list(folder())) {
                    assertThat(files.map(file -> file.getFileName().toString()))
                            .containsExactlyInAnyOrder(NAME + ".json", NAME + ".lock", NAME + ".lease");
                }
            }
        }
    }

    @Test
    void whenTheDiskIsFullTheOldRecordStaysAndTheWriterIsTold() throws Exception {
        FileSessionStore store = FileSessionStore.in(folder());
        // Files of this process may have no more than 16 blocks of 512 or 1,024 bytes.
        try (var child = new StoreChild(folder(), "ulimit -f 16;")) {
            assertThat(child.ask("write 100")).isEqualTo("1");
            assertThat(child.ask("write 100000")).isEqualTo("UNAVAILABLE");
            assertThat(store.read(KEY).orElseThrow().version()).isEqualTo(1);
            assertThat(StoreChild.isWhole(store.read(KEY))).isTrue();
            assertThat(folder().resolve(NAME + ".json.tmp")).doesNotExist();
            assertThat(child.ask("write 100")).isEqualTo("2");
        }
    }

    @Test
    void onADiskThatIsReallyFullTheOldRecordStaysToo() throws Exception {
        FileSessionStore.in(folder());
        try (var child = new StoreChild(folder(), withMount("mount -t tmpfs -o size=64k,mode=700 none " + folder()))) {
            assertThat(child.ask("write 100")).isEqualTo("1");
            assertThat(child.ask("note")).isEqualTo("1");
            assertThat(child.ask("write 100000")).isEqualTo("UNAVAILABLE");
            assertThat(child.ask("read")).isEqualTo("1");
            // What was written of it takes no room from the others.
            assertThat(child.ask("note")).isEqualTo("2");
            assertThat(child.ask("write 20000")).isEqualTo("2");
            // The old one and the new one do not both fit.
            assertThat(child.ask("write 45000")).isEqualTo("UNAVAILABLE");
            assertThat(child.ask("read")).isEqualTo("2");
            assertThat(child.ask("lease 0")).isEqualTo("leased");
            assertThat(child.ask("delete 2")).isEqualTo("true");
            assertThat(child.ask("write 45000")).isEqualTo("1");
        }
    }

    @Test
    void whereNothingCanBeWrittenSessionsCanBeReadAndTheWriterIsTold() throws Exception {
        StoreChild.write(FileSessionStore.in(folder()), 100);
        Files.writeString(folder().resolve(NAME + ".json.tmp"), "left by a crash");
        Files.writeString(folder().resolve("count.note.tmp"), "left by a crash");
        String readOnly = "mount --bind F F && mount -o remount,bind,ro F".replace("F", folder().toString());
        try (var child = new StoreChild(folder(), withMount(readOnly))) {
            assertNothingIsWritten(child);
        }
        Files.setPosixFilePermissions(folder(), PosixFilePermissions.fromString("r-x------"));
        try (var child = new StoreChild(folder(), WITHOUT_PRIVILEGES)) {
            assertNothingIsWritten(child);
        }
        Files.setPosixFilePermissions(folder(), PosixFilePermissions.fromString("rwx------"));
        try (var child = new StoreChild(folder(), WITHOUT_PRIVILEGES)) {
            assertThat(child.ask("write 100")).isEqualTo("2");
        }
        assertThat(folder().resolve(NAME + ".json.tmp")).doesNotExist();
        assertThat(folder().resolve("count.note.tmp")).doesNotExist();
    }

    private static void assertNothingIsWritten(StoreChild child) throws IOException {
        assertThat(child.ask("read")).isEqualTo("1");
        assertThat(child.ask("write 100")).isEqualTo("UNAVAILABLE");
        assertThat(child.ask("note")).isEqualTo("UNAVAILABLE");
        assertThat(child.ask("delete 1")).isEqualTo("UNAVAILABLE");
        assertThat(child.ask("lease 0")).isEqualTo("UNAVAILABLE");
        assertThat(child.ask("read")).isEqualTo("1");
    }

    @Test
    void whatTheOwnerHasLockedAwayIsNotTakenForMissing() throws Exception {
        FileSessionStore store = FileSessionStore.in(folder());
        StoreChild.write(store, 100);
        store.lease(KEY, Duration.ZERO).orElseThrow().close();
        for (String suffix : List.of(".json", ".lock", ".lease")) {
            Files.setPosixFilePermissions(
                    folder().resolve(NAME + suffix), PosixFilePermissions.fromString("---------"));
        }
        try (var child = new StoreChild(folder(), WITHOUT_PRIVILEGES)) {
            assertThat(child.ask("read")).isEqualTo("UNAVAILABLE");
            assertThat(child.ask("write 10")).isEqualTo("UNAVAILABLE");
            assertThat(child.ask("lease 0")).isEqualTo("UNAVAILABLE");
        }
        assertThat(store.read(KEY).orElseThrow().version()).isEqualTo(1);
    }

    /** The superuser may read and write everything, unless he gives that up. For others it changes nothing. */
    private static final String WITHOUT_PRIVILEGES =
            "test $(id -u) != 0 || exec setpriv --bounding-set=-all --inh-caps=-all \"$0\" \"$@\";";

    /** Mounts something that only the child sees, and that goes with it. */
    private static String withMount(String mount) throws Exception {
        var attempt = new ProcessBuilder("unshare", "-m", "true").redirectErrorStream(true);
        assumeThat(attempt.start().waitFor()).as("only the superuser can mount").isZero();
        return "exec unshare -m sh -c '" + mount + " && exec \"$0\" \"$@\"' \"$0\" \"$@\";";
    }

    @ParameterizedTest
    @ValueSource(strings = {"000", "002", "027", "077"})
    @Tag("security")
    void theUmaskOpensNothing(String umask) throws Exception {
        try (var child = new StoreChild(folder(), "umask " + umask + ";")) {
            assertThat(child.ask("write 100")).isEqualTo("1");
            assertThat(child.ask("lease 0")).isEqualTo("leased");
        }
        assertThat(mode(folder())).isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(folder())) {
            assertThat(files.toList())
                    .hasSize(3)
                    .allSatisfy(file -> assertThat(mode(file)).isEqualTo("rw-------"));
        }
    }

    @Test
    void aWriterThatWaitsTooLongForAnotherOneGivesUp() throws Exception {
        PrivateFolder folder = PrivateFolder.open(folder());
        var store = new FileSessionStore(folder, folder::openToLock, Duration.ofMillis(20));
        try (var child = new StoreChild(folder())) {
            assertThat(StoreChild.write(store, 10)).isEqualTo(1);
            assertThat(child.ask("lock " + NAME + ".lock")).isEqualTo("locked");
            var e = catchThrowableOfType(StoreException.class, () -> StoreChild.write(store, 10));
            assertThat(e.kind()).isEqualTo(StoreException.Kind.UNAVAILABLE);
            assertThat(e).hasMessageContaining("another process has been writing");
            assertThat(store.read(KEY).orElseThrow().version()).isEqualTo(1);
        }
        assertThat(StoreChild.write(store, 10)).isEqualTo(2);
    }

    @Test
    void theUnfinishedFileOfALivingWriterIsNotRemoved() throws Exception {
        FileSessionStore.in(folder());
        Path unfinished = Files.writeString(folder().resolve(NAME + ".json.tmp"), "being written");
        try (var child = new StoreChild(folder().resolveSibling("elsewhere"))) {
            assertThat(child.ask("lock " + folder().resolve(NAME + ".lock"))).isEqualTo("locked");
            FileSessionStore.in(folder());
            assertThat(unfinished).exists();
        }
        FileSessionStore.in(folder());
        assertThat(unfinished).doesNotExist();
    }

    @Test
    void aLockFileThatWasReplacedIsNotMistakenForTheNewOne() throws Exception {
        FileSessionStore store = FileSessionStore.in(folder());
        try (var child = new StoreChild(folder())) {
            assertThat(child.ask("lease 0")).isEqualTo("leased");
            assertThat(store.lease(KEY, Duration.ZERO)).isEmpty();
            assertThat(child.ask("free")).isEqualTo("freed");
            Files.delete(folder().resolve(NAME + ".lease"));
            assertThat(child.ask("lease 0")).isEqualTo("leased");
            assertThat(store.lease(KEY, Duration.ZERO)).isEmpty();
        }
    }

    private static String mode(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
