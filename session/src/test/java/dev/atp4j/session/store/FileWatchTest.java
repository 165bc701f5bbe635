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
