// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import dev.atp4j.session.store.ClaimingStore;
import dev.atp4j.session.store.SessionKey;
import dev.atp4j.session.store.SessionRecord;
import dev.atp4j.session.store.SessionStore;
import dev.atp4j.session.store.StoreException;
import dev.atp4j.session.store.StoredNote;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A process's view of a store, through which things can go wrong. Thread-safe. */
final class TroubledStore implements ClaimingStore {

    private final SessionStore store;

    /** How many reads are to fail. */
    final AtomicInteger failingReads = new AtomicInteger();

    /** How many writes are to fail. */
    final AtomicInteger failingWrites = new AtomicInteger();

    /** How many tries to watch are to fail. */
    final AtomicInteger failingWatches = new AtomicInteger();

    /** How many watches are open. */
    final AtomicInteger watches = new AtomicInteger();

    /** How often a record was read. */
    final AtomicInteger reads = new AtomicInteger();

    /** Whether those who watch are told what happens. By default they find out when they need to. */
    volatile boolean telling;

    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();

    /** How many claims are to fail. */
    final AtomicInteger failingClaims = new AtomicInteger();

    /** What is left out of a claim, as if it could not be read. */
    volatile Predicate<SessionRecord> unreadable = record -> false;

    /** Done with what was claimed, before the claimer sees it. */
    volatile Consumer<List<SessionRecord>> afterClaim = claimed -> {};

    /** How many leases are to be had by others all the time. */
    final AtomicInteger busyLeases = new AtomicInteger();

    /** Whether everybody gets a turn at once. */
    volatile boolean lockless;

    /** Done whenever a lease was given back. */
    volatile Runnable afterLease = () -> {};

    /** Brings the keys into the order in which they are listed. */
    volatile UnaryOperator<List<SessionKey>> listed = keys -> keys;

    /** Looks at what is about to be written; the process dies if it says so. */
    volatile Predicate<SessionRecord> deadly = record -> false;

    /** Done before a note is written. */
    volatile Runnable beforeNote = () -> {};

    /** Done whenever a record was read, before the reader has it. */
    volatile Runnable afterRead = () -> {};

    /** Done whenever a record was written. */
    volatile Consumer<SessionRecord> afterWrite = record -> {};

    /** The turn that was given last. */
    private volatile @Nullable Turn last;

    TroubledStore(SessionStore store) {
        this.store = store;
    }

    /** What a process that was killed throws, so that nothing of it goes on. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private static void trouble(AtomicInteger failing) {
        if (failing.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            throw new StoreException(StoreException.Kind.UNAVAILABLE, "no space left on device", null);
        }
    }

    @Override
    public Optional<SessionRecord> read(SessionKey key) {
        reads.incrementAndGet();
        trouble(failingReads);
        Optional<SessionRecord> record = store.read(key);
        afterRead.run();
        return record;
    }

    @Override
    public boolean compareAndSet(SessionKey key, long expectedVersion, SessionRecord next) {
        if (deadly.test(next)) {
            throw new Killed();
        }
        trouble(failingWrites);
        boolean written = store.compareAndSet(key, expectedVersion, next);
        afterWrite.accept(next);
        return written;
    }

    @Override
    public boolean compareAndDelete(SessionKey key, long expectedVersion) {
        trouble(failingWrites);
        return store.compareAndDelete(key, expectedVersion);
    }

    @Override
    public Optional<Lease> lease(SessionKey key, Duration wait) {
        if (busyLeases.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            return Optional.empty();
        }
        if (lockless) {
            return Optional.of(new Turn(null));
        }
        return store.lease(key, wait).map(Turn::new);
    }

    /** Ends the turn that was given last, as if its holder had not been heard of for too long. */
    void loseLease() {
        Turn lost = last;
        if (lost != null && lost.lease != null) {
            lost.lease.close();
        }
    }

    private final class Turn implements Lease {

        private final @Nullable Lease lease;

        Turn(@Nullable Lease lease) {
            this.lease = lease;
            last = this;
        }

        @Override
        public boolean held() {
            return lease == null || lease.held();
        }

        @Override
        public void close() {
            if (lease != null) {
                lease.close();
                afterLease.run();
            }
        }
    }

    @Override
    public Stream<SessionKey> keys() {
        trouble(failingReads);
        try (Stream<SessionKey> keys = store.keys()) {
            return listed.apply(keys.toList()).stream();
        }
    }

    @Override
    public Optional<StoredNote> note(String name) {
        trouble(failingReads);
        return store.note(name);
    }

    @Override
    public boolean compareAndSetNote(long expectedVersion, StoredNote next) {
        beforeNote.run();
        trouble(failingWrites);
        return store.compareAndSetNote(expectedVersion, next);
    }

    @Override
    public Instant now() {
        return store.now();
    }

    @Override
    public Watch watch(Watcher watcher) {
        trouble(failingWatches);
        Watch watch = store.watch(new Watcher() {
            @Override
            public void changed(SessionKey key, long version) {
                if (telling) {
                    watcher.changed(key, version);
                }
            }

            @Override
            public void missed() {
                watcher.missed();
            }
        });
        watches.incrementAndGet();
        watchers.add(watcher);
        return () -> {
            watches.decrementAndGet();
            watchers.remove(watcher);
            watch.close();
        };
    }

    /** Tells those who watch that something may have escaped them. */
    void missed() {
        watchers.forEach(Watcher::missed);
    }

    @Override
    public List<SessionRecord> claimDue(int most, Duration hold) {
        trouble(failingClaims);
        List<SessionRecord> claimed = ((ClaimingStore) store)
                .claimDue(most, hold).stream().filter(unreadable.negate()).toList();
        afterClaim.accept(claimed);
        return claimed;
    }
}
