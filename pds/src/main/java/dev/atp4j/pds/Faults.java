// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The faults that wait for their calls, first in, first out. Thread-safe.
 *
 * <p>A call meets at most one fault: the oldest that concerns it and has skipped the calls it was told to skip.
 */
public final class Faults {

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Pending> pending = new ArrayList<>();
    private volatile boolean none = true;

    /** Creates an empty queue. */
    Faults() {}

    /**
     * Adds a fault at the end of the queue.
     *
     * @param fault what shall go wrong
     */
    public void add(Fault fault) {
        lock.lock();
        try {
            pending.add(new Pending(fault));
            none = false;
        } finally {
            lock.unlock();
        }
    }

    /** Removes all faults. Calls that are held stay held. */
    public void clear() {
        lock.lock();
        try {
            pending.clear();
            none = true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns the faults that have not been used up.
     *
     * @return an immutable copy, oldest first
     */
    public List<Fault> pending() {
        lock.lock();
        try {
            return pending.stream().map(waiting -> waiting.fault).toList();
        } finally {
            lock.unlock();
        }
    }

    /** Takes the fault that this call meets. */
    Optional<Fault> take(String name) {
        if (none) {
            return Optional.empty();
        }
        lock.lock();
        try {
            for (Iterator<Pending> each = pending.iterator(); each.hasNext(); ) {
                Pending next = each.next();
                if (next.fault.concerns(name) && !next.skip()) {
                    if (next.usedUp()) {
                        each.remove();
                        none = pending.isEmpty();
                    }
                    return Optional.of(next.fault);
                }
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** A fault and how far it has come. Guarded by the lock. */
    private static final class Pending {

        final Fault fault;
        private int toSkip;
        private int left;

        Pending(Fault fault) {
            this.fault = fault;
            this.toSkip = fault.skipped();
            this.left = fault.times();
        }

        boolean skip() {
            return toSkip > 0 && toSkip-- > 0;
        }

        boolean usedUp() {
            return left != Integer.MAX_VALUE && --left <= 0;
        }
    }
}
