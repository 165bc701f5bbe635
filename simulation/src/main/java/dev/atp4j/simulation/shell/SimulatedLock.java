// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation.shell;

import org.jspecify.annotations.Nullable;

/**
 * Stands in for {@link java.util.concurrent.locks.ReentrantLock} in rewired classes. Whoever asks first need not get it first,
 * as with the real one.
 */
public final class SimulatedLock {

    private @Nullable Strand owner;
    private int holds;

    /** Creates a lock that nobody has. */
    public SimulatedLock() {}

    /** Takes the lock, and waits for it if somebody else has it. */
    public void lock() {
        Strand me = Scheduler.here();
        if (owner != me) {
            Scheduler.point("a lock");
            Scheduler.current().await("a lock", () -> owner == null);
        }
        take(me);
    }

    /**
     * Takes the lock if nobody else has it.
     *
     * @return whether it was taken
     */
    public boolean tryLock() {
        Strand me = Scheduler.here();
        Scheduler.point("a lock");
        if (owner != null && owner != me) {
            return false;
        }
        take(me);
        return true;
    }

    private void take(Strand me) {
        owner = me;
        holds++;
        me.locks++;
    }

    /** Gives the lock back. */
    public void unlock() {
        Strand me = Scheduler.here();
        if (owner != me) {
            if (me.killed) {
                return;
            }
            throw new IllegalMonitorStateException("unlocked by " + me + " and held by " + owner);
        }
        me.locks--;
        if (--holds == 0) {
            owner = null;
            if (!me.killed) {
                Scheduler.point("a lock given back");
            }
        }
    }

    /**
     * Tells whether anybody has the lock.
     *
     * @return true if so
     */
    public boolean isLocked() {
        Scheduler.point("a look at a lock");
        return owner != null;
    }
}
