// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

import dev.atp4j.Secret;
import dev.atp4j.session.store.EndReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Making the server forget: a whole session at a logout, or whatever deletes are still pending.
 *
 * <p>The tombstone is written first, with all that has to be deleted, so that siblings stop and a crash loses nothing.
 * Then the server is told, oldest token first, since an ancestor in its grace could bring its successor back.
 *
 * @param held what this process holds
 * @param logout whether an active session is to be ended, or only pending deletes to be finished
 * @param waitedOut the last failure of deletes that was sat out, or null if none is minded
 * @param todo what is to be deleted now, in order
 * @param gone what the server has confirmed, up to the first thing that it has not
 * @param trouble the last reason why something was not confirmed, or null
 * @param asked how long the server asked to wait
 * @param rounds how often a sibling got in between
 * @param phase what is being waited for
 */
public record LogoutFlow(
        Held held,
        boolean logout,
        @Nullable Backoff waitedOut,
        List<PendingDelete> todo,
        List<PendingDelete> gone,
        @Nullable String trouble,
        Duration asked,
        int rounds,
        Phase phase)
        implements Flow {

    private static final int MOST_ROUNDS = 5;
    private static final Duration CLEAN_UP_AGAIN = Duration.ofMinutes(1);
    private static final String OTHERS = "others keep writing the record";

    /** What a logout flow is waiting for. */
    enum Phase {
        LOADING,
        BURYING,
        DELETING,
        LISTING,
        LOADING_RESULT,
        RECORDING
    }

    /** Copies the lists. */
    public LogoutFlow {
        todo = List.copyOf(todo);
        gone = List.copyOf(gone);
    }

    /** Starts a logout. What is over already ends nothing any more, such as a login that came later. */
    public static LogoutFlow of(Held held) {
        return new LogoutFlow(
                held, held.state().active(), null, List.of(), List.of(), null, Duration.ZERO, 0, Phase.LOADING);
    }

    /** Starts another try at what is pending. */
    public static LogoutFlow unfinished(Held held) {
        return unfinished(held, null);
    }

    /**
     * Starts another try at what is pending, unless a sibling has made one meanwhile.
     *
     * @param held what this process holds
     * @param waitedOut the last failure that is known here, or null to try whatever others have done
     */
    public static LogoutFlow unfinished(Held held, @Nullable Backoff waitedOut) {
        return new LogoutFlow(held, false, waitedOut, List.of(), List.of(), null, Duration.ZERO, 0, Phase.LOADING);
    }

    /** A tombstone is written even in the middle of others' work: what they get meanwhile is ended too. */
    @Override
    public Turn turn() {
        return logout ? Turn.WANTED : Turn.NEEDED;
    }

    @Override
    public Step begin() {
        return new Step(this, held, new Effect.Read(), List.of());
    }

    @Override
    public Step on(Event event, Now now) {
        return switch (phase) {
            case LOADING -> loading(event, now);
            case BURYING -> burying(event);
            case DELETING -> deleting(event);
            case LISTING -> listing(event);
            case LOADING_RESULT -> record(event, now);
            case RECORDING -> recording(event);
        };
    }

    private Step loading(Event event, Now now) {
        Held base = event instanceof Event.Loaded loaded ? held.reconciledWith(loaded.stored()) : held;
        boolean active = base.state().active();
        if (logout && (active || overtaken(base, event))) {
            if (event instanceof Event.StoreFailed) {
                Held unread =
                        active ? Held.onlyHere(base.state().doubted(now.time()).loggedOut(now)) : base;
                return delete(unread, List.of(new Notice.Deleted(EndReason.LOGGED_OUT), notice(event)));
            }
            Held tombstone = active ? Held.onlyHere(base.state().loggedOut(now)) : base;
            return step(tombstone, Phase.BURYING, new Effect.Write(tombstone.next()), List.of());
        }
        Duration pause = base.state().deletesPause(now.time());
        Backoff last = base.state().backoff();
        if (waitedOut != null && !pause.isZero() && !last.equals(waitedOut)) {
            return step(base, phase, new Effect.Done(new Outcome.Later(pause, last.why())), List.of());
        }
        return event instanceof Event.StoreFailed
                ? delete(base, List.of(notice(event)))
                : list(base, base.state().pendingDeletes());
    }

    /** Tells whether this flow's own tombstone has yet to be written, because somebody else wrote something first. */
    private boolean overtaken(Held base, Event event) {
        boolean siblingsLogout = event instanceof Event.Loaded loaded
                && loaded.stored() != null
                && loaded.stored().status() == Status.LOGGED_OUT;
        return rounds > 0 && !base.saved() && !siblingsLogout;
    }

    private Step burying(Event event) {
        if (event instanceof Event.Wrote wrote) {
            if (wrote.won()) {
                return delete(Held.inStore(held.next()), List.of(new Notice.Deleted(EndReason.LOGGED_OUT)));
            }
            if (rounds < MOST_ROUNDS) {
                return again(held, Phase.LOADING);
            }
        }
        return delete(held, List.of(new Notice.Deleted(EndReason.LOGGED_OUT), notice(event)));
    }

    private Step delete(Held from, List<Notice> notices) {
        return with(from, from.state().pendingDeletes()).next(notices);
    }

    private LogoutFlow with(Held held, List<PendingDelete> todo) {
        return new LogoutFlow(held, logout, waitedOut, todo, gone, trouble, asked, rounds, Phase.DELETING);
    }

    /** Takes up the first thing to do. */
    private Step next(List<Notice> notices) {
        if (todo.isEmpty()) {
            return gone.isEmpty() && trouble == null && held.saved()
                    ? step(held, phase, new Effect.Done(new Outcome.Over()), notices)
                    : step(held, Phase.LOADING_RESULT, new Effect.Read(), notices);
        }
        PendingDelete first = todo.get(0);
        Effect effect = first.chase()
                ? new Effect.Refresh(first.service(), first.refreshJwt())
                : new Effect.Delete(first.service(), first.refreshJwt());
        return step(held, Phase.DELETING, effect, notices);
    }

    private Step deleting(Event event) {
        PendingDelete first = todo.get(0);
        var rest = new ArrayList<>(todo.subList(1, todo.size()));
        if (event instanceof Event.Refreshed refreshed) {
            return chased(first, rest, refreshed.verdict());
        } else if (event instanceof Event.TurnLost) {
            return step(held, phase, new Effect.Done(new Outcome.TurnLost()), List.of());
        }
        DeleteVerdict verdict = ((Event.Deleted) event).verdict();
        if (verdict instanceof DeleteVerdict.Unconfirmed unconfirmed) {
            Duration wait = unconfirmed.retryAfter() == null ? Duration.ZERO : unconfirmed.retryAfter();
            return troubled(rest, unconfirmed.why(), wait).next(List.of());
        }
        var confirmed = new ArrayList<>(gone);
        // After trouble an ancestor may live on, and a refresh with it that is under way would bring this one back.
        if (trouble == null) {
            confirmed.add(first);
        }
        return new LogoutFlow(held, logout, waitedOut, rest, confirmed, trouble, asked, rounds, phase).next(List.of());
    }

    private Step chased(PendingDelete first, List<PendingDelete> rest, RefreshVerdict verdict) {
        if (verdict instanceof RefreshVerdict.Transient weather) {
            Duration wait = weather.retryAfter() == null ? Duration.ZERO : weather.retryAfter();
            return troubled(rest, weather.why(), wait).next(List.of());
        }
        if (verdict instanceof RefreshVerdict.WrongAccount
                || verdict instanceof RefreshVerdict.Rotated half
                        && half.grant().refreshJwt() == null) {
            return troubled(rest, "the service did not name the token that is to be deleted", Duration.ZERO)
                    .next(List.of());
        }
        var caught = new ArrayList<PendingDelete>();
        caught.add(new PendingDelete(first.service(), first.refreshJwt(), false));
        Secret successor = verdict instanceof RefreshVerdict.Rotated rotated
                ? rotated.grant().refreshJwt()
                : null;
        // One that is to be chased itself must not be deleted before.
        if (successor != null && rest.stream().noneMatch(p -> Tokens.sameRefresh(p.refreshJwt(), successor))) {
            caught.add(new PendingDelete(first.service(), successor, false));
        }
        caught.addAll(rest);
        if (caught.size() == todo.size()) {
            return with(held, caught).next(List.of());
        }
        var pending = new ArrayList<>(held.state().pendingDeletes());
        pending.replaceAll(p -> p.equals(first) ? caught.get(0) : p);
        pending.add(caught.get(1));
        Held known = held.with(held.state().pending(pending));
        return list(known, caught);
    }

    /** Writes down what only this process knows: once its ancestor is deleted, nobody else could find it out. */
    private Step list(Held known, List<PendingDelete> todo) {
        LogoutFlow flow = with(known, todo);
        return known.saved()
                ? flow.next(List.of())
                : flow.step(known, Phase.LISTING, new Effect.Write(known.next()), List.of());
    }

    private Step listing(Event event) {
        if (event instanceof Event.Loaded loaded) {
            return list(held.reconciledWith(loaded.stored()), todo);
        }
        if (event instanceof Event.Wrote wrote) {
            if (wrote.won()) {
                return with(Held.inStore(held.next()), todo).next(List.of());
            }
            if (rounds < MOST_ROUNDS) {
                return again(held, phase);
            }
        }
        return with(held, todo).next(List.of(notice(event)));
    }

    /** Reads the store once more, since a sibling has written first. */
    private Step again(Held held, Phase phase) {
        return new LogoutFlow(held, logout, waitedOut, todo, gone, trouble, asked, rounds + 1, phase).begin();
    }

    private static Notice notice(Event event) {
        return new Notice.StoreFailed(event instanceof Event.StoreFailed failed ? failed.why() : OTHERS);
    }

    private LogoutFlow troubled(List<PendingDelete> rest, String why, Duration wait) {
        return new LogoutFlow(
                held, logout, waitedOut, rest, gone, why, wait.compareTo(asked) > 0 ? wait : asked, rounds, phase);
    }

    /** Writes down what is left, on top of what the store holds by now. */
    private Step record(Event event, Now now) {
        Held base = event instanceof Event.Loaded loaded ? held.reconciledWith(loaded.stored()) : held;
        SessionState state = base.state();
        List<PendingDelete> left = state.pendingDeletes().stream()
                .filter(p -> gone.stream().noneMatch(g -> Tokens.sameRefresh(g.refreshJwt(), p.refreshJwt())))
                .toList();
        state = state.pending(left);
        if (trouble != null && !state.active()) {
            state = state.deletesFailed(now.time(), asked, now.dice(), trouble);
        }
        Held result = base.with(state);
        return event instanceof Event.Loaded
                ? step(result, Phase.RECORDING, new Effect.Write(result.next()), List.of())
                : done(unrecorded(result), List.of(notice(event)));
    }

    private Step recording(Event event) {
        if (event instanceof Event.Wrote wrote) {
            if (wrote.won()) {
                return finish(Held.inStore(held.next()), List.of());
            }
            if (rounds < MOST_ROUNDS) {
                return again(unrecorded(held), Phase.LOADING_RESULT);
            }
        }
        return done(unrecorded(held), List.of(notice(event)));
    }

    /**
     * Returns what is held as long as the store does not know the result. What was confirmed stays listed: it is what tells
     * the session that this tombstone ends from a login that came later.
     */
    private Held unrecorded(Held result) {
        List<PendingDelete> left = result.state().pendingDeletes();
        var all = new ArrayList<>(gone);
        all.addAll(left);
        return result.with(result.state().pending(all));
    }

    private Step finish(Held last, List<Notice> notices) {
        boolean more = !last.state().pendingDeletes().isEmpty();
        if (trouble == null && more && rounds < MOST_ROUNDS) {
            // A sibling's tokens came to light when the store was read again.
            return new LogoutFlow(last, logout, waitedOut, List.of(), gone, null, asked, rounds + 1, phase)
                    .delete(last, notices);
        }
        return done(last, notices);
    }

    private Step done(Held last, List<Notice> notices) {
        if (trouble == null) {
            return step(last, phase, new Effect.Done(new Outcome.Over()), notices);
        }
        var all = new ArrayList<Notice>();
        all.add(new Notice.DeleteFailed(trouble));
        all.addAll(notices);
        // The backoff of an active session is that of its refreshes.
        Duration wait =
                last.state().active() ? CLEAN_UP_AGAIN : last.state().backoff().pause();
        return step(last, phase, new Effect.Done(new Outcome.Later(wait, trouble)), all);
    }

    private Step step(Held held, Phase phase, Effect effect, List<Notice> notices) {
        return new Step(
                new LogoutFlow(held, logout, waitedOut, todo, gone, trouble, asked, rounds, phase),
                held,
                effect,
                notices);
    }
}
