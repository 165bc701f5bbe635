// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import dev.atp4j.session.store.SessionKey;
import dev.atp4j.session.store.SessionRecord;
import dev.atp4j.session.store.SessionStore;
import dev.atp4j.session.store.StoreException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** A process's view of a store, through which things can go wrong. Thread-safe. */
final class TroubledStore implements SessionStore {

    private final SessionStore store;

    /** How many reads are to fail. */
    final AtomicInteger failingReads = new AtomicInteger();

    /** How many writes are to fail. */
    final AtomicInteger failingWrites = new AtomicInteger();

    /** How many leases are to be had by others all the time. */
    final AtomicInteger busyLeases = new AtomicInteger();

    /** Whether everybody gets a turn at once. */
    volatile boolean lockless;

    /** Done whenever a lease was given back. */
    volatile Runnable afterLease = () -> {};

    /** Looks at what is about to be written; the process dies if it says so. */
    volatile Predicate<SessionRecord> deadly = record -> false;

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
        trouble(failingReads);
        return store.read(key);
    }

    @Override
    public boolean compareAndSet(SessionKey key, long expectedVersion, SessionRecord next) {
        if (deadly.test(next)) {
            throw new Killed();
        }
        trouble(failingWrites);
        return store.compareAndSet(key, expectedVersion, next);
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
            return Optional.of(() -> {});
        }
        return store.lease(key, wait).map(lease -> () -> {
            lease.close();
            afterLease.run();
        });
    }

    @Override
    public Set<SessionKey> keys() {
        trouble(failingReads);
        return store.keys();
    }
}
