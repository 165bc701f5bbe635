// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.store;

import dev.atp4j.time.Time;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps sessions in memory, for tests and for programs that log in at every start. Turns are given first come, first
 * served. Thread-safe.
 */
public final class MemorySessionStore implements SessionStore {

    private final ConcurrentHashMap<SessionKey, SessionRecord> records = new ConcurrentHashMap<>();
    private final Turns<SessionKey> turns;

    /** Creates an empty store. */
    public MemorySessionStore() {
        this(Time.system());
    }

    /**
     * Creates an empty store whose waits are measured by a clock of the caller's.
     *
     * @param time the clock
     */
    public MemorySessionStore(Time time) {
        turns = new Turns<>(time);
    }

    @Override
    public Optional<SessionRecord> read(SessionKey key) {
        return Optional.ofNullable(records.get(key));
    }

    @Override
    public boolean compareAndSet(SessionKey key, long expectedVersion, SessionRecord next) {
        next.requireSuccessor(key, expectedVersion);
        if (expectedVersion == 0) {
            return records.putIfAbsent(key, next) == null;
        }
        SessionRecord current = records.get(key);
        return current != null && current.version() == expectedVersion && records.replace(key, current, next);
    }

    @Override
    public boolean compareAndDelete(SessionKey key, long expectedVersion) {
        SessionRecord current = records.get(key);
        return current != null && current.version() == expectedVersion && records.remove(key, current);
    }

    @Override
    public Optional<Lease> lease(SessionKey key, Duration wait) {
        try {
            return turns.take(key, wait);
        } catch (InterruptedException e) {
            throw StoreException.interrupted(key, e);
        }
    }

    @Override
    public Set<SessionKey> keys() {
        return Set.copyOf(records.keySet());
    }

    /** Returns the number of sessions. */
    @Override
    public String toString() {
        return "MemorySessionStore[" + records.size() + " sessions]";
    }
}
