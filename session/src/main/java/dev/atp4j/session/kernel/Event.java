// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What became of an {@link Effect}. */
public sealed interface Event {

    /**
     * The store was read.
     *
     * @param stored what it holds, or null if it holds nothing
     */
    record Loaded(@Nullable SessionState stored) implements Event {}

    /**
     * The store answered a write.
     *
     * @param won false if it holds another version than the one to be replaced
     */
    record Wrote(boolean won) implements Event {}

    /** The store could not be read or written; a write may have happened. */
    record StoreFailed(String why) implements Event {}

    /**
     * refreshSession was called.
     *
     * @param verdict what the answer means
     * @param pds the account's server according to the answer's DID document, or null
     */
    record Refreshed(RefreshVerdict verdict, @Nullable URI pds) implements Event {}

    /** refreshSession was not called, because the store's lease was lost meanwhile: it may be somebody else's turn. */
    record TurnLost() implements Event {}

    /** deleteSession was called. */
    record Deleted(DeleteVerdict verdict) implements Event {}

    /** The account's DID document was fetched. */
    record Resolved(Residence residence) implements Event {}

    /** The time has passed. */
    record Paused() implements Event {}

    /** Where an account lives, compared with where its session believes it to live. */
    enum Residence {
        /** Where the session believes it to live. */
        HERE,
        /** Somewhere else. */
        ELSEWHERE,
        /** Nowhere: the DID has no document any more. */
        NOWHERE,
        /** That could not be found out. */
        UNKNOWN
    }
}
