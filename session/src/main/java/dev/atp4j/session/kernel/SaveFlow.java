// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writing down what only this process knows: tokens that came while the store was down, or newly learned facts about the
 * account.
 *
 * @param held what this process holds
 * @param profile what was learned
 * @param pds the account's server, or null if nothing was learned of it
 * @param rounds how often a sibling got in between
 * @param next what is being written, or null while the store is read
 */
public record SaveFlow(
        Held held,
        Profile profile,
        @Nullable URI pds,
        int rounds,
        @Nullable SessionState next) implements Flow {

    private static final int MOST_ROUNDS = 5;
    /** How long to wait before the store is tried again. */
    public static final Duration RETRY = Duration.ofSeconds(5);

    private static final Profile NOTHING = new Profile(null, null, null, null, null, null, null);

    /** Starts writing down what the store missed. */
    public static SaveFlow of(Held held) {
        return new SaveFlow(held, NOTHING, null, 0, null);
    }

    /** Starts writing down what was learned about the account. */
    public static SaveFlow amending(Held held, Profile profile, @Nullable URI pds) {
        return new SaveFlow(held, profile, pds, 0, null);
    }

    @Override
    public Step begin() {
        return new Step(this, held, new Effect.Read(), List.of());
    }

    @Override
    public Step on(Event event, Now now) {
        if (event instanceof Event.Loaded loaded) {
            Held base = held.reconciledWith(loaded.stored());
            Held amended = new Held(base.state().amended(profile, pds), base.saved(), base.ahead());
            if (base.saved() && amended.state().equals(base.state())) {
                return done(base, List.of());
            }
            SessionState write = amended.next();
            return new Step(new SaveFlow(held, profile, pds, rounds, write), held, new Effect.Write(write), List.of());
        }
        if (event instanceof Event.Wrote wrote && next != null) {
            if (wrote.won()) {
                return done(Held.inStore(next), List.of());
            }
            if (rounds < MOST_ROUNDS) {
                return new SaveFlow(held, profile, pds, rounds + 1, null).begin();
            }
        }
        String why = event instanceof Event.StoreFailed failed ? failed.why() : "others keep writing the record";
        Held unsaved = held.with(held.state().amended(profile, pds));
        return new Step(
                this, unsaved, new Effect.Done(new Outcome.Later(RETRY, why)), List.of(new Notice.StoreFailed(why)));
    }

    private Step done(Held last, List<Notice> notices) {
        Outcome outcome = last.state().active() ? new Outcome.Current() : new Outcome.Over();
        List<Notice> all = last.state().active() && !last.state().sameTokens(held.state())
                ? List.of(new Notice.Updated())
                : notices;
        return new Step(this, last, new Effect.Done(outcome), all);
    }
}
