// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import dev.atp4j.session.store.SessionKey;
import dev.atp4j.session.store.SessionRecord;
import dev.atp4j.session.store.SessionStore;
import dev.atp4j.session.store.StoreException;
import dev.atp4j.session.store.StoredNote;
import dev.atp4j.syntax.Did;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link SessionStore} must keep to. A store's test extends this class and says how to open the store:
 *
 * <pre>{@code
 * class MyStoreTest extends SessionStoreContract {
 *
 *     @TempDir
 *     Path folder;
 *
 *     @Override
 *     protected SessionStore open() {
 *         return new MyStore(folder);
 *     }
 * }
 * }</pre>
 *
 * <p>It does not show that a store survives crashes, or shuts out other users; that needs tests of the store's own.
 */
@Timeout(120)
public abstract class SessionStoreContract {

    static final SessionKey ALICE = SessionKey.of(Did.parse("did:plc:alice"));
    static final SessionKey BOB = SessionKey.of(Did.parse("did:plc:bob"));
    private static final String SECRET = "a-secret-that-nobody-may-see";

    /** Longer than any turn takes. */
    private static final Duration LONG = Duration.ofSeconds(60);

    private static final Duration SHORT = Duration.ofMillis(20);

    private static final int THREADS = 8;

    private final List<SessionStore> opened = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** Creates the test. */
    protected SessionStoreContract() {}

    /**
     * Opens the store. Within one test method every call opens it anew on the same storage, as another process would;
     * each test method begins with an empty storage. What is opened here is closed after the test.
     *
     * @return the store
     */
    protected abstract SessionStore open();

    /**
     * Damages what is stored for a key, behind the store's back, so that it can no longer be read. The tests of damaged
     * records are skipped if the store's test does not say how.
     *
     * @param key a key that has a record
     * @return true if it was damaged, false if that is not possible
     */
    protected boolean damage(SessionKey key) {
        return false;
    }

    /**
     * Tells whether the store {@linkplain SessionStore#watch watches}, that is, tells each handle of what others change.
     *
     * @return false to skip the tests of that
     */
    protected boolean watches() {
        return true;
    }

    /** Closes everything that the test has opened. */
    @AfterEach
    public final void closeStores() {
        threads.shutdownNow();
        opened.forEach(SessionStore::close);
    }

    final SessionStore store() {
        SessionStore store = open();
        opened.add(store);
        return store;
    }

    // ---- records

    /** A store without records says so. */
    @Test
    public final void anEmptyStoreHasNothing() {
        SessionStore store = store();
        assertThat(store.read(ALICE)).isEmpty();
        assertThat(store.keys()).isEmpty();
        for (long version : new long[] {0, 1}) {
            assertThat(store.compareAndDelete(ALICE, version)).isFalse();
        }
    }

    /** What one handle has written, another one reads, to the last bit. */
    @Test
    public final void aRecordIsReadAsItWasWritten() {
        LexMap content = LexJson.parseMap("""
                {"text":"\\u0000 \\" \\\\ \\n é 漢 😀","empty":"","null":null,"true":true,"list":[1,[],{}],\
                "largest":9223372036854775807,"smallest":-9223372036854775808,"map":{"a":{"b":{}}}}""".getBytes(StandardCharsets.UTF_8));
        SessionRecord written = SessionRecord.of(ALICE, 1, content);
        assertThat(store().compareAndSet(ALICE, 0, written)).isTrue();
        SessionRecord read = store().read(ALICE).orElseThrow();
        assertThat(read.key()).isEqualTo(ALICE);
        assertThat(read.version()).isEqualTo(1);
        assertThat(read.content()).isEqualTo(written.content());
    }

    /** A session with a long DID document and many ancestors is no problem. */
    @Test
    public final void aLargeRecordIsReadAsItWasWritten() {
        SessionRecord written = SessionRecord.of(
                ALICE, 1, LexMap.builder().put("x", "é".repeat(100_000)).build());
        assertThat(store().compareAndSet(ALICE, 0, written)).isTrue();
        assertThat(store().read(ALICE).orElseThrow().content()).isEqualTo(written.content());
    }

    /** A first write is refused if there is a record, of whatever version. */
    @Test
    public final void aFirstWriteNeedsAnAbsentRecord() {
        SessionStore store = store();
        assertThat(store.compareAndSet(ALICE, 0, record(ALICE, 1, "first"))).isTrue();
        assertThat(store.compareAndSet(ALICE, 0, record(ALICE, 1, "second"))).isFalse();
        assertThat(store().compareAndSet(ALICE, 0, record(ALICE, 1, "third"))).isFalse();
        assertStored(ALICE, 1, "first");
    }

    /** A write replaces the version that it names. */
    @Test
    public final void aWriteReplacesTheVersionItNames() {
        SessionStore store = store();
        for (int version = 1; version <= 5; version++) {
            assertThat(store.compareAndSet(ALICE, version - 1, record(ALICE, version, "v" + version)))
                    .isTrue();
        }
        assertStored(ALICE, 5, "v5");
    }

    /** A write that names another version than the stored one changes nothing. */
    @Test
    public final void aWriteThatNamesAnotherVersionChangesNothing() {
        SessionStore store = store();
        assertThat(store.compareAndSet(ALICE, 1, record(ALICE, 2, "of nothing")))
                .isFalse();
        assertThat(store.read(ALICE)).isEmpty();
        fill(store, ALICE, 2);
        assertThat(store.compareAndSet(ALICE, 1, record(ALICE, 2, "stale"))).isFalse();
        assertThat(store.compareAndSet(ALICE, 3, record(ALICE, 4, "ahead"))).isFalse();
        assertStored(ALICE, 2, "v2");
    }

    /** A delete removes the version that it names, once. */
    @Test
    public final void aDeleteRemovesTheVersionItNames() {
        SessionStore store = store();
        fill(store, ALICE, 2);
        assertThat(store().compareAndDelete(ALICE, 2)).isTrue();
        assertThat(store.read(ALICE)).isEmpty();
        assertThat(store.keys()).isEmpty();
        assertThat(store.compareAndDelete(ALICE, 2)).isFalse();
        assertThat(store.compareAndSet(ALICE, 2, record(ALICE, 3, "late"))).isFalse();
        assertThat(store.compareAndSet(ALICE, 0, record(ALICE, 1, "new"))).isTrue();
        assertStored(ALICE, 1, "new");
    }

    /** A delete that names another version than the stored one changes nothing. */
    @Test
    public final void aDeleteThatNamesAnotherVersionChangesNothing() {
        SessionStore store = store();
        fill(store, ALICE, 2);
        assertThat(store.compareAndDelete(ALICE, 0)).isFalse();
        assertThat(store.compareAndDelete(ALICE, 1)).isFalse();
        assertThat(store.compareAndDelete(ALICE, 3)).isFalse();
        assertStored(ALICE, 2, "v2");
    }

    /** A record of another key, or one that does not follow the version it replaces, is the caller's mistake. */
    @Test
    public final void aRecordThatDoesNotFollowIsRefused() {
        SessionStore store = store();
        fill(store, ALICE, 2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.compareAndSet(ALICE, 2, record(BOB, 3, "another's")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.compareAndSet(ALICE, 2, record(ALICE, 4, "too new")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.compareAndSet(ALICE, 2, record(ALICE, 2, "the same")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.compareAndSet(BOB, 0, record(BOB, 2, "not the first")));
        assertStored(ALICE, 2, "v2");
        assertThat(store.read(BOB)).isEmpty();
    }

    /** Keys that look alike, to a careless file system or collation too, are still different keys. */
    @Test
    public final void keysThatLookAlikeAreKeptApart() {
        List<SessionKey> keys = new ArrayList<>();
        for (String did : List.of(
                "did:plc:alice",
                "did:web:example.com",
                "did:web:Example.com",
                "did:web:example.com%3A8080",
                "did:web:example.com%3a8080",
                "did:web:example.com:8080",
                "did:web:a.b",
                "did:web:a_b",
                "did:web:a-b",
                "did:web:a:b",
                "did:web:..",
                "did:web:" + "a".repeat(200))) {
            keys.add(SessionKey.of(Did.parse(did)));
            keys.add(new SessionKey(Did.parse(did), "b"));
        }
        SessionStore store = store();
        for (SessionKey key : keys) {
            assertThat(store.compareAndSet(key, 0, record(key, 1, key.toString())))
                    .as(key.toString())
                    .isTrue();
        }
        for (SessionKey key : keys) {
            assertStored(key, 1, key.toString());
        }
        assertThat(store().keys()).containsExactlyInAnyOrderElementsOf(keys);
        assertThat(store.compareAndDelete(keys.get(2), 1)).isTrue();
        keys.remove(2);
        assertThat(store().keys()).containsExactlyInAnyOrderElementsOf(keys);
    }

    // ---- records, all at once

    /**
     * Of many first writers one wins.
     *
     * @throws Exception if the store fails where it must not
     */
    @Test
    public final void ofManyFirstWritersOneWins() throws Exception {
        for (int round = 0; round < 10; round++) {
            SessionKey key = new SessionKey(ALICE.did(), "round-" + round);
            List<Boolean> won = together(store -> store.compareAndSet(key, 0, record(key, 1, "x")));
            assertThat(Collections.frequency(won, true)).isEqualTo(1);
        }
    }

    /**
     * Of many writers that replace one version, one wins, and its record is the stored one.
     *
     * @throws Exception if the store fails where it must not
     */
    @Test
    public final void ofManyWritersOfOneVersionOneWins() throws Exception {
        for (int version = 1; version <= 20; version++) {
            int next = version;
            var winners = new CopyOnWriteArrayList<String>();
            together(store -> {
                String me = Thread.currentThread().getName();
                if (store.compareAndSet(ALICE, next - 1, record(ALICE, next, me))) {
                    winners.add(me);
                }
                return me;
            });
            assertThat(winners).hasSize(1);
            assertStored(ALICE, next, winners.get(0));
        }
    }

    /**
     * When one writes and another deletes the same version, one of them wins.
     *
     * @throws Exception if the store fails where it must not
     */
    @Test
    public final void ofAWriterAndADeleterOneWins() throws Exception {
        for (int round = 0; round < 10; round++) {
            SessionKey key = new SessionKey(ALICE.did(), "round-" + round);
            fill(store(), key, 1);
            var writer = new AtomicInteger();
            List<Boolean> won = together(store -> writer.getAndIncrement() % 2 == 0
                    ? store.compareAndSet(key, 1, record(key, 2, "v2"))
                    : store.compareAndDelete(key, 1));
            assertThat(Collections.frequency(won, true)).isEqualTo(1);
        }
    }

    /**
     * Threads that count by reading, adding one and writing, again if others were quicker, lose no count.
     *
     * @throws Exception if the store fails where it must not
     */
    @Test
    public final void noUpdateIsLost() throws Exception {
        int each = 15;
        together(store -> {
            for (int done = 0; done < each; ) {
                long version = store.read(ALICE).map(SessionRecord::version).orElse(0L);
                done += store.compareAndSet(ALICE, version, record(ALICE, version + 1, "v" + (version + 1))) ? 1 : 0;
            }
            return true;
        });
        assertStored(ALICE, (long) THREADS * each, "v" + THREADS * each);
    }

    // ---- leases

    /** A lease is given to one, and after it is closed to another. */
    @Test
    public final void aLeaseIsHeldByOneAtATime() {
        SessionStore store = store();
        SessionStore other = store();
        SessionStore.Lease lease = store.lease(ALICE, Duration.ZERO).orElseThrow();
        assertThat(other.lease(ALICE, Duration.ZERO)).isEmpty();
        assertThat(other.lease(ALICE, SHORT)).isEmpty();
        lease.close();
        assertThat(other.lease(ALICE, Duration.ZERO)).isPresent();
    }

    /** Who has the lease does not get it again. */
    @Test
    public final void aLeaseIsNotReentrant() {
        SessionStore store = store();
        assertThat(store.lease(ALICE, Duration.ZERO)).isPresent();
        assertThat(store.lease(ALICE, Duration.ZERO)).isEmpty();
    }

    /** A lease that is closed twice does not end the turn of the next holder. */
    @Test
    public final void aLeaseClosedTwiceDoesNotEndTheNextOne() {
        SessionStore store = store();
        SessionStore.Lease first = store.lease(ALICE, Duration.ZERO).orElseThrow();
        first.close();
        first.close();
        assertThat(store.lease(ALICE, Duration.ZERO)).isPresent();
        first.close();
        assertThat(store().lease(ALICE, Duration.ZERO)).isEmpty();
    }

    /**
     * A lease may be closed by another thread than the one that took it.
     *
     * @throws Exception if the store fails where it must not
     */
    @Test
    public final void aLeaseMayBeClosedByAnotherThread() throws Exception {
        SessionStore store = store();
        SessionStore.Lease lease = store.lease(ALICE, Duration.ZERO).orElseThrow();
        threads.submit(lease::close).get();
        assertThat(store.lease(ALICE, Duration.ZERO)).isPresent();
    }

    /** Leases of other accounts, and of other slots of the account, have nothing to do with each other. */
    @Test
    public final void leasesOfDifferentKeysAreIndependent() {
        SessionStore store = store();
        assertThat(store.lease(ALICE, Duration.ZERO)).isPresent();
        assertThat(store.lease(BOB, Duration.ZERO)).isPresent();
        assertThat(store.lease(new SessionKey(ALICE.did(), "b"), Duration.ZERO)).isPresent();
    }

    /** A lease is a turn, not a record, and no hindrance for anybody's reads and writes. */
    @Test
    public final void aLeaseChangesNothingForReadersAndWriters() {
        SessionStore store = store();
        SessionStore other = store();
        assertThat(store.lease(ALICE, Duration.ZERO)).isPresent();
        assertThat(store.read(ALICE)).isEmpty();
        assertThat(store.keys()).isEmpty();
        fill(store, ALICE, 1);
        assertThat(other.compareAndSet(ALICE, 1, record(ALICE, 2, "v2"))).isTrue();
        assertStored(ALICE, 2, "v2");
        assertThat(other.compareAndDelete(ALICE, 2)).isTrue();
        assertThat(other.lease(ALICE, Duration.ZERO)).isEmpty();
    }

    /**
     * Who waits gets the lease when its holder closes it.
     *
     * @throws Exception if the store fails where it must not
     */
    @Test
    public final void aWaiterGetsTheLeaseWhenItIsClosed() throws Exception {
        SessionStore.Lease lease = store().lease(ALICE, Duration.ZERO).orElseThrow();
        SessionStore other = store();
        Future<Boolean> waiter = threads.submit(() -> other.lease(ALICE, LONG).isPresent());
        assertThat(store().lease(ALICE, SHORT)).isEmpty();
        lease.close();
        assertThat(waiter.get()).isTrue();
    }

    /** No wait is too long, or too negative, to be understood. */
    @Test
    public final void anyWaitIsUnderstood() {
        SessionStore store = store();
        assertThat(store.lease(ALICE, Duration.ofSeconds(Long.MAX_VALUE))).isPresent();
        assertThat(store.lease(ALICE, Duration.ofSeconds(Long.MIN_VALUE))).isEmpty();
    }

    /**
     * However many want it, one at a time has it, and everybody gets it.
     *
     * @throws Exception if the store fails where it must not
     */
    @Test
    @SuppressWarnings("ThreadPriorityCheck") // it only invites others in; nothing depends on it
    public final void turnsExcludeEachOther() throws Exception {
        int each = 10;
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        var unguarded = new int[1];
        together(store -> {
            for (int i = 0; i < each; i++) {
                SessionStore.Lease lease = store.lease(ALICE, LONG).orElseThrow();
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                unguarded[0]++;
                Thread.yield();
                inside.decrementAndGet();
                lease.close();
            }
            return true;
        });
        assertThat(most).hasValue(1);
        assertThat(unguarded[0]).isEqualTo(THREADS * each);
    }

    /** A lease knows when it has ended. */
    @Test
    public final void aLeaseIsHeldUntilItIsClosed() {
        SessionStore store = store();
        SessionStore.Lease lease = store.lease(ALICE, Duration.ZERO).orElseThrow();
        assertThat(lease.held()).isTrue();
        lease.close();
        assertThat(lease.held()).isFalse();
        SessionStore.Lease next = store.lease(ALICE, Duration.ZERO).orElseThrow();
        assertThat(lease.held()).isFalse();
        assertThat(next.held()).isTrue();
    }

    // ---- notes

    /** Notes are written by compare and set, and are no sessions. */
    @Test
    public final void aNoteIsReadAsItWasWritten() {
        SessionStore store = store();
        assertThat(store.note("logins")).isEmpty();
        LexMap content = LexMap.builder().put("a", "é").put("b", 7).build();
        var first = new StoredNote("logins", 1, content);
        assertThat(store.compareAndSetNote(0, first)).isTrue();
        assertThat(store().note("logins")).contains(first);
        assertThat(store.compareAndSetNote(0, first)).isFalse();
        var second = new StoredNote("logins", 2, LexMap.empty());
        assertThat(store().compareAndSetNote(1, second)).isTrue();
        assertThat(store.compareAndSetNote(1, second)).isFalse();
        assertThat(store.note("logins")).contains(second);
        assertThat(store.note("logins-2")).isEmpty();
        assertThat(store.keys()).isEmpty();
    }

    /** A note that does not follow, and a name that is none, are the caller's mistakes. */
    @Test
    public final void aNoteThatDoesNotFollowIsRefused() {
        SessionStore store = store();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.compareAndSetNote(2, new StoredNote("logins", 2, LexMap.empty())));
        assertThatIllegalArgumentException().isThrownBy(() -> store.note("../logins"));
    }

    /**
     * Threads that count in a note lose no count.
     *
     * @throws Exception if the store fails where it must not
     */
    @Test
    public final void noCountInANoteIsLost() throws Exception {
        int each = 10;
        together(store -> {
            for (int done = 0; done < each; ) {
                long version = store.note("count").map(StoredNote::version).orElse(0L);
                done += store.compareAndSetNote(version, new StoredNote("count", version + 1, LexMap.empty())) ? 1 : 0;
            }
            return true;
        });
        assertThat(store().note("count").orElseThrow().version()).isEqualTo((long) THREADS * each);
    }

    // ---- time

    /** Those who share a store agree about the time. */
    @Test
    public final void timeIsTheSameForAll() {
        Instant before = store().now();
        Instant between = store().now();
        Instant after = store().now();
        assertThat(between).isBetween(before, after);
    }

    // ---- watches

    /**
     * Who watches hears of what another handle writes and removes.
     *
     * @throws Exception if the store fails where it must not
     */
    @Test
    public final void aWatchTellsOfWhatOthersChange() throws Exception {
        Assumptions.assumeTrue(watches(), "the store does not watch");
        var heard = new LinkedBlockingQueue<Change>();
        SessionStore store = store();
        store.watch(new SessionStore.Watcher() {
            @Override
            public void changed(SessionKey key, long version) {
                heard.add(new Change(key, version));
            }

            @Override
            public void missed() {}
        });
        SessionStore other = store();
        fill(other, ALICE, 1);
        awaitChange(heard, ALICE, 1);
        fill(other, BOB, 1);
        awaitChange(heard, BOB, 1);
        assertThat(other.compareAndSet(ALICE, 1, record(ALICE, 2, "v2"))).isTrue();
        awaitChange(heard, ALICE, 2);
        assertThat(other.compareAndDelete(BOB, 1)).isTrue();
        awaitChange(heard, BOB, 0);
    }

    /** A watch can be ended, and ended again. */
    @Test
    public final void aWatchCanBeEnded() {
        SessionStore store = store();
        SessionStore.Watch watch = store.watch(new SessionStore.Watcher() {
            @Override
            public void changed(SessionKey key, long version) {}

            @Override
            public void missed() {}
        });
        watch.close();
        watch.close();
        fill(store, ALICE, 1);
        assertStored(ALICE, 1, "v1");
    }

    private record Change(SessionKey key, long version) {}

    /** Waits for news of a key: of this version, or of one that is not told. */
    private static void awaitChange(BlockingQueue<Change> heard, SessionKey key, long version) throws Exception {
        Change change;
        do {
            change = heard.poll(30, TimeUnit.SECONDS);
            assertThat(change).as("news of " + key + ", version " + version).isNotNull();
        } while (!change.key().equals(key) || change.version() != version && change.version() != 0);
    }

    // ---- interrupts

    /** An interrupt ends the wait for a lease, and is kept; nobody else is hindered by it. */
    @Test
    public final void anInterruptEndsTheWaitForALease() {
        SessionStore store = store();
        SessionStore.Lease lease = store.lease(ALICE, Duration.ZERO).orElseThrow();
        Thread.currentThread().interrupt();
        var e = catchThrowableOfType(StoreException.class, () -> store().lease(ALICE, LONG));
        assertThat(Thread.interrupted()).as("the thread's interrupt flag").isTrue();
        assertThat(e.kind()).isEqualTo(StoreException.Kind.INTERRUPTED);
        lease.close();
        assertThat(store.lease(ALICE, Duration.ZERO)).isPresent();
    }

    /** An interrupted thread reads and writes as others do; or is told so, and nothing is half done. It stays interrupted. */
    @Test
    public final void anInterruptDoesNoHarm() {
        SessionStore store = store();
        fill(store, ALICE, 1);
        Thread.currentThread().interrupt();
        boolean written = false;
        try {
            written = store.compareAndSet(ALICE, 1, record(ALICE, 2, "v2"));
            assertThat(written).isTrue();
            assertThat(store.read(ALICE)).isPresent();
        } catch (StoreException e) {
            assertThat(e.kind()).isEqualTo(StoreException.Kind.INTERRUPTED);
        }
        assertThat(Thread.interrupted()).as("the thread's interrupt flag").isTrue();
        long version = store.read(ALICE).orElseThrow().version();
        assertThat(version).isBetween(written ? 2L : 1L, 2L);
        assertStored(ALICE, version, "v" + version);
    }

    // ---- damage

    /** A damaged record is reported, listed, and neither overwritten nor removed. */
    @Test
    public final void aDamagedRecordIsReportedAndKept() {
        SessionStore store = store();
        fill(store, ALICE, 1);
        fill(store, BOB, 1);
        Assumptions.assumeTrue(damage(ALICE), "no way to damage a record");
        for (Callable<?> access : List.<Callable<?>>of(
                () -> store.read(ALICE),
                () -> store().read(ALICE),
                () -> store.compareAndSet(ALICE, 0, record(ALICE, 1, "new")),
                () -> store.compareAndSet(ALICE, 1, record(ALICE, 2, "v2")),
                () -> store.compareAndDelete(ALICE, 1),
                () -> store.read(ALICE))) {
            var e = catchThrowableOfType(StoreException.class, access::call);
            assertThat(e).isNotNull();
            assertThat(e.kind()).isEqualTo(StoreException.Kind.UNREADABLE);
            var trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            assertThat(trace.toString()).doesNotContain(SECRET);
        }
        assertThat(store.keys()).containsExactlyInAnyOrder(ALICE, BOB);
        assertStored(BOB, 1, "v1");
    }

    /** A store does not show what it holds. */
    @Test
    public final void aStoreTellsNoSecret() {
        SessionStore store = store();
        fill(store, ALICE, 1);
        assertThat(store.toString() + store.read(ALICE)).doesNotContain(SECRET);
    }

    // ---- tools

    interface Work<T> {
        T with(SessionStore store) throws Exception;
    }

    /** Does the same in many threads at the same time, each with a store of its own. */
    final <T> List<T> together(Work<T> work) throws Exception {
        var start = new CyclicBarrier(THREADS);
        List<Future<T>> running = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            SessionStore store = store();
            running.add(threads.submit(() -> {
                start.await();
                return work.with(store);
            }));
        }
        List<T> results = new ArrayList<>();
        for (Future<T> thread : running) {
            results.add(thread.get());
        }
        return results;
    }

    static SessionRecord record(SessionKey key, long version, String mark) {
        return SessionRecord.of(
                key,
                version,
                LexMap.builder().put("mark", mark).put("refreshJwt", SECRET).build());
    }

    private static void fill(SessionStore store, SessionKey key, int version) {
        for (int v = 1; v <= version; v++) {
            assertThat(store.compareAndSet(key, v - 1, record(key, v, "v" + v))).isTrue();
        }
    }

    private void assertStored(SessionKey key, long version, String mark) {
        SessionRecord stored = store().read(key).orElseThrow();
        assertThat(Map.of(stored.version(), stored.content().getString("mark").orElse("none")))
                .isEqualTo(Map.of(version, mark));
    }
}
