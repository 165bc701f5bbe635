// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atp4j.data.LexMap;
import dev.atp4j.pds.VirtualTime;
import dev.atp4j.syntax.Did;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
@DisabledOnOs(OS.WINDOWS)
class FileWatchTest {

    private static final SessionKey ALICE = SessionKey.of(Did.parse("did:plc:alice"));
    private static final SessionKey BOB = SessionKey.of(Did.parse("did:plc:bob"));
    private static final String ALICES = "did_plc_alice.default.json";
    private static final String BOBS = "did_plc_bob.default.json";

    @TempDir
    private Path temporary;

    private final VirtualTime time = VirtualTime.stopped();
    private final List<String> told = new ArrayList<>();

    private Path folder() {
        return temporary.resolve("sessions");
    }

    // What a look finds

    @Test
    void whatIsWrittenAndRemovedIsToldOnce() throws IOException {
        FileSessionStore store = FileSessionStore.in(folder());
        write(store, ALICE, 1);
        FolderWatch watch = watch();
        assertTold(watch);
        write(store, ALICE, 2);
        write(store, BOB, 1);
        assertTold(watch, ALICES, BOBS);
        assertTold(watch);
        store.compareAndDelete(BOB, 1);
        assertTold(watch, BOBS);
        write(store, BOB, 1);
        assertTold(watch, BOBS);
        assertTold(watch);
    }

    @Test
    void aWriteThatLeavesNoTraceInTheFoldersTimeIsFoundAllTheSame() throws IOException {
        FileSessionStore store = FileSessionStore.in(folder());
        FileTime coarse = FileTime.fromMillis(1_700_000_000_000L);
        write(store, ALICE, 1);
        Files.setLastModifiedTime(folder(), coarse);
        FolderWatch watch = watch();
        write(store, ALICE, 2);
        Files.setLastModifiedTime(folder(), coarse);
        assertTold(watch, ALICES);
        time.advance(FolderWatch.COARSEST_TIMES);
        write(store, ALICE, 3);
        Files.setLastModifiedTime(folder(), coarse);
        assertTold(watch, ALICES);
    }

    @Test
    void aFolderAtRestIsNotListedAgainUntilItChanges() throws IOException {
        FileSessionStore store = FileSessionStore.in(folder());
        write(store, ALICE, 1);
        FolderWatch watch = watch();
        time.advance(FolderWatch.COARSEST_TIMES.plusMillis(1));
        assertTold(watch);
        Files.setLastModifiedTime(folder().resolve(ALICES), FileTime.fromMillis(0));
        assertTold(watch);
        write(store, BOB, 1);
        assertTold(watch, ALICES, BOBS);
    }

    @Test
    void whatChangesWhileTheFolderCannotBeSeenIsToldAfterwards() throws IOException {
        FileSessionStore store = FileSessionStore.in(folder());
        write(store, ALICE, 1);
        write(store, BOB, 1);
        FolderWatch watch = watch();
        time.advance(Duration.ofHours(1));
        assertTold(watch);
        Path away = temporary.resolve("away");
        Files.move(folder(), away);
        assertTold(watch);
        write(FileSessionStore.in(away), ALICE, 2);
        Files.move(away, folder());
        assertTold(watch, ALICES);
    }

    @Test
    void aChangeStartsTheWaitForCoarseTimesAnew() throws IOException {
        FileSessionStore store = FileSessionStore.in(folder());
        FolderWatch watch = watch();
        time.advance(Duration.ofHours(1));
        FileTime coarse = FileTime.fromMillis(1_700_000_000_000L);
        for (long version = 1; version <= 3; version++) {
            write(store, ALICE, version);
            Files.setLastModifiedTime(folder(), coarse);
            assertTold(watch, ALICES);
            time.advance(FolderWatch.COARSEST_TIMES.dividedBy(2));
        }
    }

    @Test
    void aLookAtVeryManyFilesCostsATenthOfACore() {
        assertThat(FolderWatch.pauseAfter(Duration.ZERO)).isEqualTo(Duration.ofMillis(200));
        assertThat(FolderWatch.pauseAfter(Duration.ofMillis(20))).isEqualTo(Duration.ofMillis(200));
        assertThat(FolderWatch.pauseAfter(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void aFolderThatCannotBeSeenIsReportedOnce() throws IOException {
        FileSessionStore.in(folder());
        FolderWatch watch = watch();
        List<String> reports = new ArrayList<>();
        Logger log = Logger.getLogger(FolderWatch.class.getName());
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord report) {
                reports.add(report.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        log.addHandler(handler);
        try {
            Path away = temporary.resolve("away");
            for (int times = 1; times <= 2; times++) {
                Files.move(folder(), away);
                watch.look();
                assertThat(reports).hasSize(times);
                watch.look();
                assertThat(reports).hasSize(times);
                Files.move(away, folder());
                watch.look();
            }
        } finally {
            log.removeHandler(handler);
        }
    }

    private FolderWatch watch() throws IOException {
        return new FolderWatch(PrivateFolder.open(folder()), ".json", time, told::add);
    }

    private void assertTold(FolderWatch watch, String... names) {
        watch.look();
        assertThat(told).containsExactlyInAnyOrder(names);
        told.clear();
    }

    // The thread that looks

    @Test
    void aThreadLooksOnlyAsLongAsSomebodyWatches() throws Exception {
        FileSessionStore store = FileSessionStore.in(folder());
        assertThat(threads()).isEmpty();
        SessionStore.Watch first = store.watch(new Heard());
        SessionStore.Watch second = store.watch(new Heard());
        assertThat(threads()).singleElement().satisfies(thread -> {
            assertThat(thread.isDaemon()).isTrue();
        });
        Thread looking = threads().get(0);
        first.close();
        first.close();
        assertThat(threads()).containsExactly(looking);
        second.close();
        looking.join();

        store.watch(new Heard());
        store.watch(new Heard());
        looking = threads().get(0);
        store.close();
        looking.join();
        assertThat(threads()).isEmpty();

        var heard = new Heard();
        store.watch(heard);
        write(FileSessionStore.in(folder()), ALICE, 1);
        assertThat(heard.keys.poll(30, TimeUnit.SECONDS)).isEqualTo(ALICE);
        store.close();
    }

    @Test
    void anyThreadMayBeginAndEndWatches() throws Exception {
        FileSessionStore store = FileSessionStore.in(folder());
        List<SessionStore.Watch> watches = new ArrayList<>(List.of(store.watch(new Heard())));
        Thread looking = threads().get(0);
        onAnotherThread(() -> watches.add(store.watch(new Heard())));
        watches.get(0).close();
        onAnotherThread(() -> watches.get(1).close());
        looking.join();
    }

    private static void onAnotherThread(Runnable task) throws InterruptedException {
        var thread = new Thread(task);
        thread.start();
        thread.join();
    }

    @Test
    void whoClosesTheEncryptedStoreEndsItsWatches() throws Exception {
        var store = EncryptedSessionStore.over(
                (SessionStore) FileSessionStore.in(folder()), EncryptionKeys.of(EncryptionKey.of(new byte[32])));
        store.watch(new Heard());
        Thread looking = threads().get(0);
        store.close();
        looking.join();
    }

    @Test
    void theThreadEndsIfItIsInterrupted() throws Exception {
        FileSessionStore store = FileSessionStore.in(folder());
        store.watch(new Heard());
        Thread looking = threads().get(0);
        looking.interrupt();
        looking.join();
        store.close();
    }

    private List<Thread> threads() {
        String name = "atp4j-watch " + folder();
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .toList();
    }

    @Test
    void aWatcherThatFailsHindersNobody() throws Exception {
        FileSessionStore store = FileSessionStore.in(folder());
        var heard = new Heard();
        store.watch(new Heard() {
            @Override
            public void changed(SessionKey key, long version) {
                throw new IllegalStateException("a watcher's own fault, to be logged");
            }
        });
        store.watch(heard);
        write(store, ALICE, 1);
        assertThat(heard.keys.poll(30, TimeUnit.SECONDS)).isEqualTo(ALICE);
        write(store, BOB, 1);
        assertThat(heard.keys.poll(30, TimeUnit.SECONDS)).isEqualTo(BOB);
        store.close();
    }

    @Test
    void anotherProcessIsHeard() throws Exception {
        FileSessionStore store = FileSessionStore.in(folder());
        var heard = new Heard();
        store.watch(heard);
        try (var child = new StoreChild(folder())) {
            assertThat(child.ask("write 10")).isEqualTo("1");
            assertThat(heard.keys.poll(30, TimeUnit.SECONDS)).isEqualTo(ALICE);
        }
        store.close();
    }

    @Test
    void foreignFilesAndNotesAreNoNews() throws Exception {
        FileSessionStore store = FileSessionStore.in(folder());
        var heard = new Heard();
        store.watch(heard);
        Files.createFile(folder().resolve("package.json"));
        store.compareAndSetNote(0, new StoredNote("logins", 1, LexMap.empty()));
        store.lease(BOB, Duration.ZERO).orElseThrow().close();
        write(store, ALICE, 1);
        assertThat(heard.keys.poll(30, TimeUnit.SECONDS)).isEqualTo(ALICE);
        assertThat(heard.keys).isEmpty();
        store.close();
    }

    @Test
    void aFolderThatIsGoneCannotBeWatched() throws IOException {
        FileSessionStore store = FileSessionStore.in(folder());
        Files.delete(folder());
        var e = catchThrowableOfType(StoreException.class, () -> store.watch(new Heard()));
        assertThat(e.kind()).isEqualTo(StoreException.Kind.UNAVAILABLE);
        assertThat(threads()).isEmpty();
    }

    private static class Heard implements SessionStore.Watcher {

        final BlockingQueue<SessionKey> keys = new LinkedBlockingQueue<>();

        @Override
        public void changed(SessionKey key, long version) {
            assertThat(version).isZero();
            keys.add(key);
        }

        @Override
        public void missed() {
            throw new AssertionError("a look misses nothing");
        }
    }

    private static void write(SessionStore store, SessionKey key, long version) {
        assertThat(store.compareAndSet(key, version - 1, SessionRecord.of(key, version, LexMap.empty())))
                .isTrue();
    }
}
