// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What went over the wire: one entry per call, written when its answer is known and before it is sent. Thread-safe.
 *
 * <p>It keeps the newest {@value #KEPT} entries; counts go on beyond that.
 */
public final class Journal {

    /** How many entries are kept. */
    public static final int KEPT = 100_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private final Map<String, Integer> counts = new TreeMap<>();

    /** Creates an empty journal. */
    Journal() {}

    /**
     * One call.
     *
     * @param nsid the method, such as {@code com.atproto.server.getSession}; the path for what is no XRPC call
     * @param status the status that was sent, or 0 if the connection was reset without an answer
     * @param at when, by the server's clock
     * @param account the DID that the call's token or answer speaks of, or null; it is not verified
     * @param tokenHash the first 16 hexadecimal digits of the SHA-256 of the call's bearer token, or null without one
     * @param side which server it came to
     * @param faulted whether a {@link Fault} had a hand in it
     */
    public record Entry(
            String nsid,
            int status,
            Instant at,
            @Nullable String account,
            @Nullable String tokenHash,
            Side side,
            boolean faulted) {}

    void add(Entry entry) {
        lock.lock();
        try {
            if (entries.size() == KEPT) {
                entries.removeFirst();
            }
            entries.addLast(entry);
            counts.merge(entry.nsid(), 1, Integer::sum);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns all entries that are kept.
     *
     * @return an immutable copy, oldest first
     */
    public List<Entry> entries() {
        lock.lock();
        try {
            return List.copyOf(entries);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns the entries of one method.
     *
     * @param nsid the method
     * @return an immutable copy, oldest first
     */
    public List<Entry> entries(String nsid) {
        return entries().stream().filter(entry -> entry.nsid().equals(nsid)).toList();
    }

    /**
     * Returns how often a method was called since the start or the last {@link #clear()}.
     *
     * @param nsid the method
     * @return the number of calls, whatever their outcome
     */
    public int count(String nsid) {
        lock.lock();
        try {
            return counts.getOrDefault(nsid, 0);
        } finally {
            lock.unlock();
        }
    }

    /** Forgets everything. */
    public void clear() {
        lock.lock();
        try {
            entries.clear();
            counts.clear();
        } finally {
            lock.unlock();
        }
    }
}
