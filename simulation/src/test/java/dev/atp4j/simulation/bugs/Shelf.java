// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation.bugs;

import dev.atp4j.session.kernel.SessionState;
import dev.atp4j.session.kernel.Status;
import org.jspecify.annotations.Nullable;

/** How a store is. */
public enum Shelf {
    /** As it should be. */
    SOUND,
    /** It writes without comparing. */
    NEVER_COMPARES,
    /** It writes deaths without comparing. */
    NEVER_COMPARES_DEATHS,
    /** It gives the lease to everybody. */
    NO_TURNS,
    /** It does not tell the holder of a lease that it is lost. */
    TELLS_NO_LOSS,
    /** It keeps the leases of processes that were killed. */
    KEEPS_LEASES;

    /** Tells whether a record may take the place of another one. */
    public boolean takes(@Nullable SessionState old, SessionState next) {
        return this == NEVER_COMPARES
                || this == NEVER_COMPARES_DEATHS && next.status() == Status.DEAD
                || next.version() == (old == null ? 0 : old.version()) + 1;
    }
}
