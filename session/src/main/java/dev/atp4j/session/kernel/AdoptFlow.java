// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

import java.time.Duration;
import java.util.List;

/**
 * Taking over what somebody else stored, without a turn of one's own: the store is read once, and nothing is written or
 * sent. What only this process holds is left to the flows that may write it down, and a session that is over stays over.
 *
 * @param held what this process holds
 * @param stale the generation that is known already
 * @param needed whether something newer is needed now. If not, a death is left to be found out when it matters: a login
 *     may follow it, and would then be adopted. A logout is somebody's wish, and counts at once
 */
public record AdoptFlow(Held held, long stale, boolean needed) implements Flow {

    /** Starts looking for what is newer than what is held. */
    public static AdoptFlow of(Held held) {
        return new AdoptFlow(held, held.state().generation(), false);
    }

    @Override
    public Turn turn() {
        return Turn.UNNEEDED;
    }

    @Override
    public Step begin() {
        return held.state().active()
                ? new Step(this, held, new Effect.Read(), List.of())
                : done(held, new Outcome.Over());
    }

    @Override
    public Step on(Event event, Now now) {
        if (!(event instanceof Event.Loaded loaded)) {
            return done(held, new Outcome.Later(Duration.ZERO, ((Event.StoreFailed) event).why()));
        }
        SessionState stored = loaded.stored();
        Held newest = stored == null || !needed && stored.status() == Status.DEAD ? held : held.reconciledWith(stored);
        if (!newest.state().active()) {
            return done(newest, new Outcome.Over());
        }
        Held kept = newest.saved() ? newest : held;
        return done(kept, kept.state().generation() == stale ? new Outcome.NothingNew() : new Outcome.Current());
    }

    private Step done(Held last, Outcome outcome) {
        boolean news = last.state().active() && !last.state().sameTokens(held.state());
        return new Step(this, last, new Effect.Done(outcome), news ? List.of(new Notice.Updated()) : List.of());
    }
}
