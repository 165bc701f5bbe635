// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation.small;

/** What goes wrong, once, anywhere. */
enum Fault {
    /** A request never arrives, and nobody says so. */
    REQUEST_LOST,
    /** A request does its work, and its answer is lost. */
    ANSWER_LOST,
    /** A request is given up, and arrives some time later. */
    REQUEST_LATE,
    /** The server answers that it is busy. */
    BUSY,
    /** The store can't be read. */
    READ_FAILS,
    /** The store can't be written. */
    WRITE_FAILS,
    /** The store says that it failed, and has written. */
    WRITE_FAILS_LATE,
    /** The store gives out no lease, and says so. */
    LEASE_FAILS,
    /** The holder of the lease loses it without noticing. */
    LEASE_LOST,
    /** A process is killed. It is started again some time. */
    KILLED;

    boolean ofTheStore() {
        return this == READ_FAILS || this == WRITE_FAILS || this == WRITE_FAILS_LATE || this == LEASE_FAILS;
    }

    /** Tells whether two may be at work at the same time after it. */
    boolean ofTheTurn() {
        return this == LEASE_FAILS || this == LEASE_LOST;
    }
}
