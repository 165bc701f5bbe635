// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation.shell;

import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A thread of a simulated process. It runs only while it has the baton. */
final class Strand {

    final Machine machine;
    final String name;
    final Runnable task;

    /** Gets a permit when this strand is to go on. */
    final Semaphore baton = new Semaphore(0);

    /** What this strand waits for, or null if nothing keeps it from going on. */
    @Nullable
    BooleanSupplier awaited;

    /** What that is, for people. */
    String where = "the start";

    @Nullable
    Thread thread;

    boolean killed;
    boolean over;

    /** Who waits until this strand has unwound, or null. */
    @Nullable
    Strand reaper;

    /** The simulated locks that this strand has at the moment. */
    int locks;

    /** What became of a wish for a turn at the store. */
    enum Turn {
        GIVEN,
        DENIED,
        FAILED
    }

    /** What became of its last wish for a turn at the store. */
    Turn turn = Turn.DENIED;

    /** When it last made sure that it still has its turn. */
    long checked = -1;

    /** Whether the store ever failed it. */
    boolean storeFailed;

    Strand(Machine machine, String name, Runnable task) {
        this.machine = machine;
        this.name = name;
        this.task = task;
    }

    boolean ready(long now) {
        return !over && machine.awake(now) && (awaited == null || awaited.getAsBoolean());
    }

    @Override
    public String toString() {
        return machine + "/" + name;
    }
}
