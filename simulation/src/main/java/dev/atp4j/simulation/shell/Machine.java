// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation.shell;

import dev.atp4j.session.store.SessionRecord;
import dev.atp4j.simulation.Law;
import dev.atp4j.simulation.Violation;
import dev.atp4j.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/** A simulated process on a machine of its own: its clocks, its threads, and its chance. */
final class Machine implements Time, Executor, RandomGenerator {

    /** What the servers' clocks show when a history begins. */
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static final Duration A_LONG_TIME = Duration.ofMinutes(5);

    private final Scheduler scheduler;
    private final String name;

    /** Whether its timers ring only if they are set for a short time. */
    boolean deaf;

    private long wallClockOff;
    private long stoodStill;
    private long wakes;
    private boolean gone;

    /** When it last was stopped in the middle of its work. */
    long lastStopped = -1;

    /** Whether somebody has logged out on it. */
    boolean loggedOut;

    /** How often its store failed it. */
    int storeTroubles;

    /** The tokens of records that it tried to write. */
    final Set<String> tried = new HashSet<>();

    Machine(Scheduler scheduler, String name) {
        this.scheduler = scheduler;
        this.name = name;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    // ---- what happens to it

    /** Ends it between two of its instructions. The strand that runs, if it is one of its own, goes on to its next point. */
    void kill() {
        gone = true;
        scheduler.kill(this);
    }

    boolean gone() {
        return gone;
    }

    /** Stops it for some time: its clock goes on, and what was to happen meanwhile happens when it wakes. */
    void stop(Duration time) {
        lastStopped = scheduler.now();
        wakes = Math.max(wakes, scheduler.now() + time.toNanos());
        scheduler.at(wakes, this, () -> {});
    }

    /** Lets it sleep as laptops do: the clock that runs forward stands still. */
    void sleep(Duration time) {
        long until = scheduler.now() + time.toNanos();
        long still = Math.max(0, until - Math.max(wakes, scheduler.now()));
        scheduler.postpone(this, still);
        stoodStill += still;
        stop(time);
    }

    /** Sets its wall clock wrong. */
    void wallClock(Duration off) {
        wallClockOff = off.toNanos();
    }

    boolean awake(long now) {
        return now >= wakes;
    }

    long wakes() {
        return wakes;
    }

    private void alive() {
        if (gone) {
            throw new Killed();
        }
    }

    // ---- its clocks

    @Override
    public Instant now() {
        return START.plusNanos(scheduler.now() + wallClockOff);
    }

    @Override
    public long nanos() {
        return scheduler.now() - stoodStill;
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        alive();
        if (deaf && delay.compareTo(A_LONG_TIME) > 0) {
            return () -> {};
        }
        long due = scheduler.now() + Math.max(0, delay.toNanos());
        return scheduler.at(due, this, () -> start("timer", task))::cancel;
    }

    // ---- its threads

    @Override
    public void execute(Runnable task) {
        alive();
        start("worker", task);
        Scheduler.point("a task handed in");
    }

    /** Starts a thread. */
    Strand start(String what, Runnable task) {
        return scheduler.spawn(this, what, () -> {
            try {
                task.run();
            } catch (Violation | Killed e) {
                throw e;
            } catch (RuntimeException | Error e) {
                if (gone) {
                    throw new Killed();
                }
                throw new Violation(Law.PROGRESS, "a " + what + " failed: " + Scheduler.trace(e));
            }
        });
    }

    // ---- its chance

    @Override
    public long nextLong() {
        return (long) (nextDouble() * (1L << 62));
    }

    @Override
    public double nextDouble() {
        return scheduler.choices().dice();
    }

    @Override
    public long nextLong(long origin, long bound) {
        return origin + (long) ((bound - origin) * nextDouble());
    }

    /** Takes note of what it is about to write. */
    void tries(SessionRecord next) {
        next.content()
                .getMap("tokens")
                .flatMap(tokens -> tokens.getString("accessJwt"))
                .ifPresent(tried::add);
    }

    @Override
    public String toString() {
        return name;
    }
}
