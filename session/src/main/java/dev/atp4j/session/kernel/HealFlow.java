// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

import dev.atp4j.Secret;
import dev.atp4j.session.store.EndReason;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Getting over a death by a login: once in a while, and for all who share the store.
 *
 * <p>Read the store; adopt if a sibling was faster; write down that a login is made; log in; write down the tokens; only then
 * use them. If the login does not help, the session is buried.
 *
 * @param held what this process holds
 * @param death what the session dies of, and which token died; null if it is buried already
 * @param terms what the login is made with, and how often
 * @param rounds how often a sibling got in between
 * @param phase what is being waited for
 */
public record HealFlow(Held held, Outcome.@Nullable Dying death, Terms terms, int rounds, Phase phase) implements Flow {

    private static final int MOST_ROUNDS = 5;
    private static final Duration SIBLING = Duration.ofSeconds(2);

    /**
     * What a login is made with, and how often.
     *
     * @param password the password, or null if there is none
     * @param mark what tells the password from others, and nothing about it; empty if there is none
     * @param without why there is none, for people; empty if there is one
     * @param lasting whether there is none by intention, so that asking again soon is of no use
     * @param pause the time between two logins
     * @param longPause the time after which credentials that were refused are tried again
     */
    public record Terms(
            @Nullable Secret password,
            String mark,
            String without,
            boolean lasting,
            Duration pause,
            Duration longPause) {}

    /** What a heal flow is waiting for. */
    sealed interface Phase {
        /** The store's record. */
        record Loading() implements Phase {}

        /** The login being written down. */
        record Marking(SessionState next, Begun begun, Secret password) implements Phase {}

        /** The server's answer. */
        record LoggingIn(Begun begun) implements Phase {}

        /** The end of a session of somebody else, which the server gave by mistake. */
        record Forgetting(Begun begun, String why) implements Phase {}

        /** The new tokens being written down. */
        record Storing(SessionState next) implements Phase {}

        /** The store's record, after somebody else wrote while the tokens were to be written. */
        record Merging(SessionState next) implements Phase {}

        /** The store's own session being written, with the end of the new one as a duty. */
        record Yielding(SessionState next, SessionState surplus, SessionState stored) implements Phase {}

        /** The end, at another server than the store's session has, of a session that is not needed. */
        record Dropping(SessionState stored) implements Phase {}

        /** The store's record, after somebody else wrote while the failure was to be written. */
        record Doubting(Begun failed) implements Phase {}

        /** The failure being written down. */
        record Failing(SessionState next, Begun failed, boolean buried) implements Phase {}
    }

    /** A login, and what it is to cure. */
    private record Begun(Healing healing, EndReason reason) {
        Begun failed(Duration pause, String why) {
            return new Begun(healing.failed(pause, why), reason);
        }
    }

    /**
     * Starts to heal a session.
     *
     * @param held what this process holds
     * @param death how a refresh ended, or null if the session is buried already
     * @param terms what the login is made with, and how often
     */
    public static HealFlow of(Held held, Outcome.@Nullable Dying death, Terms terms) {
        return new HealFlow(held, death, terms, 0, new Phase.Loading());
    }

    @Override
    public Step begin() {
        return go(held, phase, new Effect.Read());
    }

    @Override
    public Step on(Event event, Now now) {
        if (phase instanceof Phase.Loading) {
            return loading(event, now);
        } else if (phase instanceof Phase.Marking p) {
            return marking(p, event);
        } else if (phase instanceof Phase.LoggingIn p) {
            return loggedIn(p, (Event.LoggedIn) event, now);
        } else if (phase instanceof Phase.Forgetting p) {
            return bury(held, p.begun().failed(terms.longPause(), p.why()));
        } else if (phase instanceof Phase.Storing p) {
            return storing(p, event);
        } else if (phase instanceof Phase.Merging p) {
            return merging(p, event);
        } else if (phase instanceof Phase.Yielding p) {
            return yielding(p, event);
        } else if (phase instanceof Phase.Dropping p) {
            return adopted(Held.inStore(p.stored()));
        } else if (phase instanceof Phase.Doubting p) {
            return doubting(p, event);
        }
        return failing((Phase.Failing) phase, event);
    }

    private Step loading(Event event, Now now) {
        if (event instanceof Event.StoreFailed failed) {
            // Nobody could know of this login, and everybody would make one.
            return later(SaveFlow.RETRY, "the session is over, and the store can't be read to log in again", failed);
        }
        Held base = seen(((Event.Loaded) event).stored());
        SessionState state = base.state();
        EndReason reason = toCure(state);
        if (reason == null) {
            return adopted(base);
        }
        Secret password = terms.password();
        Healing last = state.healing();
        if (last != null
                && last.mark().equals(terms.mark())
                && !last.remaining(now.time()).isZero()) {
            return notAgain(base, last, reason, now);
        }
        var begun = new Begun(new Healing(now.time(), terms.pause(), terms.mark(), true, ""), reason);
        if (password == null) {
            return bury(base, begun.failed(terms.lasting() ? terms.longPause() : terms.pause(), terms.without()));
        }
        SessionState next = Held.onlyHere(state.withHealing(begun.healing())).next();
        return go(base, new Phase.Marking(next, begun, password), new Effect.Write(next));
    }

    /** Decides between what is held and what is stored. A token that is known to be dead is ahead of no burial. */
    private Held seen(@Nullable SessionState stored) {
        return stored != null && stored.status() == Status.DEAD && toCure(held.state()) != null
                ? Held.inStore(stored)
                : held.reconciledWith(stored);
    }

    private Step notAgain(Held base, Healing last, EndReason reason, Now now) {
        if (last.underWay(now.time())) {
            var wait = new Outcome.Later(SIBLING, "somebody else is logging in again");
            return done(base, wait, List.of());
        }
        String why = last.open() ? "a login was begun and not finished" : "it did so only lately, and is over again";
        Healing over = last.open() || last.why().isEmpty() ? last.failed(last.pause(), why) : last;
        return base.state().active() ? bury(base, new Begun(over, reason)) : done(base, new Outcome.Over(), List.of());
    }

    /** Returns what a login has to cure, or null if a sibling did that already, or logged out. */
    private @Nullable EndReason toCure(SessionState state) {
        EndReason buriedFor = state.reason();
        if (buriedFor != null) {
            return buriedFor.curedByLogin() ? buriedFor : null;
        }
        return death != null
                        && state.active()
                        && Tokens.sameRefresh(death.used(), state.current().refreshJwt())
                ? death.reason()
                : null;
    }

    private Step marking(Phase.Marking p, Event event) {
        if (event instanceof Event.StoreFailed failed) {
            return later(SaveFlow.RETRY, "the session is over, and the store can't be written to log in again", failed);
        }
        if (!((Event.Wrote) event).won()) {
            if (rounds >= MOST_ROUNDS) {
                return done(held, new Outcome.Later(SIBLING, "others keep writing the session's record"), List.of());
            }
            return new HealFlow(held, death, terms, rounds + 1, new Phase.Loading()).begin();
        }
        SessionState marked = p.next();
        URI service = p.begun().reason() == EndReason.ACCOUNT_MOVED ? null : marked.service();
        return go(
                Held.inStore(marked),
                new Phase.LoggingIn(p.begun()),
                new Effect.Login(marked.key().did(), service, p.password()));
    }

    private Step loggedIn(Phase.LoggingIn p, Event.LoggedIn event, Now now) {
        LoginVerdict verdict = event.verdict();
        Begun begun = p.begun();
        if (verdict instanceof LoginVerdict.Granted granted) {
            return granted(begun, granted.grant(), event, now);
        } else if (verdict instanceof LoginVerdict.BadCredentials) {
            return bury(held, begun.failed(terms.longPause(), "the service does not accept the password"));
        } else if (verdict instanceof LoginVerdict.AuthFactorRequired) {
            return bury(
                    held,
                    begun.failed(
                            terms.longPause(),
                            "the service wants a sign-in code, which an app password would not need"));
        } else if (verdict instanceof LoginVerdict.TakenDown) {
            return bury(held, begun.failed(terms.longPause(), "the account was taken down"));
        }
        Duration asked = verdict instanceof LoginVerdict.RateLimited limited ? limited.retryAfter() : null;
        Duration pause = asked != null && asked.compareTo(terms.pause()) > 0 ? asked : terms.pause();
        return bury(held, begun.failed(pause, event.why()));
    }

    private Step granted(Begun begun, Grant grant, Event.LoggedIn event, Now now) {
        URI service = event.service();
        Secret refresh = grant.refreshJwt();
        if (service == null || refresh == null) {
            return bury(held, begun.failed(terms.longPause(), "the service gave no refresh token"));
        }
        if (!grant.did().equals(held.state().key().did())) {
            String why = "the service gave a session of another account";
            return go(held, new Phase.Forgetting(begun, why), new Effect.Delete(service, refresh));
        }
        Healing worked = begun.healing().worked();
        return store(held.state().healed(grant, service, event.pds(), refresh, worked, now.time()));
    }

    // ---- the new session

    /** Writes the new session down. What is held meanwhile stays as it was: nothing is used before it is durable. */
    private Step store(SessionState healed) {
        SessionState next = Held.onlyHere(healed).next();
        var flow = new HealFlow(held, death, terms, rounds + 1, new Phase.Storing(next));
        return new Step(flow, held, new Effect.Write(next), List.of());
    }

    private Step storing(Phase.Storing p, Event event) {
        if (event instanceof Event.StoreFailed failed) {
            return useUnsaved(p.next(), failed);
        }
        return ((Event.Wrote) event).won()
                ? done(Held.inStore(p.next()), new Outcome.Current(), List.of(new Notice.Updated()))
                : go(held, new Phase.Merging(p.next()), new Effect.Read());
    }

    private Step merging(Phase.Merging p, Event event) {
        if (event instanceof Event.StoreFailed failed) {
            return useUnsaved(p.next(), failed);
        }
        if (rounds > MOST_ROUNDS) {
            return useUnsaved(p.next(), new Event.StoreFailed("others keep writing the record"));
        }
        SessionState stored = ((Event.Loaded) event).stored();
        if (stored == null) {
            return store(p.next().asVersion(0));
        }
        if (toCure(stored) != null) {
            return store(p.next()
                    .pending(stored.pendingDeletes())
                    .withHealing(Healing.later(p.next().healing(), stored.healing()))
                    .asVersion(stored.version()));
        }
        // Somebody else logged in, or out: the new session is one too many, and must not live on at the server.
        SessionState surplus = p.next();
        var deletes = new ArrayList<>(stored.pendingDeletes());
        deletes.add(new PendingDelete(surplus.service(), surplus.current().refreshJwt(), false));
        SessionState yielded = Held.inStore(
                        stored.pending(deletes).withHealing(Healing.later(surplus.healing(), stored.healing())))
                .next();
        var flow = new HealFlow(held, death, terms, rounds + 1, new Phase.Yielding(yielded, surplus, stored));
        return new Step(flow, held, new Effect.Write(yielded), List.of());
    }

    private Step yielding(Phase.Yielding p, Event event) {
        if (event instanceof Event.Wrote wrote) {
            return wrote.won()
                    ? adopted(Held.inStore(p.next()))
                    : go(held, new Phase.Merging(p.surplus()), new Effect.Read());
        }
        return drop(p.surplus(), p.stored());
    }

    private Step drop(SessionState surplus, SessionState stored) {
        var end = new Effect.Delete(surplus.service(), surplus.current().refreshJwt());
        return go(held, new Phase.Dropping(stored), end);
    }

    private Step useUnsaved(SessionState next, Event.StoreFailed failed) {
        Held unsaved = Held.onlyHere(next.asVersion(held.state().version()));
        return done(
                unsaved, new Outcome.Current(), List.of(new Notice.Updated(), new Notice.StoreFailed(failed.why())));
    }

    // ---- the end

    /** Writes down that the session is over, and that logging in again has not helped. */
    private Step bury(Held from, Begun failed) {
        SessionState state = from.state();
        SessionState over = (state.active() ? state.dead(failed.reason()) : state)
                .withHealing(Healing.later(failed.healing(), state.healing()));
        SessionState next = Held.onlyHere(over).next();
        return go(from, new Phase.Failing(next, failed, !state.active()), new Effect.Write(next));
    }

    private Step failing(Phase.Failing p, Event event) {
        String why = p.failed().healing().why();
        if (event instanceof Event.StoreFailed failed) {
            return later(SaveFlow.RETRY, why, failed);
        }
        if (!((Event.Wrote) event).won()) {
            if (rounds >= MOST_ROUNDS) {
                return done(held, new Outcome.Later(SIBLING, "others keep writing the session's record"), List.of());
            }
            var flow = new HealFlow(held, death, terms, rounds + 1, new Phase.Doubting(p.failed()));
            return new Step(flow, held, new Effect.Read(), List.of());
        }
        var healFailed = new Notice.HealFailed(why);
        return done(
                Held.inStore(p.next()),
                new Outcome.Over(),
                p.buried()
                        ? List.of(healFailed)
                        : List.of(healFailed, new Notice.Deleted(p.failed().reason())));
    }

    private Step doubting(Phase.Doubting p, Event event) {
        if (event instanceof Event.StoreFailed failed) {
            return later(SaveFlow.RETRY, p.failed().healing().why(), failed);
        }
        Held base = seen(((Event.Loaded) event).stored());
        return toCure(base.state()) == null ? adopted(base) : bury(base, p.failed());
    }

    // ---- steps

    private Step adopted(Held newer) {
        if (!newer.state().active()) {
            return done(newer, new Outcome.Over(), List.of());
        }
        boolean news = !newer.state().sameTokens(held.state());
        return done(newer, new Outcome.Current(), news ? List.of(new Notice.Updated()) : List.of());
    }

    private Step later(Duration pause, String why, Event.StoreFailed failed) {
        return done(held, new Outcome.Later(pause, why), List.of(new Notice.StoreFailed(failed.why())));
    }

    private Step done(Held last, Outcome outcome, List<Notice> notices) {
        return new Step(with(last, phase), last, new Effect.Done(outcome), notices);
    }

    private Step go(Held from, Phase phase, Effect effect) {
        return new Step(with(from, phase), from, effect, List.of());
    }

    private HealFlow with(Held held, Phase phase) {
        return new HealFlow(held, death, terms, rounds, phase);
    }
}
