// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.store;

import dev.atp4j.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps sessions in memory, for tests and for programs that log in at every start. Turns are given first come, first
 * served. Thread-safe.
 */
public final class MemorySessionStore implements ClaimingStore {

    /** A record, and when it is due by the monotonic clock; null if it never is. */
    private record Entry(SessionRecord stored, @Nullable Long due) {}

    private final Time time;
    private final ConcurrentHashMap<SessionKey, Entry> records = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, StoredNote> notes = new ConcurrentHashMap<>();
    private final CopyOnWriteArrayList<Watcher> watchers = new CopyOnWriteArrayList<>();
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
        this.time = time;
        this.turns = new Turns<>(time);
    }

    @Override
    public Optional<SessionRecord> read(SessionKey key) {
        return Optional.ofNullable(records.get(key)).map(Entry::stored);
    }

    @Override
    public boolean compareAndSet(SessionKey key, long expectedVersion, SessionRecord next) {
        next.requireSuccessor(key, expectedVersion);
        var entry = new Entry(
                next, next.due().map(due -> time.nanos() + due.toNanos()).orElse(null));
        return replace(key, expectedVersion, entry, next.version());
    }

    @Override
    public boolean compareAndDelete(SessionKey key, long expectedVersion) {
        return expectedVersion > 0 && replace(key, expectedVersion, null, 0);
    }

    /** Puts another entry in place of one of this version; a claim meanwhile is no other version. */
    private boolean replace(SessionKey key, long expectedVersion, @Nullable Entry next, long told) {
        boolean[] replaced = {false};
        records.compute(key, (k, current) -> {
            replaced[0] = version(current) == expectedVersion;
            return replaced[0] ? next : current;
        });
        if (replaced[0]) {
            watchers.forEach(watcher -> watcher.changed(key, told));
        }
        return replaced[0];
    }

    private static long version(@Nullable Entry entry) {
        return entry == null ? 0 : entry.stored().version();
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
    public Stream<SessionKey> keys() {
        return List.copyOf(records.keySet()).stream();
    }

    @Override
    public Optional<StoredNote> note(String name) {
        return Optional.ofNullable(notes.get(StoredNote.requireName(name)));
    }

    @Override
    public boolean compareAndSetNote(long expectedVersion, StoredNote next) {
        next.requireSuccessor(expectedVersion);
        if (expectedVersion == 0) {
            return notes.putIfAbsent(next.name(), next) == null;
        }
        StoredNote current = notes.get(next.name());
        return current != null && current.version() == expectedVersion && notes.replace(next.name(), current, next);
    }

    @Override
    public Instant now() {
        return time.now();
    }

    @Override
    public Watch watch(Watcher watcher) {
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
    }

    @Override
    public List<SessionRecord> claimDue(int most, Duration hold) {
        long now = time.nanos();
        List<Entry> overdue = records.values().stream()
                .filter(entry -> entry.due() != null && entry.due() - now <= 0)
                .sorted(Comparator.comparingLong(entry -> entry.due() == null ? 0 : entry.due() - now))
                .toList();
        List<SessionRecord> claimed = new ArrayList<>();
        for (Entry entry : overdue) {
            var held = new Entry(entry.stored(), now + Turns.bounded(hold).toNanos());
            if (claimed.size() < most && records.replace(entry.stored().key(), entry, held)) {
                claimed.add(entry.stored());
            }
        }
        return claimed;
    }

    /** Returns the number of sessions. */
    @Override
    public String toString() {
        return "MemorySessionStore[" + records.size() + " sessions]";
    }
}
