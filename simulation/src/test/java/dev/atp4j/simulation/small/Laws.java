// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation.small;

import dev.atp4j.session.kernel.Effect;
import dev.atp4j.session.kernel.Event;
import dev.atp4j.session.kernel.Flow;
import dev.atp4j.session.kernel.Held;
import dev.atp4j.session.kernel.LogoutFlow;
import dev.atp4j.session.kernel.Now;
import dev.atp4j.session.kernel.RefreshFlow;
import dev.atp4j.session.kernel.SaveFlow;
import dev.atp4j.session.kernel.SessionState;
import dev.atp4j.session.kernel.Status;
import dev.atp4j.session.kernel.Step;

/** The laws, for the small world. */
final class Laws {

    private static final Now NOW = new Now(Moment.NOW, 0);

    private Laws() {}

    /** A request is about to be sent. */
    static void sending(Moment moment, int i, int token) {
        Process one = moment.process(i);
        boolean inTurn = one.turn() == Process.Turn.HELD || moment.fault() == Fault.LEASE_FAILS;
        hold(inTurn || one.step().flow() instanceof LogoutFlow, "2: P" + i + " sends without its turn");
        Process other = moment.process(1 - i);
        boolean both = other.sent()
                && other.step().effect() instanceof Effect.Refresh theirs
                && SmallServer.token(theirs.refreshJwt()) == token;
        hold(!both || excusesTwoAtOnce(moment), "2: token " + token + " is on the wire twice");
        int uses = moment.server().uses(token);
        hold(uses <= (moment.fault() == null ? 1 : 2), "2: token " + token + " was presented " + uses + " times");
        SessionState stored = moment.stored();
        boolean recorded = stored.attempt() != null || !stored.active() || SmallServer.token(stored.current()) != token;
        hold(recorded || storeFailed(moment), "3: the attempt with token " + token + " is not recorded");
    }

    /** A logout does not wait for its turn, and chases what may be on the wire. */
    private static boolean excusesTwoAtOnce(Moment moment) {
        return moment.fault() != null && moment.fault().ofTheTurn()
                || moment.stored().status() == Status.LOGGED_OUT
                || storeFailed(moment) && moment.logout() == Moment.Logout.BEGUN;
    }

    private static boolean unwrittenLogout(Moment moment) {
        return moment.logout() == Moment.Logout.BEGUN && storeFailed(moment);
    }

    private static boolean storeFailed(Moment moment) {
        return moment.fault() != null && moment.fault().ofTheStore();
    }

    /** A write has won. */
    static void written(Moment before, SessionState next) {
        SessionState old = before.stored();
        if (old.active() && next.active()) {
            hold(
                    SmallServer.token(next.current()) >= SmallServer.token(old.current()),
                    "4: token " + SmallServer.token(old.current()) + " gives way to an older one");
            hold(next.generation() >= old.generation(), "4: the generation went back");
        }
        hold(!(old.status() == Status.LOGGED_OUT && next.active()), "6: a tombstone gives way");
        if (next.status() == Status.DEAD && old.active()) {
            // Excused: a logout that the store failed is under way, and has deleted the token at the server.
            hold(
                    before.server().alive() == 0 || unwrittenLogout(before),
                    "1: a session is buried that the server honours");
        }
    }

    /** A process has published something. */
    static void held(Moment moment, int i) {
        Held held = moment.process(i).held();
        if (held.state().active() && held.saved() && moment.stored().active()) {
            hold(
                    SmallServer.token(held.state().current())
                            <= SmallServer.token(moment.stored().current()),
                    "3: tokens are used before they are stored");
        }
        if (held.state().active() && !held.saved()) {
            hold(moment.fault() != null, "3: tokens are not stored, and nothing went wrong");
        }
    }

    /** An end was told. */
    static void end(Moment moment, boolean logout) {
        // Excused: the store failed a logout, so that a sibling took it for a death.
        hold(moment.ends() == 0 || unwrittenLogout(moment), "8: the end is told twice");
        hold(logout || moment.server().alive() == 0 || unwrittenLogout(moment), "1: a death is told of that is none");
        hold(!logout || moment.logout() == Moment.Logout.BEGUN, "6: a logout is told of that nobody asked for");
    }

    /** Nothing happens by itself any more: in calm weather everything is as it should be. */
    static void quiet(Moment quiet) {
        Moment calm = quiet.fault() == null ? quiet.with(Fault.BUSY) : quiet;
        for (int i = 0; i < 4; i++) {
            calm = visited(calm, i % 2);
        }
        SessionState stored = calm.stored();
        if (stored.active()) {
            int current = SmallServer.token(stored.current());
            hold(
                    quiet.logout() != Moment.Logout.BEGUN || quiet.fault() == Fault.KILLED,
                    "6: a logout left nothing behind");
            hold(calm.server().honours(current), "3: the store holds a dead token");
            for (int i = 0; i < 2; i++) {
                Process p = calm.process(i);
                hold(p.state().active(), "1: P" + i + " is over");
                hold(calm.server().honours(SmallServer.token(p.state().current())), "3: P" + i + " holds a dead token");
            }
            return;
        }
        hold(quiet.logout() == Moment.Logout.BEGUN, "1: the session is over, and nobody logged out");
        hold(stored.pendingDeletes().isEmpty(), "6: deletes are pending in calm weather");
        hold(calm.server().alive() == 0, "6: something outlived the logout");
        for (int i = 0; i < 2; i++) {
            hold(!calm.process(i).state().active(), "6: P" + i + " missed the tombstone");
        }
    }

    /** A process writes down what is to be written, and gets past its tokens, or ends what is to be ended. */
    private static Moment visited(Moment moment, int i) {
        Moment next = moment;
        if (!next.process(i).held().saved()) {
            next = done(next, i, SaveFlow.of(next.process(i).held()));
        }
        SessionState state = next.process(i).state();
        if (state.active()) {
            next = done(next, i, RefreshFlow.past(next.process(i).held(), state.generation(), state.backoff()));
        }
        return next.process(i).state().active()
                ? next
                : done(next, i, LogoutFlow.unfinished(next.process(i).held()));
    }

    private static Moment done(Moment moment, int i, Flow flow) {
        Step step = flow.begin();
        Moment next = moment;
        for (int effects = 0; !(step.effect() instanceof Effect.Done); effects++) {
            hold(effects < 50, "a flow does not end");
            Event event;
            if (step.effect() instanceof Effect.Read) {
                event = new Event.Loaded(next.stored());
            } else if (step.effect() instanceof Effect.Write write) {
                boolean wins = write.next().version() == next.stored().version() + 1;
                if (wins) {
                    written(next, write.next());
                    next = next.storing(write.next());
                }
                event = new Event.Wrote(wins);
            } else if (step.effect() instanceof Effect.Refresh refresh) {
                int token = SmallServer.token(refresh.refreshJwt());
                event = new Event.Refreshed(next.server().answer(token), null);
                next = next.with(next.server().refreshed(token));
            } else if (step.effect() instanceof Effect.Delete delete) {
                next = next.with(next.server().deleted(SmallServer.token(delete.refreshJwt())));
                event = new Event.Deleted(new dev.atp4j.session.kernel.DeleteVerdict.Gone());
            } else {
                event = new Event.Paused();
            }
            step = step.flow().on(event, NOW);
        }
        return next.with(i, next.process(i).in(step).idle(false));
    }

    private static void hold(boolean holds, String law) {
        if (!holds) {
            throw new BrokenLaw(law);
        }
    }
}
