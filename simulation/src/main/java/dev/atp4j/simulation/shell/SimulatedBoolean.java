// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation.shell;

/** Stands in for {@link java.util.concurrent.atomic.AtomicBoolean} in rewired classes: others may run before every use. */
public final class SimulatedBoolean {

    private boolean value;

    /** Creates one that is false. */
    public SimulatedBoolean() {}

    /**
     * Returns the value.
     *
     * @return the value
     */
    public boolean get() {
        Scheduler.point("a flag");
        return value;
    }

    /**
     * Sets the value.
     *
     * @param next the value
     */
    public void set(boolean next) {
        Scheduler.point("a flag");
        value = next;
    }

    /**
     * Sets the value.
     *
     * @param next the value
     * @return the one before
     */
    public boolean getAndSet(boolean next) {
        Scheduler.point("a flag");
        boolean before = value;
        value = next;
        return before;
    }

    /**
     * Sets the value if it is what the caller thinks.
     *
     * @param expected what it must be
     * @param next the value
     * @return whether it was set
     */
    public boolean compareAndSet(boolean expected, boolean next) {
        Scheduler.point("a flag");
        if (value != expected) {
            return false;
        }
        value = next;
        return true;
    }
}
