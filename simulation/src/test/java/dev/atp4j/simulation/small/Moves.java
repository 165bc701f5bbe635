// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation.small;

import dev.atp4j.session.kernel.AdoptFlow;
import dev.atp4j.session.kernel.DeleteVerdict;
import dev.atp4j.session.kernel.Effect;
import dev.atp4j.session.kernel.Event;
import dev.atp4j.session.kernel.Flow;
import dev.atp4j.session.kernel.Held;
import dev.atp4j.session.kernel.LogoutFlow;
import dev.atp4j.session.kernel.Notice;
import dev.atp4j.session.kernel.Now;
import dev.atp4j.session.kernel.Outcome;
import dev.atp4j.session.kernel.RefreshFlow;
import dev.atp4j.session.kernel.RefreshVerdict;
import dev.atp4j.session.kernel.SaveFlow;
import dev.atp4j.session.kernel.SessionState;
import dev.atp4j.session.kernel.Status;
import dev.atp4j.session.kernel.Step;
import dev.atp4j.session.store.EndReason;
import dev.atp4j.simulation.bugs.Bug;
import dev.atp4j.simulation.bugs.Shelf;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What can happen next, all of it, and the laws that must hold whatever does. */
final class Moves {

    private static final Now NOW = new Now(Moment.NOW, 0);

    private final List<Move> moves = new ArrayList<>();
    private final Moment from;
    private final Bug bug;

    private Moves(Moment from, Bug bug) {
        this.from = from;
        this.bug = bug;
    }

    /**
     * Something that can happen.
     *
     * @param what it is, for people
     * @param fault whether it is a fault
     * @param to how things are then
     */
    record Move(String what, boolean fault, Moment to) {}

    /** Returns everything that can happen now to processes that have a bug, or {@link Bug#NONE}. */
    static List<Move> from(Moment moment, Bug bug) {
        var next = new Moves(moment, bug);
        if (moment.late() != null) {
            next.arrive(moment.late());
        }
        for (int i = 0; i < 2; i++) {
            if (moment.process(i).step() != null) {
                next.goOn(i);
            } else {
                next.start(i);
            }
            next.trouble(i);
        }
        return next.moves;
    }

    /** Adds what happens, unless it changes nothing. */
    private void add(int i, String what, Moment to) {
        if (!to.equals(from)) {
            moves.add(new Move("P" + i + " " + what, !Objects.equals(from.fault(), to.fault()), to));
        }
    }

    private void arrive(Moment.Late late) {
        SmallServer server = late.refresh()
                ? from.server().refreshed(late.token())
                : from.server().deleted(late.token());
        moves.add(new Move("the late request arrives", false, from.with(server).late(null)));
    }

    // ---- what a process begins

    private void start(int i) {
        Process p = from.process(i);
        Held held = p.held();
        if (held == null) {
            add(i, "is started again", from.with(i, Process.started(from.stored(), p.refreshes())));
            return;
        }
        boolean free = from.leaseIsFree() || bug.shelf() == Shelf.NO_TURNS;
        SessionState state = held.state();
        if (p.refreshes() > 0) {
            Flow refresh = RefreshFlow.past(held, state.generation(), state.backoff());
            if (free) {
                begin(i, "refreshes", refresh, true);
            } else {
                look(i, (AdoptFlow) Objects.requireNonNull(refresh.meanwhile()));
            }
            blindly(i, "refreshes", refresh);
        }
        if (!held.saved() && free) {
            begin(i, "saves", SaveFlow.of(held), true);
        }
        if (state.active() && from.logout() == Moment.Logout.WANTED) {
            Moment logout = from.loggingOut();
            Step step = begun(LogoutFlow.of(held));
            add(i, "logs out", entered(logout, i, step, free));
        }
        if (!state.active() && !state.pendingDeletes().isEmpty() && free) {
            begin(i, "finishes the logout", LogoutFlow.unfinished(held), true);
        }
    }

    private void begin(int i, String what, Flow flow, boolean lease) {
        add(i, what, entered(from, i, begun(flow), lease));
    }

    private void blindly(int i, String what, Flow flow) {
        if (from.fault() == null) {
            add(i, what + " without a lease", entered(from.with(Fault.LEASE_FAILS), i, begun(flow), false));
        }
    }

    private Step begun(Flow flow) {
        return bug.step().apply(bug.flow().apply(from.stored(), flow).begin());
    }

    private Step on(Step step, Event event) {
        return bug.step().apply(step.flow().on(bug.event().apply(step, event), NOW));
    }

    private static Moment entered(Moment moment, int i, Step step, boolean lease) {
        Process p = moment.process(i).in(step);
        return moment.with(i, lease ? p.with(Process.Turn.HELD) : p);
    }

    /** What who waits for the lease does meanwhile: one reading. */
    private void look(int i, AdoptFlow flow) {
        Step look = begun(flow);
        Step end = on(look, new Event.Loaded(from.stored()));
        Outcome outcome = ((Effect.Done) end.effect()).outcome();
        if (outcome instanceof Outcome.Current || outcome instanceof Outcome.Over) {
            add(
                    i,
                    "looks, and has what it wanted",
                    told(from.with(i, from.process(i).in(end).idle(true)), end));
        }
    }

    // ---- what a process goes on with

    private void goOn(int i) {
        Process p = from.process(i);
        Effect effect = p.step().effect();
        if (effect instanceof Effect.Read) {
            then(i, "reads", from, new Event.Loaded(from.stored()));
            fails(i, Fault.READ_FAILS, from);
        } else if (effect instanceof Effect.Write write) {
            write(i, write.next());
        } else if (effect instanceof Effect.Refresh refresh) {
            refresh(i, p, SmallServer.token(refresh.refreshJwt()));
        } else if (effect instanceof Effect.Delete delete) {
            delete(i, SmallServer.token(delete.refreshJwt()));
        } else if (effect instanceof Effect.Pause) {
            then(i, "has paused", from, new Event.Paused());
        } else {
            throw new BrokenLaw("P" + i + " wants " + effect);
        }
    }

    private void write(int i, SessionState next) {
        boolean wins = bug.shelf().takes(from.stored(), next);
        Moment written = wins ? from.storing(next) : from;
        if (wins) {
            Laws.written(from, next);
        }
        then(i, wins ? "writes " + shown(next) : "is too late to write", written, new Event.Wrote(wins));
        fails(i, Fault.WRITE_FAILS, from);
        if (wins) {
            fails(i, Fault.WRITE_FAILS_LATE, written);
        }
    }

    private void refresh(int i, Process p, int token) {
        if (!p.sent()) {
            if (p.turn() == Process.Turn.LOST && bug.shelf() != Shelf.TELLS_NO_LOSS) {
                then(i, "finds its lease lost", from, new Event.TurnLost());
                return;
            }
            boolean counts = p.step().flow() instanceof RefreshFlow;
            Moment sending = (counts ? from.with(from.server().counted(token)) : from).with(i, p.sending());
            Laws.sending(sending, i, token);
            add(i, "sends refreshSession " + token, sending);
            return;
        }
        SmallServer server = from.server().refreshed(token);
        then(i, "gets an answer", from.with(server), refreshed(from.server().answer(token)));
        if (from.fault() == null) {
            Event unknown = refreshed(new RefreshVerdict.Transient(true, null, "reset"));
            then(i, "request is lost", from.with(Fault.REQUEST_LOST), unknown);
            then(i, "answer is lost", from.with(Fault.ANSWER_LOST).with(server), unknown);
            var late = new Moment.Late(true, token);
            then(i, "request is late", from.with(Fault.REQUEST_LATE).late(late), unknown);
            Event busy = refreshed(new RefreshVerdict.Transient(false, null, "429"));
            then(i, "is told that the server is busy", from.with(Fault.BUSY), busy);
        }
    }

    private static Event refreshed(RefreshVerdict verdict) {
        return new Event.Refreshed(verdict, null);
    }

    private void delete(int i, int token) {
        SmallServer server = from.server().deleted(token);
        then(i, "deletes " + token, from.with(server), new Event.Deleted(new DeleteVerdict.Gone()));
        if (from.fault() == null) {
            Event unknown = new Event.Deleted(new DeleteVerdict.Unconfirmed(null, "reset"));
            then(i, "request is lost", from.with(Fault.REQUEST_LOST), unknown);
            then(i, "answer is lost", from.with(Fault.ANSWER_LOST).with(server), unknown);
            var late = new Moment.Late(false, token);
            then(i, "request is late", from.with(Fault.REQUEST_LATE).late(late), unknown);
        }
    }

    private void fails(int i, Fault fault, Moment to) {
        if (from.fault() == null) {
            then(i, "meets " + fault, to.with(fault), new Event.StoreFailed("down"));
        }
    }

    /** Takes a process's flow one step further. */
    private void then(int i, String what, Moment moment, Event event) {
        Process p = from.process(i);
        Step next = on(p.step(), event);
        Moment to = told(moment.with(i, p.in(next)), next);
        if (next.effect() instanceof Effect.Done done) {
            boolean refreshed = next.flow() instanceof RefreshFlow && !(done.outcome() instanceof Outcome.TurnLost);
            to = to.with(i, to.process(i).idle(refreshed));
            what += " and is done: " + done.outcome().getClass().getSimpleName();
        }
        Laws.held(to, i);
        add(i, what, to);
    }

    private static Moment told(Moment moment, Step step) {
        Moment to = moment;
        for (Notice notice : step.notices()) {
            if (notice instanceof Notice.Deleted deleted) {
                Laws.end(moment, deleted.reason() == EndReason.LOGGED_OUT);
                to = to.ended();
            }
        }
        return to;
    }

    // ---- what comes from outside

    private void trouble(int i) {
        Process p = from.process(i);
        if (from.fault() != null || p.held() == null) {
            return;
        }
        if (p.turn() == Process.Turn.HELD) {
            add(i, "loses its lease", from.with(Fault.LEASE_LOST).with(i, p.with(Process.Turn.LOST)));
        }
        if (p.step() != null || p.refreshes() > 0 || !p.held().saved()) {
            add(i, "is killed", from.with(Fault.KILLED).with(i, p.killed()));
        }
    }

    static String shown(@Nullable SessionState state) {
        if (state == null) {
            return "nothing";
        }
        String tokens = state.status() == Status.ACTIVE ? " " + SmallServer.token(state.current()) : "";
        return "v" + state.version() + " " + state.status() + tokens + (state.attempt() == null ? "" : " attempted");
    }
}
