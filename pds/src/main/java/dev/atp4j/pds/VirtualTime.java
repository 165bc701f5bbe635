// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds;

import dev.atp4j.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A clock in the hand of the test: hours pass when {@link #advance} is called.
 *
 * <p>Either it stands still in between ({@link #stopped()}), or it runs with the machine's clock and can be pushed
 * ahead of it ({@link #running()}). Wall clock, monotonic clock and timers always move together. Thread-safe.
 */
public final class VirtualTime implements Time {

    /** Where a stopped clock starts unless told otherwise: 2026-01-01T00:00:00Z. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static final System.Logger LOG = System.getLogger(VirtualTime.class.getName());
    private static final long PATIENCE_SECONDS = 30;

    private final Instant origin;
    private final boolean running;
    private final long started = System.nanoTime();

    /** Guards the fields below. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition timerSet = lock.newCondition();
    private final PriorityQueue<Waiting> timers = new PriorityQueue<>();
    private long pushed;
    private long sequence;

    /** Held while timers run, so that they run in order even if several threads advance the clock. */
    private final ReentrantLock turn = new ReentrantLock();

    private VirtualTime(Instant origin, boolean running) {
        this.origin = origin;
        this.running = running;
    }

    /**
     * Returns a clock that stands still at {@link #START} until it is advanced.
     *
     * @return a new clock
     */
    public static VirtualTime stopped() {
        return stoppedAt(START);
    }

    /**
     * Returns a clock that stands still until it is advanced.
     *
     * @param start what it shows first
     * @return a new clock
     */
    public static VirtualTime stoppedAt(Instant start) {
        return new VirtualTime(start, false);
    }

    /**
     * Returns a clock that shows the machine's time and runs with it; advancing pushes it ahead.
     *
     * @return a new clock
     */
    public static VirtualTime running() {
        return new VirtualTime(Time.system().now(), true);
    }

    @Override
    public Instant now() {
        return origin.plusNanos(nanos());
    }

    @Override
    public long nanos() {
        lock.lock();
        try {
            return elapsed();
        } finally {
            lock.unlock();
        }
    }

    private long elapsed() {
        return running ? pushed + System.nanoTime() - started : pushed;
    }

    /**
     * Runs a task once, later. On a stopped clock it runs in the thread that advances the clock far enough, with the
     * clock showing the moment it was due; a task without delay runs at once on a daemon thread.
     */
    @Override
    public Timer after(Duration delay, Runnable task) {
        if (delay.isZero() || delay.isNegative()) {
            return Time.system().after(Duration.ZERO, task);
        }
        Waiting waiting;
        lock.lock();
        try {
            waiting = new Waiting(elapsed() + delay.toNanos(), sequence++, task);
            timers.add(waiting);
            timerSet.signalAll();
        } finally {
            lock.unlock();
        }
        Timer alarm = running ? Time.system().after(delay, this::runDue) : () -> {};
        return () -> {
            alarm.cancel();
            remove(waiting);
        };
    }

    private void remove(Waiting waiting) {
        lock.lock();
        try {
            timers.remove(waiting);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lets time pass. Returns when every timer that has become due, also those set meanwhile, has run.
     *
     * @param by how long; not negative
     * @throws IllegalArgumentException if the duration is negative
     */
    public void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("time does not go back");
        }
        turn.lock();
        try {
            long target = nanos() + by.toNanos();
            runUntil(target);
            push(target);
        } finally {
            turn.unlock();
        }
    }

    /**
     * Lets time pass until the next timer is due, and runs it.
     *
     * @return how much time has passed
     * @throws IllegalStateException if no timer is set
     */
    public Duration advanceToNextTimer() {
        Duration next = nextTimer().orElseThrow(() -> new IllegalStateException("no timer is set"));
        advance(next);
        return next;
    }

    private void runDue() {
        turn.lock();
        try {
            runUntil(nanos());
        } finally {
            turn.unlock();
        }
    }

    private void runUntil(long target) {
        for (Waiting next = poll(target); next != null; next = poll(target)) {
            push(next.due);
            try {
                next.task.run();
            } catch (RuntimeException | Error e) {
                LOG.log(System.Logger.Level.ERROR, "a timer task failed", e);
            }
        }
    }

    private @Nullable Waiting poll(long target) {
        lock.lock();
        try {
            Waiting next = timers.peek();
            return next != null && next.due <= target ? timers.poll() : null;
        } finally {
            lock.unlock();
        }
    }

    /** Moves the clock ahead to this reading, unless it has got there by itself. */
    private void push(long reading) {
        lock.lock();
        try {
            pushed += Math.max(0, reading - elapsed());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns how many timers are set.
     *
     * @return the number of timers that have neither run nor been called off
     */
    public int timers() {
        lock.lock();
        try {
            return timers.size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns how long it is until the next timer is due.
     *
     * @return the time that has to pass, or empty if no timer is set
     */
    public Optional<Duration> nextTimer() {
        lock.lock();
        try {
            return Optional.ofNullable(timers.peek()).map(next -> Duration.ofNanos(Math.max(0, next.due - elapsed())));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until so many timers are set: the way to know that another thread has gone to wait.
     *
     * @param count how many there must be at least
     * @throws IllegalStateException if it takes more than thirty seconds of real time, or the thread is interrupted
     */
    public void awaitTimers(int count) {
        lock.lock();
        try {
            long left = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (timers.size() < count) {
                if (left <= 0) {
                    throw new IllegalStateException("still " + timers.size() + " timers instead of " + count);
                }
                left = timerSet.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns this time as a machine with a wrong wall clock sees it: the same monotonic clock and timers.
     *
     * @param offset how far its wall clock is ahead; negative if it is behind
     * @return a view of this time
     */
    public Time skewed(Duration offset) {
        return new Skewed(this, offset);
    }

    private record Skewed(VirtualTime time, Duration offset) implements Time {
        @Override
        public Instant now() {
            return time.now().plus(offset);
        }

        @Override
        public long nanos() {
            return time.nanos();
        }

        @Override
        public Timer after(Duration delay, Runnable task) {
            return time.after(delay, task);
        }
    }

    /** A timer; the queue orders by moment, then by order of setting. */
    private static final class Waiting implements Comparable<Waiting> {
        final long due;
        final long sequence;
        final Runnable task;

        Waiting(long due, long sequence, Runnable task) {
            this.due = due;
            this.sequence = sequence;
            this.task = task;
        }

        @Override
        public int compareTo(Waiting other) {
            return due != other.due ? Long.compare(due, other.due) : Long.compare(sequence, other.sequence);
        }
    }
}
