// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The machine's clocks. */
final class SystemTime implements Time {

    static final SystemTime INSTANCE = new SystemTime();

    private static final System.Logger LOG = System.getLogger(SystemTime.class.getName());

    /** More than the executor can count, and than any process lives. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    /** Loaded, and its thread started, only when the first timer is set. */
    private static final class Timers {
        static final ScheduledThreadPoolExecutor EXECUTOR = create();

        private static ScheduledThreadPoolExecutor create() {
            var executor = new ScheduledThreadPoolExecutor(1, task -> {
                var thread = new Thread(task, "atp4j-timer");
                thread.setDaemon(true);
                // It outlives whoever sets the first timer, and must not hold that one's classes.
                thread.setContextClassLoader(null);
                return thread;
            });
            // A called-off timer must not keep what it refers to in memory until its time.
            executor.setRemoveOnCancelPolicy(true);
            return executor;
        }
    }

    private SystemTime() {}

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        var scheduled = Timers.EXECUTOR.schedule(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException | Error e) {
                        LOG.log(System.Logger.Level.ERROR, "a timer task failed", e);
                    }
                    return true; // as a Callable, which takes one object less than a Runnable
                },
                nanos(delay),
                TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }

    private static long nanos(Duration delay) {
        if (delay.isNegative()) {
            return 0;
        }
        return delay.compareTo(LONGEST) < 0 ? delay.toNanos() : LONGEST.toNanos();
    }
}
