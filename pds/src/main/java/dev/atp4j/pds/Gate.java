// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A gate that holds calls back until the test opens it, for exact interleavings without sleeping. Thread-safe.
 *
 * <p>Once open it stays open.
 */
public final class Gate {

    private static final long PATIENCE_SECONDS = 30;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int arrivals;
    private boolean open;

    /** Creates a closed gate. */
    public Gate() {}

    /** Lets everybody through, now and later. */
    public void open() {
        lock.lock();
        try {
            open = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns how many calls have come to the gate so far.
     *
     * @return the number of calls, whether they are still held or not
     */
    public int arrivals() {
        lock.lock();
        try {
            return arrivals;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until so many calls have come to the gate.
     *
     * @param count how many there must be at least
     * @throws IllegalStateException if it takes more than thirty seconds, or the thread is interrupted
     */
    public void awaitArrivals(int count) {
        lock.lock();
        try {
            long left = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (arrivals < count) {
                if (left <= 0) {
                    throw new IllegalStateException("still " + arrivals + " calls instead of " + count);
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            lock.unlock();
        }
    }

    /** Comes to the gate and waits until it is open. */
    void pass() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            arrivals++;
            changed.signalAll();
            while (!open) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }
}
