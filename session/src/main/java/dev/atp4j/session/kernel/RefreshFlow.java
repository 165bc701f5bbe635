// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

import dev.atp4j.Secret;
import dev.atp4j.session.store.EndReason;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Getting past a generation of tokens: by adopting what somebody else stored, or by one refreshSession.
 *
 * <p>Read the store; adopt if it is further; write down that a refresh is attempted; refresh; write down the result; only
 * then use it. A refusal leads back to the store before anything is declared dead.
 *
 * @param held what this process holds
 * @param stale the generation to get past
 * @param waitedOut a backoff that this process has already sat out by its own clock, or null
 * @param healing whether a death that a login cures is left to a {@link HealFlow}
 * @param recovering whether an earlier refresh with the same token may have gone unanswered
 * @param doubted whether a refusal was already met with a pause and a second try
 * @param rounds how often a sibling got in between
 * @param phase what is being waited for
 */
public record RefreshFlow(
        Held held,
        long stale,
        @Nullable Backoff waitedOut,
        boolean healing,
        boolean recovering,
        boolean doubted,
        int rounds,
        Phase phase)
        implements Flow {

    /** How long to let a sibling finish before a refusal is believed. */
    static final Duration SECOND_THOUGHT = Duration.ofSeconds(2);

    private static final int MOST_ROUNDS = 5;
    private static final Duration AFTER_TOO_MANY_ROUNDS = Duration.ofSeconds(1);
    private static final Duration AFTER_WRONG_ACCOUNT = Duration.ofMinutes(1);

    /** What a refresh flow is waiting for. */
    sealed interface Phase {
        /** The store's record. */
        record Loading() implements Phase {}

        /** The attempt being written down. */
        record Attempting(SessionState next) implements Phase {}

        /** The server's answer. */
        record Refreshing(Secret used) implements Phase {}

        /** The result being written down. */
        record Storing(SessionState next) implements Phase {}

        /** The store's record, after somebody else wrote while the result was to be written. */
        record Merging(SessionState next) implements Phase {}

        /** News of where an account lives that its server does not know. */
        record Locating() implements Phase {}

        /** The store's record, after the token that was used turned out dead. */
        record Doubting(Secret used, EndReason reason) implements Phase {}

        /** A little time, before a refusal is believed. */
        record Hesitating() implements Phase {}

        /** The death being written down. */
        record Burying(SessionState next, Secret used, EndReason reason) implements Phase {}

        /** The failure being written down. */
        record Noting(SessionState next, Outcome.Later outcome) implements Phase {}
    }

    /**
     * Starts a refresh.
     *
     * @param held what this process holds
     * @param stale the generation to get past
     * @param waitedOut a backoff that this process has already sat out, or null
     */
    public static RefreshFlow past(Held held, long stale, @Nullable Backoff waitedOut) {
        return new RefreshFlow(held, stale, waitedOut, false, false, false, 0, new Phase.Loading());
    }

    /** Starts a refresh that buries no session which a {@link HealFlow} may bring back. */
    public static RefreshFlow healing(Held held, long stale, @Nullable Backoff waitedOut) {
        return new RefreshFlow(held, stale, waitedOut, true, false, false, 0, new Phase.Loading());
    }

    @Override
    public Flow meanwhile() {
        return new AdoptFlow(held, stale, true);
    }

    @Override
    public Step begin() {
        return go(held, new Phase.Loading(), new Effect.Read());
    }

    @Override
    public Step on(Event event, Now now) {
        if (phase instanceof Phase.Loading) {
            return loading(event, now);
        } else if (phase instanceof Phase.Attempting p) {
            return attempting(p, event);
        } else if (phase instanceof Phase.Refreshing p) {
            return event instanceof Event.Refreshed refreshed
                    ? refreshing(p, refreshed, now)
                    : done(held, new Outcome.TurnLost(), List.of());
        } else if (phase instanceof Phase.Storing p) {
            return storing(p, event);
        } else if (phase instanceof Phase.Merging p) {
            return merging(p, event);
        } else if (phase instanceof Phase.Locating) {
            return locating((Event.Resolved) event, now);
        } else if (phase instanceof Phase.Doubting p) {
            return doubting(p, event, now);
        } else if (phase instanceof Phase.Hesitating) {
            return again(held, true, rounds);
        } else if (phase instanceof Phase.Burying p) {
            return burying(p, event, now);
        }
        var noting = (Phase.Noting) phase;
        boolean written = event instanceof Event.Wrote wrote && wrote.won();
        return done(written ? Held.inStore(noting.next()) : held, noting.outcome(), trouble(event));
    }

    private Step loading(Event event, Now now) {
        Held base = event instanceof Event.Loaded loaded ? held.reconciledWith(loaded.stored()) : held;
        SessionState state = base.state();
        if (!state.active()) {
            return done(base, new Outcome.Over(), trouble(event));
        }
        if (state.generation() != stale) {
            return adopted(base, event);
        }
        if (!state.current().refreshable()) {
            return done(base, new Outcome.NotRefreshable(), trouble(event));
        }
        Duration left = state.backoff().remaining(now.time());
        if (left.compareTo(Duration.ZERO) > 0 && !state.backoff().equals(waitedOut)) {
            return done(base, new Outcome.Later(left, state.backoff().why()), trouble(event));
        }
        boolean mayBeLost = recovering || (doubted ? othersAttempt(base) : state.attempt() != null);
        SessionState next = state.attempting(now.time());
        var flow = new RefreshFlow(base, stale, waitedOut, healing, mayBeLost, doubted, rounds, phase);
        if (event instanceof Event.StoreFailed) {
            // A store that is down must not stop a running session: refresh on the strength of memory alone.
            return flow.send(base.with(next), trouble(event));
        }
        SessionState recorded = next.asVersion(state.version() + 1);
        return flow.go(base, new Phase.Attempting(recorded), new Effect.Write(recorded));
    }

    private Step attempting(Phase.Attempting p, Event event) {
        if (event instanceof Event.Wrote wrote) {
            return wrote.won() ? send(Held.inStore(p.next()), List.of()) : again(held, doubted, rounds + 1);
        }
        // The write may have happened, so the version is not to be counted on; the next reading will tell.
        return send(held.with(p.next().asVersion(held.state().version())), trouble(event));
    }

    private Step send(Held from, List<Notice> notices) {
        Secret token = from.state().current().refreshJwt();
        return new Step(
                with(from, new Phase.Refreshing(token)),
                from,
                new Effect.Refresh(from.state().service(), token),
                notices);
    }

    private Step refreshing(Phase.Refreshing p, Event.Refreshed event, Now now) {
        RefreshVerdict verdict = event.verdict();
        if (verdict instanceof RefreshVerdict.Rotated rotated) {
            SessionState next = held.rotated(rotated.grant(), event.pds(), now);
            return store(Held.onlyHere(next));
        } else if (verdict instanceof RefreshVerdict.TokenDead dead) {
            return go(held, new Phase.Doubting(p.used(), dead.reason()), new Effect.Read());
        } else if (verdict instanceof RefreshVerdict.Refused) {
            return go(held, new Phase.Doubting(p.used(), EndReason.REFUSED), new Effect.Read());
        } else if (verdict instanceof RefreshVerdict.TakenDown) {
            return go(held, new Phase.Doubting(p.used(), EndReason.ACCOUNT_TAKEN_DOWN), new Effect.Read());
        } else if (verdict instanceof RefreshVerdict.AccountUnknown) {
            return go(
                    held,
                    new Phase.Locating(),
                    new Effect.Resolve(held.state().key().did()));
        } else if (verdict instanceof RefreshVerdict.WrongAccount wrong) {
            return fail(
                    now,
                    true,
                    AFTER_WRONG_ACCOUNT,
                    "the service answered with tokens of another account, " + wrong.did());
        }
        var weather = (RefreshVerdict.Transient) verdict;
        Duration asked = weather.retryAfter() == null ? Duration.ZERO : weather.retryAfter();
        return fail(now, weather.outcomeUnknown(), asked, weather.why());
    }

    private Step locating(Event.Resolved event, Now now) {
        Secret used = held.state().current().refreshJwt();
        return switch (event.residence()) {
            case HERE, NOWHERE -> go(held, new Phase.Doubting(used, EndReason.ACCOUNT_DELETED), new Effect.Read());
            case ELSEWHERE -> go(held, new Phase.Doubting(used, EndReason.ACCOUNT_MOVED), new Effect.Read());
            case UNKNOWN ->
                fail(now, false, Duration.ZERO, "the service does not know the account, and its DID can't be resolved");
        };
    }

    private Step storing(Phase.Storing p, Event event) {
        if (event instanceof Event.Wrote wrote) {
            if (!wrote.won()) {
                return go(held, new Phase.Merging(p.next()), new Effect.Read());
            }
            return p.next().active()
                    ? done(Held.inStore(p.next()), new Outcome.Current(), List.of(new Notice.Updated()))
                    : done(Held.inStore(p.next()), new Outcome.Over(), List.of());
        }
        return useUnsaved(p.next(), (Event.StoreFailed) event);
    }

    private Step merging(Phase.Merging p, Event event) {
        if (event instanceof Event.StoreFailed failed) {
            return useUnsaved(p.next(), failed);
        }
        Held merged = held.with(p.next()).reconciledWith(((Event.Loaded) event).stored());
        if (merged.saved()) {
            return merged.state().active() ? adopted(merged, event) : done(merged, new Outcome.Over(), List.of());
        }
        return rounds < MOST_ROUNDS
                ? store(merged)
                : useUnsaved(p.next(), new Event.StoreFailed("others keep writing the record"));
    }

    /** Writes a result down. What is held meanwhile stays as it was: nothing is used before it is durable. */
    private Step store(Held result) {
        SessionState next = result.next();
        var flow = new RefreshFlow(
                held, stale, waitedOut, healing, recovering, doubted, rounds + 1, new Phase.Storing(next));
        return new Step(flow, held, new Effect.Write(next), List.of());
    }

    private Step useUnsaved(SessionState next, Event.StoreFailed failed) {
        Held unsaved = held.with(next.asVersion(held.state().version()));
        return next.active()
                ? done(
                        unsaved,
                        new Outcome.Current(),
                        List.of(new Notice.Updated(), new Notice.StoreFailed(failed.why())))
                : done(unsaved, new Outcome.Over(), trouble(failed));
    }

    private Step doubting(Phase.Doubting p, Event event, Now now) {
        if (event instanceof Event.StoreFailed failed) {
            // Without the store nobody can say that this token is still the current one.
            return fail(
                    now,
                    false,
                    Duration.ZERO,
                    "the refresh token was refused, and the store can't be read: " + failed.why());
        }
        SessionState stored = ((Event.Loaded) event).stored();
        Held newest = held.reconciledWith(stored);
        SessionState state = newest.state();
        if (!state.active()) {
            return done(newest, new Outcome.Over(), List.of());
        }
        if (!holds(state, p.used())) {
            return adopted(newest, event);
        }
        if (!recovering && othersAttempt(newest)) {
            return new RefreshFlow(held, stale, waitedOut, healing, true, doubted, rounds, phase)
                    .doubting(p, event, now);
        }
        boolean believable = !recovering && p.reason() != EndReason.REFUSED;
        if (!believable && !doubted) {
            return go(held, new Phase.Hesitating(), new Effect.Pause(SECOND_THOUGHT));
        }
        if (stored != null && stored.active() && !holds(stored, p.used())) {
            // What is held was further than what is stored, and is dead: nothing was said about that.
            return adopted(held.keepingDeletes(stored), event);
        }
        boolean lost = recovering && p.reason() == EndReason.REVOKED;
        EndReason reason = lost ? EndReason.LOST_ROTATION_SUSPECTED : p.reason();
        if (healing && reason.curedByLogin()) {
            return done(newest, new Outcome.Dying(reason, p.used()), List.of());
        }
        if (stored != null && stored.status() == Status.DEAD) {
            // A sibling has buried and told it: for the death of an older token, and now this one is dead too.
            return done(Held.inStore(stored), new Outcome.Over(), List.of());
        }
        SessionState next = newest.next().dead(reason);
        return go(newest, new Phase.Burying(next, p.used(), reason), new Effect.Write(next));
    }

    /** Tells whether an attempt may be another one than this flow's: whether somebody else has written since that. */
    private boolean othersAttempt(Held newest) {
        return newest.saved()
                && newest.state().attempt() != null
                && newest.state().version() != held.state().version();
    }

    private static boolean holds(SessionState active, Secret refreshJwt) {
        return Tokens.sameRefresh(refreshJwt, active.current().refreshJwt());
    }

    private Step burying(Phase.Burying p, Event event, Now now) {
        if (event instanceof Event.Wrote wrote) {
            if (wrote.won()) {
                return done(Held.inStore(p.next()), new Outcome.Over(), List.of(new Notice.Deleted(p.reason())));
            }
            return rounds >= MOST_ROUNDS ? tooManyRounds(held) : reread(p);
        }
        return fail(now, false, Duration.ZERO, "the refresh token was refused, and the store can't be written");
    }

    private Step reread(Phase.Burying p) {
        var flow = new RefreshFlow(
                held,
                stale,
                waitedOut,
                healing,
                recovering,
                true,
                rounds + 1,
                new Phase.Doubting(p.used(), p.reason()));
        return new Step(flow, held, new Effect.Read(), List.of());
    }

    private Step fail(Now now, boolean outcomeUnknown, Duration asked, String why) {
        Attempt begun = held.state().attempt();
        SessionState failed = held.state().failed(now.time(), outcomeUnknown, asked, now.dice(), why);
        if (recovering && failed.attempt() == null) {
            // This one came to nothing; what became of the one before is as unknown as ever.
            failed = failed.attempted(begun);
        }
        var outcome = new Outcome.Later(failed.backoff().pause(), why);
        Held noted = held.with(failed);
        return new Step(
                with(noted, new Phase.Noting(noted.next(), outcome)),
                held,
                new Effect.Write(noted.next()),
                List.of(new Notice.UpdateFailed(why)));
    }

    private Step again(Held from, boolean doubted, int rounds) {
        if (rounds > MOST_ROUNDS) {
            return tooManyRounds(from);
        }
        var flow = new RefreshFlow(from, stale, waitedOut, healing, recovering, doubted, rounds, new Phase.Loading());
        return new Step(flow, from, new Effect.Read(), List.of());
    }

    private Step tooManyRounds(Held from) {
        return done(
                from, new Outcome.Later(AFTER_TOO_MANY_ROUNDS, "others keep writing the session's record"), List.of());
    }

    private Step adopted(Held newer, Event event) {
        boolean news = !newer.state().sameTokens(held.state());
        return done(newer, new Outcome.Current(), news ? List.of(new Notice.Updated()) : trouble(event));
    }

    private Step done(Held last, Outcome outcome, List<Notice> notices) {
        return new Step(with(last, phase), last, new Effect.Done(outcome), notices);
    }

    private Step go(Held from, Phase phase, Effect effect) {
        return new Step(with(from, phase), from, effect, List.of());
    }

    private RefreshFlow with(Held held, Phase phase) {
        return new RefreshFlow(held, stale, waitedOut, healing, recovering, doubted, rounds, phase);
    }

    private static List<Notice> trouble(Event event) {
        return event instanceof Event.StoreFailed failed ? List.of(new Notice.StoreFailed(failed.why())) : List.of();
    }
}
