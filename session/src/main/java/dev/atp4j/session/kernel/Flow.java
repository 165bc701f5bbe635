// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

import org.jspecify.annotations.Nullable;

/**
 * A piece of work on a session, as a state machine: it says what it wants done, gets told what became of it, and so on
 * until it is done. Immutable and pure: the same events at the same times give the same steps.
 *
 * <p>Whoever runs a flow holds the store's lease for the session meanwhile, as the flow's {@link #turn()} says, unless the
 * store is down. A lease can be lost: then nothing is sent that two must not send, and the flow ends with
 * {@link Outcome.TurnLost}.
 */
public sealed interface Flow permits OpenFlow, RefreshFlow, AdoptFlow, LogoutFlow, SaveFlow {

    /** Returns the first step. */
    Step begin();

    /** Returns the step after this event. */
    Step on(Event event, Now now);

    /** Tells what this flow wants of the store's lease. */
    default Turn turn() {
        return Turn.NEEDED;
    }

    /**
     * Returns what may settle the matter while others have the turn: a flow that needs none. It is run again and again
     * until the turn comes, or it ends with {@link Outcome.Current} or {@link Outcome.Over}; that is then this flow's end.
     *
     * @return the flow, or null if nothing but the turn helps
     */
    default @Nullable Flow meanwhile() {
        return null;
    }
}
