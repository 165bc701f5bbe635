// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

/**
 * A piece of work on a session, as a state machine: it says what it wants done, gets told what became of it, and so on
 * until it is done. Immutable and pure: the same events at the same times give the same steps.
 *
 * <p>Whoever runs a flow holds the store's lease for the session meanwhile, unless the store is down.
 */
public sealed interface Flow permits OpenFlow, RefreshFlow, HealFlow, LogoutFlow, SaveFlow {

    /** Returns the first step. */
    Step begin();

    /** Returns the step after this event. */
    Step on(Event event, Now now);

    /** Tells whether this flow has to have its turn first, even if others keep it for long. */
    default boolean waitsItsTurn() {
        return true;
    }
}
