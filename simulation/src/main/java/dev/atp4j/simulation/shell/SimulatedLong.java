// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation.shell;

import java.util.function.LongBinaryOperator;

/** Stands in for {@link java.util.concurrent.atomic.AtomicLong} in rewired classes: others may run before every use. */
public final class SimulatedLong {

    private long value;

    /** Creates a zero. */
    public SimulatedLong() {}

    /**
     * Returns the value.
     *
     * @return the value
     */
    public long get() {
        Scheduler.point("a number");
        return value;
    }

    /**
     * Sets the value.
     *
     * @param next the value
     * @return the one before
     */
    public long getAndSet(long next) {
        Scheduler.point("a number");
        long before = value;
        value = next;
        return before;
    }

    /**
     * Works a number into the value.
     *
     * @param number the number
     * @param function gives the next value of the last one and the number
     * @return the new value
     */
    public long accumulateAndGet(long number, LongBinaryOperator function) {
        Scheduler.point("a number");
        value = function.applyAsLong(value, number);
        return value;
    }
}
