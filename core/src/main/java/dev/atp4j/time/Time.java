// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.time;

import java.time.Duration;
import java.time.Instant;

/**
 * Where the library takes its time from: a wall clock, a monotonic clock and timers.
 *
 * <p>Everything that waits or measures gets one of these, so that a test can put a clock of its own in and let hours
 * pass in a moment. Implementations are thread-safe.
 */
public interface Time {

    /**
     * Returns the time of day as this machine believes it to be. It may be wrong by days and may jump.
     *
     * @return the wall clock's reading
     */
    Instant now();

    /**
     * Returns a reading of a clock that only runs forward; only differences mean something.
     *
     * @return nanoseconds since an arbitrary origin
     */
    long nanos();

    /**
     * Runs a task once, later, on a timer thread that keeps no JVM alive.
     *
     * @param delay how long to wait; zero or negative means at once
     * @param task what to run; it must be short and must not block, and what it throws is logged
     * @return a handle that can call it off
     */
    Timer after(Duration delay, Runnable task);

    /**
     * Returns the machine's own clocks, with one daemon timer thread shared by the whole JVM.
     *
     * @return the system's time
     */
    static Time system() {
        return SystemTime.INSTANCE;
    }

    /** A task waiting for its moment. */
    interface Timer {

        /** Calls the task off if it has not started. Does nothing otherwise. */
        void cancel();
    }
}
