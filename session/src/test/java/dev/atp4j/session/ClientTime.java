// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import dev.atp4j.pds.VirtualTime;
import dev.atp4j.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A virtual time that can tell when somebody has gone to wait for something that is due soon. Thread-safe. */
final class ClientTime implements Time {

    private static final long PATIENCE_SECONDS = 30;

    private final VirtualTime time;
    private volatile Duration wallClockOffset = Duration.ZERO;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Ticket, Long> pending = new HashMap<>();

    ClientTime(VirtualTime time) {
        this.time = time;
    }

    private static final class Ticket {
        private boolean over;
    }

    @Override
    public Instant now() {
        return time.now().plus(wallClockOffset);
    }

    @Override
    public long nanos() {
        return time.nanos();
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        var ticket = new Ticket();
        long due = nanos() + delay.toNanos();
        Timer timer = time.after(delay, () -> {
            end(ticket);
            task.run();
        });
        lock.lock();
        try {
            if (!ticket.over) {
                pending.put(ticket, due);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
        return () -> {
            timer.cancel();
            end(ticket);
        };
    }

    private void end(Ticket ticket) {
        lock.lock();
        try {
            ticket.over = true;
            pending.remove(ticket);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until so many timers are set. */
    void awaitTimers(int count) {
        await(count, Duration.ofDays(365));
    }

    /** Waits until a timer is set that is due within this time. */
    void awaitTimerWithin(Duration soon) {
        await(1, soon);
    }

    /** Waits until so many timers are set that are due within this time. */
    void await(int count, Duration soon) {
        lock.lock();
        try {
            long left = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (due(soon) < count) {
                if (left <= 0) {
                    throw new IllegalStateException("still " + due(soon) + " timers instead of " + count);
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            lock.unlock();
        }
    }

    /** Returns how many timers are set that are due within this time. */
    long due(Duration soon) {
        lock.lock();
        try {
            long until = nanos() + soon.toNanos();
            return pending.values().stream().filter(due -> due <= until).count();
        } finally {
            lock.unlock();
        }
    }

    /** Sets the wall clock wrong, and nothing else. */
    void jump(Duration by) {
        wallClockOffset = by;
    }

    /** Lets time pass. */
    void advance(Duration by) {
        time.advance(by);
    }

    /** Waits until a timer is set that is due within this time, and lets the time pass. */
    void pass(Duration soon) {
        awaitTimerWithin(soon);
        advance(soon);
    }
}
