// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

import dev.atp4j.Secret;
import dev.atp4j.syntax.Did;
import java.net.URI;
import java.time.Duration;

/** What a flow wants done next. Each is answered by one {@link Event}, but {@link Done} ends the flow. */
public sealed interface Effect {

    /** Read the store. Answered by {@link Event.Loaded} or {@link Event.StoreFailed}. */
    record Read() implements Effect {}

    /**
     * Put a state in place of the version before it. Answered by {@link Event.Wrote} or {@link Event.StoreFailed}.
     *
     * @param next what to write
     */
    record Write(SessionState next) implements Effect {}

    /**
     * Call refreshSession, unless the flow has lost its turn. Answered by {@link Event.Refreshed} or
     * {@link Event.TurnLost}.
     */
    record Refresh(URI service, Secret refreshJwt) implements Effect {}

    /** Call deleteSession. Answered by {@link Event.Deleted}. */
    record Delete(URI service, Secret refreshJwt) implements Effect {}

    /** Fetch the account's DID document past every cache. Answered by {@link Event.Resolved}. */
    record Resolve(Did did) implements Effect {}

    /** Let some time pass. Answered by {@link Event.Paused}. */
    record Pause(Duration time) implements Effect {}

    /** Nothing more is to be done. */
    record Done(Outcome outcome) implements Effect {}
}
