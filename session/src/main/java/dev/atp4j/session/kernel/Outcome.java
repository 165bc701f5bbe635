// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

import dev.atp4j.Secret;
import dev.atp4j.session.store.EndReason;
import java.time.Duration;

/** How a flow ended. The state that it ended with is in its last {@link Step}. */
public sealed interface Outcome {

    /** The session has tokens of another generation than the one to get past. */
    record Current() implements Outcome {}

    /** The session is over; its state says why. */
    record Over() implements Outcome {}

    /** Nobody has stored anything that matters. */
    record NothingNew() implements Outcome {}

    /** The lease was lost before something was sent that needs it. All is to be begun anew, in another turn. */
    record TurnLost() implements Outcome {}

    /**
     * The session is over, and a login may bring it back. Nothing of this was written down yet.
     *
     * @param reason what it dies of
     * @param used the refresh token that is dead
     */
    record Dying(EndReason reason, Secret used) implements Outcome {}

    /** The session's tokens can't be refreshed, now or ever. */
    record NotRefreshable() implements Outcome {}

    /**
     * It did not work for now.
     *
     * @param pause when to try again, from now
     * @param why what happened, for people
     */
    record Later(Duration pause, String why) implements Outcome {}

    /**
     * What was to be stored is in the store, or it is not.
     *
     * @param why what happened, for people
     */
    record Unsure(String why) implements Outcome {}
}
