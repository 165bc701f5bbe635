// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Putting a session into the store: one that a login has just opened, or one that was saved elsewhere.
 *
 * <p>A login takes the place of whatever is stored, and what it replaces is to be deleted at the server; only to a login
 * that was made later, and was quicker, it gives way, and is deleted itself. A copy from elsewhere gives way to a stored
 * session, which is at least as new as any copy.
 *
 * <p>A write that failed may have happened, so the store is read before anything is made of it.
 *
 * @param held the session to put in
 * @param login whether it comes from a login
 * @param rounds how often a sibling got in between
 * @param next what is being written, or null while the store is read
 * @param trouble what the last write met if it failed, or null
 */
public record OpenFlow(
        Held held,
        boolean login,
        int rounds,
        @Nullable SessionState next,
        @Nullable String trouble) implements Flow {

    private static final int MOST_ROUNDS = 5;
    private static final int MOST_FAILURES = 2;
    private static final String OTHERS = "others keep writing the record";

    /** Starts putting in a session that a login has just opened. */
    public static OpenFlow login(SessionState opened) {
        return new OpenFlow(Held.onlyHere(opened), true, 0, null, null);
    }

    /** Starts putting in a session that was saved elsewhere. */
    public static OpenFlow copy(SessionState copy) {
        return new OpenFlow(Held.onlyHere(copy), false, 0, null, null);
    }

    @Override
    public Step begin() {
        return new Step(this, held, new Effect.Read(), List.of());
    }

    @Override
    public Step on(Event event, Now now) {
        if (event instanceof Event.Loaded loaded) {
            return loaded(loaded.stored(), now);
        }
        if (event instanceof Event.StoreFailed failed) {
            return failed(failed.why());
        }
        if (next != null && ((Event.Wrote) event).won()) {
            return put(next);
        }
        return rounds < MOST_ROUNDS ? again(trouble) : notPut(new Outcome.Later(Duration.ZERO, OTHERS), OTHERS);
    }

    private Step loaded(@Nullable SessionState stored, Now now) {
        if (!login && stored != null && stored.active()) {
            return done(Held.inStore(stored), new Outcome.Current(), List.of());
        }
        Held yielded = stored != null && login && overtakenBy(stored) ? held.keepingDeletes(stored) : null;
        if (stored != null && yielded != null && yielded.saved()) {
            return put(stored);
        }
        if (trouble != null) {
            if (stored != null && held.state().precedesOrEquals(stored)) {
                return put(stored);
            }
            if (rounds >= MOST_FAILURES) {
                return notPut(new Outcome.Later(Duration.ZERO, trouble), trouble);
            }
        }
        SessionState write = yielded == null ? onTopOf(stored, now) : yielded.next();
        return new Step(new OpenFlow(held, login, rounds, write, trouble), held, new Effect.Write(write), List.of());
    }

    /**
     * Tells whether a login was certainly made after this one and stored before it: the server may have ended this one in
     * between. What the server says of its own time counts too, so that no clock which is wrong holds up a login that is
     * needed. It says whole seconds: within one, nobody knows, and who logs in gets what he asked for.
     */
    private boolean overtakenBy(SessionState stored) {
        if (!stored.active() || !held.replacedBy(stored)) {
            return false;
        }
        Instant mine = issuedAt(held.state());
        Instant theirs = issuedAt(stored);
        return mine != null && theirs != null && theirs.isAfter(mine);
    }

    private static @Nullable Instant issuedAt(SessionState active) {
        return Jwt.read(active.current().refreshJwt()).issuedAt();
    }

    private Step failed(String why) {
        if (next != null) {
            return again(why);
        }
        return notPut(trouble == null ? new Outcome.Later(Duration.ZERO, why) : new Outcome.Unsure(trouble), why);
    }

    private Step again(@Nullable String why) {
        return new OpenFlow(held, login, rounds + 1, null, why).begin();
    }

    private Step put(SessionState stored) {
        return done(Held.inStore(stored), new Outcome.Current(), login ? List.of(new Notice.Updated()) : List.of());
    }

    private Step notPut(Outcome outcome, String why) {
        return done(held, outcome, List.of(new Notice.StoreFailed(why)));
    }

    private Step done(Held last, Outcome outcome, List<Notice> notices) {
        return new Step(this, last, new Effect.Done(outcome), notices);
    }

    private SessionState onTopOf(@Nullable SessionState stored, Now now) {
        long version = stored == null ? 1 : stored.version() + 1;
        SessionState opened = held.state();
        Tokens tokens = opened.current();
        List<PendingDelete> replaced = stored == null
                ? List.of()
                : stored.inGrace(now).everythingToDelete().stream()
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
