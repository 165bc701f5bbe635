// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.processes;

import dev.atp4j.session.store.SessionKey;
import dev.atp4j.session.store.SessionRecord;
import dev.atp4j.session.store.SessionStore;
import dev.atp4j.session.store.StoreException;
import dev.atp4j.session.store.StoredNote;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A worker's view of the store, through which a test makes things go wrong at one exact point. Thread-safe. */
final class TroubledStore implements SessionStore {

    private final SessionStore store;
    private final Runnable stopped;
    private final Points points;
    private final boolean deaf;

    /** How many reads are to fail. */
    final AtomicInteger failingReads = new AtomicInteger();

    /** Whether nothing gets through. */
    volatile boolean down;

    /** How many writes from now on the process stops before; 0 for none. */
    final AtomicInteger stopBeforeWrite = new AtomicInteger();

    /** How many writes from now on the process stops after. */
    final AtomicInteger stopAfterWrite = new AtomicInteger();

    /** Whether everybody gets a turn at once. */
    volatile boolean lockless;

    /**
     * Makes a view.
     *
     * @param stopped is told when the process has stopped at a write, to wait there for its end
     * @param points where it may be stopped besides
     * @param deaf whether the process hears nothing of what others write
     */
    TroubledStore(SessionStore store, Runnable stopped, Points points, boolean deaf) {
        this.store = store;
        this.stopped = stopped;
        this.points = points;
        this.deaf = deaf;
    }

    private static boolean reached(AtomicInteger countdown) {
        return countdown.getAndUpdate(n -> Math.max(0, n - 1)) == 1;
    }

    private void stopAt(AtomicInteger countdown) {
        if (reached(countdown)) {
            stopped.run();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new IllegalStateException("a stopped process goes on", e);
            }
        }
    }

    private void reach() {
        if (down) {
            throw new StoreException(StoreException.Kind.UNAVAILABLE, "the store is down on purpose", null);
        }
    }

    private void look() {
        reach();
        if (failingReads.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            throw new StoreException(StoreException.Kind.UNAVAILABLE, "this reading fails on purpose", null);
        }
    }

    @Override
    public Optional<SessionRecord> read(SessionKey key) {
        look();
        return points.around("read", () -> store.read(key));
    }

    @Override
    public boolean compareAndSet(SessionKey key, long expectedVersion, SessionRecord next) {
        reach();
        stopAt(stopBeforeWrite);
        boolean written = points.around("write", () -> store.compareAndSet(key, expectedVersion, next));
        stopAt(stopAfterWrite);
        return written;
    }

    @Override
    public boolean compareAndDelete(SessionKey key, long expectedVersion) {
        reach();
        return store.compareAndDelete(key, expectedVersion);
    }

    @Override
    public Optional<Lease> lease(SessionKey key, Duration wait) {
        reach();
        return lockless
                ? Optional.of(new NoLease())
                : points.around("lease", () -> store.lease(key, wait)).map(PointedLease::new);
    }

    private final class PointedLease implements Lease {

        private final Lease lease;

        PointedLease(Lease lease) {
            this.lease = lease;
        }

        @Override
        public boolean held() {
            return lease.held();
        }

        @Override
        public void close() {
            points.around("release", () -> {
                lease.close();
                return true;
            });
        }
    }

    private record NoLease() implements Lease {
        @Override
        public boolean held() {
            return true;
        }

        @Override
        public void close() {}
    }

    @Override
    public Stream<SessionKey> keys() {
        look();
        return store.keys();
    }

    @Override
    public Optional<StoredNote> note(String name) {
        look();
        return store.note(name);
    }

    @Override
    public boolean compareAndSetNote(long expectedVersion, StoredNote next) {
        reach();
        return store.compareAndSetNote(expectedVersion, next);
    }

    @Override
    public Instant now() {
        reach();
        return store.now();
    }

    @Override
    public Watch watch(Watcher watcher) {
        return deaf ? () -> {} : store.watch(watcher);
    }

    @Override
    public void close() {
        store.close();
    }
}
