// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.atp4j.data.LexMap;
import dev.atp4j.syntax.Did;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
@Tag("security")
class FileSessionStoreTest {

    private static final SessionKey KEY = SessionKey.of(Did.parse("did:plc:alice"));
    private static final String NAME = "did_plc_alice.default";

    @TempDir
    private Path temporary;

    private Path folder() {
        return temporary.resolve("sessions");
    }

    private Path file(String suffix) {
        return folder().resolve(NAME + suffix);
    }

    // What the disk shows

    @Test
    void onlyTheOwnerCanLookIntoTheFolderAndIntoEveryFile() throws IOException {
        Path deep = temporary.resolve("a/b/sessions");
        FileSessionStore store = FileSessionStore.in(deep);
        store.compareAndSet(KEY, 0, record(1));
        store.lease(KEY, Duration.ZERO).orElseThrow().close();
        assertThat(List.of(temporary.resolve("a"), temporary.resolve("a/b"), deep))
                .allSatisfy(folder -> assertThat(mode(folder)).isEqualTo("rwx------"));
        try (Stream<Path> files = Files.list(deep)) {
            assertThat(files.toList())
                    .allSatisfy(file -> assertThat(mode(file)).isEqualTo("rw-------"))
                    .extracting(file -> file.getFileName().toString())
                    .containsExactlyInAnyOrder(NAME + ".json", NAME + ".lock", NAME + ".lease");
        }
    }

    @Test
    void aFileHoldsTheRecordsJson() throws IOException {
        FileSessionStore.in(folder()).compareAndSet(KEY, 0, record(1));
        assertThat(file(".json")).hasContent("""
                {"format":1,"did":"did:plc:alice","slot":"default","version":1,"token":"very-secret-1"}""");
    }

    @Test
    void nothingIsLeftOfADeletedSessionButEmptyFiles() throws IOException {
        FileSessionStore store = FileSessionStore.in(folder());
        store.compareAndSet(KEY, 0, record(1));
        Files.writeString(file(".json.tmp"), "very-secret");
        assertThat(store.compareAndDelete(KEY, 1)).isTrue();
        try (Stream<Path> files = Files.list(folder())) {
            assertThat(files).isNotEmpty().allSatisfy(file -> assertThat(file).isEmptyFile());
        }
    }

    // Unsafe places

    @Test
    void aFolderThatIsOpenToOthersIsRefused() throws IOException {
        for (String mode : List.of("rwxr-xr-x", "rwx--x---", "rwx-----x", "rwxrwxrwx")) {
            Path folder = Files.createDirectory(temporary.resolve(mode));
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));
            assertUnsafe(() -> FileSessionStore.in(folder), folder + " is open to other users", "chmod 700");
            assertThat(mode(folder)).isEqualTo(mode);
        }
    }

    @Test
    void aFolderThatIsOpenedToOthersLaterIsRefusedFromThenOn() throws IOException {
        FileSessionStore store = FileSessionStore.in(folder());
        store.compareAndSet(KEY, 0, record(1));
        Files.setPosixFilePermissions(folder(), PosixFilePermissions.fromString("rwxr-xr-x"));
        assertUnsafe(() -> store.read(KEY), "is open to other users");
        assertUnsafe(() -> store.compareAndSet(KEY, 1, record(2)), "is open to other users");
        assertUnsafe(() -> store.compareAndDelete(KEY, 1), "is open to other users");
        assertUnsafe(() -> store.lease(KEY, Duration.ZERO), "is open to other users");
        assertUnsafe(store::keys, "is open to other users");
        Files.setPosixFilePermissions(folder(), PosixFilePermissions.fromString("rwx------"));
        assertThat(store.read(KEY).orElseThrow().version()).isEqualTo(1);
    }

    @Test
    void aRecordThatIsOpenToOthersIsRefused() throws IOException {
        FileSessionStore store = FileSessionStore.in(folder());
        store.compareAndSet(KEY, 0, record(1));
        Files.setPosixFilePermissions(file(".json"), PosixFilePermissions.fromString("rw-r--r--"));
        assertUnsafe(() -> store.read(KEY), file(".json") + " is open to other users", "chmod 600");
        assertUnsafe(() -> store.compareAndSet(KEY, 1, record(2)), "chmod 600");
        assertUnsafe(() -> store.compareAndDelete(KEY, 1), "chmod 600");
        assertThat(store.keys()).containsExactly(KEY);
    }

    @Test
    void whatBelongsToAnotherUserIsRefused() throws IOException {
        FileSessionStore store = FileSessionStore.in(folder());
        store.compareAndSet(KEY, 0, record(1));
        giveAway(file(".json"));
        assertUnsafe(() -> store.read(KEY), file(".json") + " belongs to nobody");
        giveAway(folder());
        assertUnsafe(() -> FileSessionStore.in(folder()), " belongs to nobody, and this program is run by ");
    }

    /** Whoever may write the folder above can put one of his own in its place, and records into it. */
    @Test
    @Tag("security")
    void aFolderThatWasExchangedForAnotherUsersIsRefused() throws IOException {
        FileSessionStore store = FileSessionStore.in(folder());
        store.compareAndSet(KEY, 0, record(1));
        giveAway(file(".json"));
        giveAway(folder());
        assertUnsafe(() -> store.read(KEY), folder() + " belonged to ", " and now belongs to nobody");
        assertUnsafe(() -> store.compareAndSet(KEY, 1, record(2)), " and now belongs to nobody");
        assertUnsafe(() -> store.keys(), " and now belongs to nobody");
        assertUnsafe(() -> store.lease(KEY, Duration.ZERO), " and now belongs to nobody");
    }

    @Test
    void symbolicLinksAreNotFollowed() throws IOException {
        Path victim = Files.writeString(temporary.resolve("victim"), "precious");
        Files.setPosixFilePermissions(victim, PosixFilePermissions.fromString("rw-------"));
        FileSessionStore store = FileSessionStore.in(folder());

        Files.createSymbolicLink(temporary.resolve("link"), folder());
        assertUnsafe(() -> FileSessionStore.in(temporary.resolve("link")), "is a symbolic link");

        Files.createSymbolicLink(file(".json"), victim);
        assertUnsafe(() -> store.read(KEY), file(".json") + " is a symbolic link");
        assertUnsafe(() -> store.compareAndSet(KEY, 0, record(1)), "is a symbolic link");
        Files.delete(file(".json"));

        Files.delete(file(".lock"));
        Files.createSymbolicLink(file(".lock"), victim);
        assertUnsafe(() -> store.compareAndSet(KEY, 0, record(1)), file(".lock") + " is a symbolic link");
        Files.delete(file(".lock"));

        Files.createSymbolicLink(file(".lease"), victim);
        assertUnsafe(() -> store.lease(KEY, Duration.ZERO), file(".lease") + " is a symbolic link");

        Files.createSymbolicLink(file(".json.tmp"), victim);
        assertThat(store.compareAndSet(KEY, 0, record(1))).isTrue();
        assertThat(victim).hasContent("precious");
        assertThat(store.read(KEY)).isPresent();
    }

    @Test
    void aDanglingLinkInPlaceOfARecordIsNoMissingRecord() throws IOException {
        FileSessionStore store = FileSessionStore.in(folder());
        Files.createSymbolicLink(file(".json"), temporary.resolve("nowhere"));
        assertUnsafe(() -> store.read(KEY), "is a symbolic link");
        assertUnsafe(() -> store.compareAndSet(KEY, 0, record(1)), "is a symbolic link");
    }

    @Test
    void aFolderUnderALinkIsAsGoodAsAnyOther() throws IOException {
        Files.createDirectory(temporary.resolve("real"));
        Files.createSymbolicLink(temporary.resolve("link"), temporary.resolve("real"));
        FileSessionStore store = FileSessionStore.in(temporary.resolve("link/sessions"));
        assertThat(store.folder()).isEqualTo(temporary.toRealPath().resolve("real/sessions"));
        FileSessionStore direct = FileSessionStore.in(temporary.resolve("real/sessions"));
        store.lease(KEY, Duration.ZERO).orElseThrow();
        assertThat(direct.lease(KEY, Duration.ZERO)).isEmpty();
    }

    @Test
    void aFileInPlaceOfTheFolderIsRefused() throws IOException {
        Files.createFile(folder());
        assertUnsafe(() -> FileSessionStore.in(folder()), "is a file");
    }

    @Test
    void aFileSystemWithoutLocksIsFoundOut() throws IOException {
        PrivateFolder folder = PrivateFolder.open(folder());
        var store = new FileSessionStore(folder, path -> new LocklessChannel(folder.openToLock(path)), Duration.ZERO);
        assertUnsafe(() -> store.lease(KEY, Duration.ofDays(1)), "gives no locks", "No locks available");
        assertUnsafe(() -> store.compareAndSet(KEY, 0, record(1)), "gives no locks");
        assertThat(store.read(KEY)).isEmpty();
    }

    @Test
    void withoutPosixPermissionsEverythingElseWorks() throws IOException {
        PrivateFolder folder = PrivateFolder.open(folder(), false);
        var store = new FileSessionStore(folder, folder::openToLock, Duration.ofSeconds(10));
        assertThat(store.compareAndSet(KEY, 0, record(1))).isTrue();
        assertThat(store.compareAndSet(KEY, 1, record(2))).isTrue();
        assertThat(store.read(KEY).orElseThrow().version()).isEqualTo(2);
        store.lease(KEY, Duration.ZERO).orElseThrow();
        assertThat(store.lease(KEY, Duration.ZERO)).isEmpty();
        assertThat(store.compareAndDelete(KEY, 2)).isTrue();
        Files.createSymbolicLink(file(".json"), temporary.resolve("nowhere"));
        assertUnsafe(() -> store.read(KEY), "is a symbolic link");
    }

    @Test
    void somethingElseInPlaceOfAFileIsRefusedAndLeftAlone() throws Exception {
        FileSessionStore store = FileSessionStore.in(folder());
        Files.createDirectory(file(".json"));
        assertUnsafe(() -> store.read(KEY), file(".json") + " is no file");
        assertUnsafe(() -> store.compareAndSet(KEY, 0, record(1)), "is no file");
        assertUnsafe(() -> store.compareAndDelete(KEY, 1), "is no file");
        assertThat(store.keys()).containsExactly(KEY);
        Files.delete(file(".json"));
        // A reader of a pipe would wait for its writer.
        makePipe(file(".json"));
        assertUnsafe(() -> store.read(KEY), file(".json") + " is no file");
        Files.delete(file(".json"));

        Files.delete(file(".lock"));
        Files.createDirectory(file(".lock"));
        assertUnsafe(() -> store.compareAndSet(KEY, 0, record(1)), file(".lock") + " is no file");
        Files.delete(file(".lock"));
        makePipe(file(".lease"));
        assertUnsafe(() -> store.lease(KEY, Duration.ZERO), file(".lease") + " is no file");

        assertThat(store.compareAndSet(KEY, 0, record(1))).isTrue();
    }

    private static void makePipe(Path path) throws Exception {
        assertThat(new ProcessBuilder("mkfifo", "-m", "600", path.toString())
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void notesAreGuardedAsRecordsAre() throws IOException {
        FileSessionStore store = FileSessionStore.in(folder());
        var first = new StoredNote("logins", 1, LexMap.empty());
        var second = new StoredNote("logins", 2, LexMap.empty());
        Path note = folder().resolve("logins.note");
        Path lock = folder().resolve("logins.note.lock");
        assertThat(store.compareAndSetNote(0, first)).isTrue();
        assertThat(List.of(note, lock))
                .allSatisfy(file -> assertThat(mode(file)).isEqualTo("rw-------"));
        assertThat(store.keys()).isEmpty();

        Files.setPosixFilePermissions(note, PosixFilePermissions.fromString("rw-r-----"));
        assertUnsafe(() -> store.note("logins"), note + " is open to other users", "chmod 600");
        assertUnsafe(() -> store.compareAndSetNote(1, second), "chmod 600");
        Files.delete(note);

        Path victim = Files.writeString(temporary.resolve("victim"), "precious");
        Files.setPosixFilePermissions(victim, PosixFilePermissions.fromString("rw-------"));
        Files.createSymbolicLink(note, victim);
        assertUnsafe(() -> store.note("logins"), note + " is a symbolic link");
        assertUnsafe(() -> store.compareAndSetNote(0, first), "is a symbolic link");
        Files.delete(note);
        Files.delete(lock);
        Files.createSymbolicLink(lock, victim);
        assertUnsafe(() -> store.compareAndSetNote(0, first), lock + " is a symbolic link");
        Files.delete(lock);
        Files.createDirectory(note);
        assertUnsafe(() -> store.note("logins"), note + " is no file");
        Files.delete(note);
        Files.createSymbolicLink(folder().resolve("logins.note.tmp"), victim);
        assertThat(store.compareAndSetNote(0, first)).isTrue();
        assertThat(victim).hasContent("precious");
        assertThat(store.note("logins")).contains(first);
    }

    // Damage

    @Test
    void anUnreadableNoteIsLeftWhereItIsAndItsFileIsNamed() throws IOException {
        FileSessionStore store = FileSessionStore.in(folder());
        store.compareAndSetNote(0, new StoredNote("logins", 1, LexMap.empty()));
        Path note = folder().resolve("logins.note");
        String whole = Files.readString(note);
        for (String content : List.of("", whole.substring(5), whole.replace("logins", "others"))) {
            Files.writeString(note, content);
            for (Callable<?> use : List.<Callable<?>>of(
                    () -> store.note("logins"),
                    () -> store.compareAndSetNote(0, new StoredNote("logins", 1, LexMap.empty())),
                    () -> store.compareAndSetNote(1, new StoredNote("logins", 2, LexMap.empty())))) {
                var e = catchThrowableOfType(StoreException.class, use::call);
                assertThat(e.kind()).isEqualTo(StoreException.Kind.UNREADABLE);
                assertThat(e).hasMessageContaining(note.toString());
            }
            assertThat(note).hasContent(content);
        }
        Files.move(note, temporary.resolve("moved away"));
        assertThat(store.note("logins")).isEmpty();
    }

    @Test
    void whatCouldNotBeReadAgainIsNotWritten() {
        FileSessionStore store = FileSessionStore.in(folder());
        store.compareAndSet(KEY, 0, record(1));
        LexMap huge = LexMap.builder().put("x", "x".repeat(1 << 20)).build();
        assertUnsafe(() -> store.compareAndSet(KEY, 1, SessionRecord.of(KEY, 2, huge)), "too large", "1048576");
        assertThat(store.read(KEY).orElseThrow().version()).isEqualTo(1);
        assertUnsafe(() -> store.compareAndSetNote(0, new StoredNote("logins", 1, huge)), "too large");
        assertThat(store.note("logins")).isEmpty();
    }

    @Test
    void anUnreadableRecordIsLeftWhereItIsAndItsFileIsNamed() throws IOException {
        FileSessionStore store = FileSessionStore.in(folder());
        store.compareAndSet(KEY, 0, record(1));
        String whole = Files.readString(file(".json"));
        List<String> damaged = List.of(
                "",
                whole.substring(0, whole.length() / 2),
                whole.replace("\"format\":1", "\"format\":2"),
                whole.replace("alice", "mallory"),
                whole + " ".repeat(2 << 20));
        for (String content : damaged) {
            Files.writeString(file(".json"), content);
            assertUnreadable(() -> store.read(KEY));
            assertUnreadable(() -> store.compareAndSet(KEY, 0, record(1)));
            assertUnreadable(() -> store.compareAndSet(KEY, 1, record(2)));
            assertUnreadable(() -> store.compareAndDelete(KEY, 1));
            assertThat(store.keys()).containsExactly(KEY);
            assertThat(file(".json")).hasContent(content);
        }
        Files.move(file(".json"), temporary.resolve("moved away"));
        assertThat(store.compareAndSet(KEY, 0, record(1))).isTrue();
    }

    @Test
    void aWriteThatFailsLeavesTheOldRecord() throws IOException {
        FileSessionStore store = FileSessionStore.in(folder());
        store.compareAndSet(KEY, 0, record(1));
        Files.createDirectories(file(".json.tmp").resolve("in the way"));
        var e = catchThrowableOfType(StoreException.class, () -> store.compareAndSet(KEY, 1, record(2)));
        assertThat(e.kind()).isEqualTo(StoreException.Kind.UNAVAILABLE);
        assertThat(e.retryable()).isTrue();
        assertThat(e.getCause().getSuppressed())
                .as("what could not be cleared away")
                .hasSize(1);
        assertThat(store.read(KEY).orElseThrow().version()).isEqualTo(1);
    }

    @Test
    void aFolderThatIsGoneIsNoEmptyStore() throws IOException {
        FileSessionStore store = FileSessionStore.in(folder());
        Files.delete(folder());
        for (Callable<?> use : List.<Callable<?>>of(
                () -> store.read(KEY),
                () -> store.compareAndSet(KEY, 0, record(1)),
                () -> store.compareAndDelete(KEY, 1),
                () -> store.lease(KEY, Duration.ZERO),
                () -> store.note("logins"),
                () -> store.compareAndSetNote(0, new StoredNote("logins", 1, LexMap.empty())),
                store::keys)) {
            var e = catchThrowableOfType(StoreException.class, use::call);
            assertThat(e.kind()).isEqualTo(StoreException.Kind.UNAVAILABLE);
            assertThat(e).hasMessageContaining(folder() + " is gone");
        }
    }

    @Test
    void aFolderThatIsRemovedAndMadeAnewIsAnEmptyStore() throws IOException {
        FileSessionStore store = FileSessionStore.in(folder());
        store.compareAndSet(KEY, 0, record(1));
        SessionStore.Lease lease = store.lease(KEY, Duration.ZERO).orElseThrow();
        Files.move(folder(), temporary.resolve("removed"));
        FileSessionStore other = FileSessionStore.in(folder());
        assertThat(store.read(KEY)).isEmpty();
        assertThat(store.compareAndSet(KEY, 1, record(2))).isFalse();
        assertThat(other.lease(KEY, Duration.ZERO)).isEmpty();
        lease.close();
        assertThat(other.lease(KEY, Duration.ZERO)).isPresent();
        assertThat(store.lease(KEY, Duration.ZERO)).isEmpty();
        assertThat(store.compareAndSet(KEY, 0, record(1))).isTrue();
        assertThat(other.read(KEY)).isPresent();
    }

    @Test
    void unfinishedFilesOfCrashedWritesAreRemovedWhenTheStoreIsOpened() throws IOException {
        FileSessionStore.in(folder());
        Files.writeString(file(".json.tmp"), "very-secret");
        Path foreign = Files.writeString(folder().resolve("notes.json.tmp"), "mine");
        FileSessionStore store = FileSessionStore.in(folder());
        assertThat(file(".json.tmp")).doesNotExist();
        assertThat(foreign).exists();
        assertThat(store.compareAndSet(KEY, 0, record(1))).isTrue();
    }

    @Test
    void unfinishedFilesOfNotesAreRemovedToo() throws IOException {
        FileSessionStore.in(folder());
        Path unfinished = Files.writeString(folder().resolve("logins.note.tmp"), "{");
        Path foreign = Files.writeString(folder().resolve("My Notes.note.tmp"), "mine");
        FileSessionStore store = FileSessionStore.in(folder());
        assertThat(unfinished).doesNotExist();
        assertThat(foreign).exists();
        assertThat(store.compareAndSetNote(0, new StoredNote("logins", 1, LexMap.empty())))
                .isTrue();
    }

    @Test
    @Tag("many") // too long to be run for each of some hundred changes of the code, see build/mutation
    @Timeout(60)
    void manySessionsAreNoBurden() throws IOException {
        PrivateFolder folder = PrivateFolder.open(folder());
        List<SessionKey> keys = IntStream.range(0, 10_000)
                .mapToObj(i -> SessionKey.of(Did.parse("did:plc:account" + i)))
                .toList();
        for (SessionKey key : keys) {
            // As the store would, but without forcing each to the disk.
            Path file = folder.path().resolve(RecordName.of(key) + ".json");
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(file, SessionRecord.of(key, 1, LexMap.empty()).toJson());
        }
        FileSessionStore store = FileSessionStore.in(folder());
        assertThat(store.keys()).containsExactlyInAnyOrderElementsOf(keys);
        for (SessionKey key : keys) {
            assertThat(store.read(key)).isPresent();
        }
        assertThat(folder.stamps(".json")).hasSize(keys.size());
    }

    @Test
    void foreignFilesInTheFolderAreNoSessions() throws IOException {
        FileSessionStore store = FileSessionStore.in(folder());
        store.compareAndSet(KEY, 0, record(1));
        Files.createFile(folder().resolve("notes.json"));
        Files.createFile(folder().resolve("DID_PLC_ALICE.default.json"));
        Files.createFile(folder().resolve("did_plc_bob.default.lock"));
        assertThat(store.keys()).containsExactly(KEY);
    }

    // Interrupts

    @Test
    void anInterruptedThreadStillReadsAndWritesAndStaysInterrupted() {
        FileSessionStore store = FileSessionStore.in(folder());
        Thread.currentThread().interrupt();
        assertThat(store.compareAndSet(KEY, 0, record(1))).isTrue();
        assertThat(store.read(KEY)).isPresent();
        assertThat(store.compareAndSet(KEY, 1, record(2))).isTrue();
        assertThat(store.compareAndDelete(KEY, 2)).isTrue();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void interruptsAtAnyMomentLoseNoWrite() throws Exception {
        FileSessionStore store = FileSessionStore.in(folder());
        long seed = new Random().nextLong();
        var random = new Random(seed);
        var threads = Executors.newSingleThreadExecutor();
        try {
            Thread writer = threads.submit(Thread::currentThread).get();
            var kept = new AtomicInteger();
            for (int version = 1; version <= 200; version++) {
                SessionRecord next = record(version);
                var begun = new CountDownLatch(1);
                Future<Boolean> written = threads.submit(() -> {
                    begun.countDown();
                    boolean done = store.compareAndSet(KEY, next.version() - 1, next);
                    kept.addAndGet(Thread.interrupted() ? 1 : 0);
                    return done;
                });
                begun.await();
                for (int spin = random.nextInt(10_000); spin > 0; spin--) {
                    Thread.onSpinWait();
                }
                writer.interrupt();
                assertThat(written.get())
                        .as("seed %d, version %d", seed, version)
                        .isTrue();
            }
            assertThat(kept).hasPositiveValue();
            assertThat(store.read(KEY).orElseThrow().version()).isEqualTo(200);
        } finally {
            threads.shutdownNow();
        }
    }

    // Turns that somebody else has, who is in no queue with us

    @Test
    void whoWaitsForAStrangerHasHisTurnWhenTheStrangersEnds() throws Exception {
        FileSessionStore store = FileSessionStore.in(folder());
        FileChannel stranger = lock(file(".lease"));
        var taken = new CompletableFuture<Boolean>();
        var waiter = new Thread(() -> taken.complete(store.lease(KEY, Duration.ofMinutes(1))
                .filter(SessionStore.Lease::held)
                .isPresent()));
        waiter.start();
        while (waiter.getState() != Thread.State.TIMED_WAITING && !taken.isDone()) {
            Thread.onSpinWait(); // until he sleeps
        }
        assertThat(taken).isNotDone();
        stranger.close();
        assertThat(taken.get()).isTrue();
    }

    @Test
    void aFileThatWasRemovedOrReplacedWhileAStrangerHadItIsOpenedAnew() throws IOException {
        PrivateFolder folder = PrivateFolder.open(folder());
        List<FileChannel> opened = new ArrayList<>();
        var store = new FileSessionStore(
                folder,
                path -> {
                    opened.add(folder.openToLock(path));
                    return opened.get(opened.size() - 1);
                },
                Duration.ZERO);
        for (boolean replaced : new boolean[] {false, true}) {
            opened.clear();
            try (FileChannel stranger = lock(file(".lease"))) {
                assertThat(stranger.isOpen()).isTrue();
                assertThat(store.lease(KEY, Duration.ZERO)).isEmpty();
            }
            Files.move(file(".lease"), temporary.resolve("removed " + replaced));
            if (replaced) {
                Files.createFile(file(".lease"));
            }
            SessionStore.Lease lease = store.lease(KEY, Duration.ZERO).orElseThrow();
            assertThatThrownBy(() -> lock(file(".lease"))).isInstanceOf(OverlappingFileLockException.class);
            assertThat(opened).extracting(FileChannel::isOpen).containsExactly(false, true);
            lease.close();
            assertThat(opened).extracting(FileChannel::isOpen).containsExactly(false, false);
        }
    }

    @Test
    void aWriteThatAStrangerHoldsUpForTooLongFailsAndCanBeTriedAgain() throws IOException {
        PrivateFolder folder = PrivateFolder.open(folder());
        var store = new FileSessionStore(folder, folder::openToLock, Duration.ofMillis(1));
        try (FileChannel stranger = lock(file(".lock"))) {
            assertThat(stranger.isOpen()).isTrue();
            var e = catchThrowableOfType(StoreException.class, () -> store.compareAndSet(KEY, 0, record(1)));
            assertThat(e.kind()).isEqualTo(StoreException.Kind.UNAVAILABLE);
            assertThat(e).hasMessageContaining("another process has been writing it");
        }
        assertThat(store.compareAndSet(KEY, 0, record(1))).isTrue();
    }

    /** Another process' lock, as far as the store can see. */
    private static FileChannel lock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        assertThat(channel.tryLock()).isNotNull();
        return channel;
    }

    // Several stores in one JVM

    @Test
    void storesOfOneFolderTakeTurns() {
        FileSessionStore one = FileSessionStore.in(folder());
        FileSessionStore other = FileSessionStore.in(folder());
        SessionStore.Lease lease = one.lease(KEY, Duration.ZERO).orElseThrow();
        assertThat(other.lease(KEY, Duration.ZERO)).isEmpty();
        lease.close();
        assertThat(other.lease(KEY, Duration.ZERO)).isPresent();
    }

    @Test
    void aCopyOfTheLibraryInAnotherClassLoaderKeepsItsTurn() throws Exception {
        FileSessionStore store = FileSessionStore.in(folder());
        URL[] library = {
            FileSessionStore.class.getProtectionDomain().getCodeSource().getLocation(),
            Did.class.getProtectionDomain().getCodeSource().getLocation()
        };
        try (var copies = new URLClassLoader(library, ClassLoader.getPlatformClassLoader());
                var child = new StoreChild(folder())) {
            Class<?> didType = copies.loadClass(Did.class.getName());
            Class<?> keyType = copies.loadClass(SessionKey.class.getName());
            Class<?> storeType = copies.loadClass(FileSessionStore.class.getName());
            assertThat(storeType).isNotEqualTo(FileSessionStore.class);
            Object key = keyType.getMethod("of", didType)
                    .invoke(null, didType.getMethod("parse", String.class).invoke(null, "did:plc:alice"));
            Object twin = storeType.getMethod("in", Path.class).invoke(null, folder());
            var lease = (Optional<?>)
                    storeType.getMethod("lease", keyType, Duration.class).invoke(twin, key, Duration.ZERO);

            assertThat(store.lease(KEY, Duration.ofMillis(5))).isEmpty();
            assertThat(store.lease(KEY, Duration.ZERO)).isEmpty();
            assertThat(child.ask("lease 0")).isEqualTo("none");

            ((AutoCloseable) lease.orElseThrow()).close();
            assertThat(child.ask("lease 0")).isEqualTo("leased");
            assertThat(store.lease(KEY, Duration.ZERO)).isEmpty();
        }
    }

    @Test
    void whoNamesNoFolderFindsHisSessionsAtHome() throws IOException {
        assumeThat(System.getenv()).doesNotContainKeys("ATP_HOME", "XDG_STATE_HOME");
        String home = System.getProperty("user.home");
        System.setProperty("user.home", temporary.toRealPath().toString());
        try (FileSessionStore store = FileSessionStore.inDefaultFolder()) {
            assertThat(store.folder()).startsWith(temporary.toRealPath()).endsWith(Path.of("atp4j"));
            assertThat(store).hasToString("FileSessionStore[" + store.folder() + "]");
        } finally {
            System.setProperty("user.home", home);
        }
    }

    private static SessionRecord record(long version) {
        return SessionRecord.of(
                KEY,
                version,
                LexMap.builder().put("token", "very-secret-" + version).build());
    }

    private static String mode(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Only the superuser can give files away. */
    private static void giveAway(Path path) throws IOException {
        assumeThat(System.getProperty("user.name")).isEqualTo("root");
        Files.setOwner(
                path, path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
    }

    private static void assertUnsafe(Callable<?> use, String... message) {
        var e = catchThrowableOfType(StoreException.class, use::call);
        assertThat(e.kind()).as(e.getMessage()).isEqualTo(StoreException.Kind.UNSAFE);
        assertThat(e).hasMessageContainingAll(message);
        assertThat(e.retryable()).isFalse();
    }

    private void assertUnreadable(Callable<?> use) {
        var e = catchThrowableOfType(StoreException.class, use::call);
        assertThat(e.kind()).as(e.getMessage()).isEqualTo(StoreException.Kind.UNREADABLE);
        assertThat(e).hasMessageContaining(file(".json").toString()).hasNoCause();
        assertThat(e.toString()).doesNotContain("very-secret");
    }
}
