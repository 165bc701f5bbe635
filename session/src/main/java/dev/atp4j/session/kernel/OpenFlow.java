// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Putting a session into the store: one that a login has just opened, or one that was saved elsewhere.
 *
 * <p>A login takes the place of whatever is stored, and what it replaces is to be deleted at the server. A copy from
 * elsewhere gives way to a stored session, which is at least as new as any copy.
 *
 * @param held the session to put in
 * @param login whether it comes from a login
 * @param rounds how often a sibling got in between
 * @param next what is being written, or null while the store is read
 */
public record OpenFlow(
        Held held, boolean login, int rounds, @Nullable SessionState next) implements Flow {

    private static final int MOST_ROUNDS = 5;

    /** Starts putting in a session that a login has just opened. */
    public static OpenFlow login(SessionState opened) {
        return new OpenFlow(Held.onlyHere(opened), true, 0, null);
    }

    /** Starts putting in a session that was saved elsewhere. */
    public static OpenFlow copy(SessionState copy) {
        return new OpenFlow(Held.onlyHere(copy), false, 0, null);
    }

    @Override
    public Step begin() {
        return new Step(this, held, new Effect.Read(), List.of());
    }

    @Override
    public Step on(Event event, Now now) {
        if (event instanceof Event.Loaded loaded) {
            SessionState stored = loaded.stored();
            if (!login && stored != null && stored.active()) {
                return new Step(this, Held.inStore(stored), new Effect.Done(new Outcome.Current()), List.of());
            }
            SessionState write = onTopOf(stored, now);
            return new Step(new OpenFlow(held, login, rounds, write), held, new Effect.Write(write), List.of());
        }
        if (event instanceof Event.Wrote wrote && next != null) {
            if (wrote.won()) {
                return new Step(
                        this,
                        Held.inStore(next),
                        new Effect.Done(new Outcome.Current()),
                        login ? List.of(new Notice.Updated()) : List.of());
            }
            if (rounds < MOST_ROUNDS) {
                return new OpenFlow(held, login, rounds + 1, null).begin();
            }
        }
        String why = event instanceof Event.StoreFailed failed ? failed.why() : "others keep writing the record";
        return new Step(
                this,
                held,
                new Effect.Done(new Outcome.Later(Duration.ZERO, why)),
                List.of(new Notice.StoreFailed(why)));
    }

    private SessionState onTopOf(@Nullable SessionState stored, Now now) {
        long version = stored == null ? 1 : stored.version() + 1;
        SessionState opened = held.state();
        Tokens tokens = opened.current();
        List<PendingDelete> replaced = stored == null
                ? List.of()
                : stored.inGrace(now.time()).everythingToDelete().stream()
                        .filter(p -> !Tokens.sameRefresh(p.refreshJwt(), tokens.refreshJwt()))
                        .toList();
        return new SessionState(
                opened.key(),
                version,
                opened.service(),
                opened.pds(),
                opened.profile(),
                opened.status(),
                null,
                new Tokens(version, tokens.accessJwt(), tokens.refreshJwt(), tokens.receivedAt()),
                // A copy of a session that is over here may be over at the server too: ask before anything else.
                login || stored == null ? null : new Attempt(now.time(), 0),
                Backoff.NONE,
                List.of(),
                replaced,
                null,
                opened.openedAt());
    }
}
