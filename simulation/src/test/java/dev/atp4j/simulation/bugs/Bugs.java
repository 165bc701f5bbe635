// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation.bugs;

import static dev.atp4j.simulation.bugs.Bug.begins;
import static dev.atp4j.simulation.bugs.Bug.cheats;
import static dev.atp4j.simulation.bugs.Bug.counts;
import static dev.atp4j.simulation.bugs.Bug.goesOn;
import static dev.atp4j.simulation.bugs.Bug.stores;
import static dev.atp4j.simulation.bugs.Bug.understands;

import dev.atp4j.session.kernel.AdoptFlow;
import dev.atp4j.session.kernel.DeleteVerdict;
import dev.atp4j.session.kernel.Effect;
import dev.atp4j.session.kernel.Event;
import dev.atp4j.session.kernel.Flow;
import dev.atp4j.session.kernel.HealFlow;
import dev.atp4j.session.kernel.Held;
import dev.atp4j.session.kernel.Jwt;
import dev.atp4j.session.kernel.LogoutFlow;
import dev.atp4j.session.kernel.Notice;
import dev.atp4j.session.kernel.PendingDelete;
import dev.atp4j.session.kernel.RefreshFlow;
import dev.atp4j.session.kernel.RefreshVerdict;
import dev.atp4j.session.kernel.SaveFlow;
import dev.atp4j.session.kernel.SessionState;
import dev.atp4j.session.kernel.Status;
import dev.atp4j.session.kernel.Step;
import dev.atp4j.session.store.EndReason;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Many bugs: some that other clients have or had, some that a tired hand could make in this one. */
public final class Bugs {

    private static final Event DEAD = new Event.Refreshed(new RefreshVerdict.TokenDead(EndReason.REVOKED), null);

    /** Those that take a certain order of events: histories that are drawn hardly ever show them, and a search does. */
    public static final List<Bug> SEARCHED = List.of(
            understands(
                    "forgets that a request may have arrived",
                    (from, event) -> verdict(event) instanceof RefreshVerdict.Transient weather
                            ? new Event.Refreshed(
                                    new RefreshVerdict.Transient(false, weather.retryAfter(), weather.why()), null)
                            : event),
            goesOn("chases no successor that it may have missed", step -> remembering(step, Changed::withoutChases)));

    /** All others. */
    public static final List<Bug> ALL = List.of(
            // ---- what is read and believed
            understands(
                    "does not read the store again before it declares a death",
                    (from, event) -> in(from, RefreshFlow.class, "Doubting") ? own(from, event) : event),
            understands(
                    "does not read the store before it refreshes",
                    (from, event) -> in(from, RefreshFlow.class, "Loading") ? own(from, event) : event),
            understands(
                    "takes the token that was issued later for the newer one",
                    (from, event) -> issuedLaterThan(from, event) ? own(from, event) : event),
            begins("forgets what the store missed", Bugs::asStored),
            understands(
                    "does not see tombstones",
                    (from, event) -> from.held().state().active() && status(event) == Status.LOGGED_OUT
                            ? own(from, event)
                            : event),
            understands(
                    "does not see the backoff that others wrote",
                    (from, event) -> loaded(event, Changed::withoutBackoff)),

            // ---- what answers mean
            understands(
                    "takes every failure for a death",
                    (from, event) -> verdict(event) instanceof RefreshVerdict.Transient ? DEAD : event),
            understands(
                    "goes by the name of an error, whatever the status",
                    (from, event) -> weather(event, "status 502") ? DEAD : event),
            understands(
                    "takes the page of a captive portal for a refusal",
                    (from, event) -> weather(event, "status 401") ? DEAD : event),
            understands(
                    "takes an answer without tokens for a death",
                    (from, event) -> weather(event, "status 200") ? DEAD : event),
            understands(
                    "believes a refusal that names no cause at once",
                    (from, event) -> verdict(event) instanceof RefreshVerdict.Refused ? DEAD : event),
            understands(
                    "takes tokens of another account for a death",
                    (from, event) -> verdict(event) instanceof RefreshVerdict.WrongAccount ? DEAD : event),

            // ---- what is written, and when
            goesOn(
                    "uses new tokens before they are stored",
                    step -> in(step, RefreshFlow.class, "Storing") && step.effect() instanceof Effect.Write write
                            ? new Step(step.flow(), Held.inStore(write.next()), write, step.notices())
                            : step),
            goesOn(
                    "does not write down that it tries to refresh",
                    step -> in(step, RefreshFlow.class, "Attempting") ? writing(step, Changed::withoutAttempt) : step),
            cheats(
                    "does not write new tokens down",
                    step -> in(step, RefreshFlow.class, "Storing") ? reading(step) : step,
                    (from, event) -> in(from, RefreshFlow.class, "Storing") ? won(event) : event),
            understands(
                    "uses its tokens though somebody else wrote first",
                    (from, event) -> in(from, RefreshFlow.class, "Storing") ? won(event) : event),
            understands(
                    "tells of a death though somebody else wrote first",
                    (from, event) -> in(from, RefreshFlow.class, "Burying") ? won(event) : event),
            goesOn(
                    "believes that everything it holds is stored",
                    step -> step.effect() instanceof Effect.Done
                            ? holding(step, Held.inStore(step.held().state()))
                            : step),
            stores("writes whatever is stored", Shelf.NEVER_COMPARES),
            stores("writes a death whatever is stored", Shelf.NEVER_COMPARES_DEATHS),

            // ---- turns
            stores("refreshes without waiting for its turn", Shelf.NO_TURNS),
            stores("does not notice that its turn is over", Shelf.TELLS_NO_LOSS),
            stores("leaves its lock behind when it is killed", Shelf.KEEPS_LEASES),

            // ---- logouts
            goesOn("remembers no ancestors", step -> remembering(step, Changed::withoutAncestors)),
            goesOn("deletes the newest token first", Bugs::newestFirst),
            cheats(
                    "tells the server of a logout before it writes it down",
                    step -> in(step, LogoutFlow.class, "BURYING") ? reading(step) : step,
                    (from, event) -> in(from, LogoutFlow.class, "BURYING") ? won(event) : event),
            understands(
                    "logs out though somebody else wrote first",
                    (from, event) -> in(from, LogoutFlow.class, "BURYING") ? won(event) : event),
            understands(
                    "takes a logout for done when the server did not answer",
                    (from, event) ->
                            event instanceof Event.Deleted ? new Event.Deleted(new DeleteVerdict.Gone()) : event),
            understands(
                    "takes the page of a captive portal for a confirmed logout",
                    (from, event) -> event instanceof Event.Deleted deleted
                                    && deleted.verdict() instanceof DeleteVerdict.Unconfirmed unconfirmed
                                    && unconfirmed.why().startsWith("status 401")
                            ? new Event.Deleted(new DeleteVerdict.Gone())
                            : event),
            goesOn(
                    "gives up what the server has not confirmed",
                    step -> remembering(step, s -> s.active() ? s : given(s))),

            // ---- where tokens go
            goesOn("refreshes at the server that has the data", Bugs::refreshingAtThePds),
            goesOn("deletes old tokens at the new service", Bugs::deletingAtTheService),

            // ---- what is told
            goesOn(
                    "tells of a death that somebody else has told of",
                    step -> step.flow() instanceof RefreshFlow
                                    && step.effect() instanceof Effect.Done
                                    && step.held().state().status() == Status.DEAD
                                    && step.notices().isEmpty()
                            ? telling(step, new Notice.Deleted(EndReason.REVOKED))
                            : step),
            goesOn(
                    "tells of a death before it is written",
                    step -> in(step, RefreshFlow.class, "Burying")
                            ? step.effect() instanceof Effect.Write
                                    ? telling(step, new Notice.Deleted(EndReason.REVOKED))
                                    : new Step(step.flow(), step.held(), step.effect(), List.of())
                            : step),

            // ---- logins of its own
            understands(
                    "logs in again after a logout",
                    (from, event) -> from.flow() instanceof HealFlow && status(event) == Status.LOGGED_OUT
                            ? loaded(event, Changed::dead)
                            : event),
            goesOn(
                    "does not write down that it logs in",
                    step -> in(step, HealFlow.class, "Marking") ? writing(step, Changed::withoutHealing) : step),
            counts("logs in again whatever the budget says", Counting.NOT_OF_ITS_OWN),
            counts("logs in again with the last login that is left to people", Counting.TO_THE_LAST),
            counts("counts its own logins only", Counting.ALONE),
            counts("does not hear how the server counts logins", Counting.DEAF));

    private Bugs() {}

    // ---- where a flow stands

    private static boolean in(Step step, Class<? extends Flow> flow, String phase) {
        if (!flow.isInstance(step.flow())) {
            return false;
        }
        Object now = step.flow() instanceof RefreshFlow refresh
                ? refresh.phase()
                : step.flow() instanceof HealFlow heal ? heal.phase() : ((LogoutFlow) step.flow()).phase();
        return now instanceof Enum<?> name
                ? name.name().equals(phase)
                : now.getClass().getSimpleName().equals(phase);
    }

    private static @Nullable RefreshVerdict verdict(Event event) {
        return event instanceof Event.Refreshed refreshed ? refreshed.verdict() : null;
    }

    private static boolean weather(Event event, String why) {
        return verdict(event) instanceof RefreshVerdict.Transient weather
                && weather.why().startsWith(why);
    }

    private static @Nullable Status status(Event event) {
        return event instanceof Event.Loaded loaded && loaded.stored() != null
                ? loaded.stored().status()
                : null;
    }

    private static boolean issuedLaterThan(Step from, Event event) {
        SessionState own = from.held().state();
        return own.active()
                && event instanceof Event.Loaded loaded
                && loaded.stored() != null
                && loaded.stored().active()
                && issued(own).isAfter(issued(loaded.stored()));
    }

    private static Instant issued(SessionState state) {
        Instant issued = Jwt.read(state.current().refreshJwt()).issuedAt();
        return issued == null ? Instant.MIN : issued;
    }

    // ---- other events

    /** The store, as far as this process knows it. */
    private static Event own(Step from, Event event) {
        return loaded(event, stored -> from.held().state().asVersion(stored.version()));
    }

    private static Event loaded(Event event, UnaryOperator<SessionState> change) {
        return event instanceof Event.Loaded loaded && loaded.stored() != null
                ? new Event.Loaded(change.apply(loaded.stored()))
                : event;
    }

    private static Event won(Event event) {
        return event instanceof Event.StoreFailed ? event : new Event.Wrote(true);
    }

    // ---- other steps

    private static Flow asStored(@Nullable SessionState stored, Flow flow) {
        if (stored == null) {
            return flow;
        }
        Held held = Held.inStore(stored);
        if (flow instanceof RefreshFlow refresh && stored.active()) {
            return RefreshFlow.past(held, refresh.stale(), refresh.waitedOut());
        }
        return flow instanceof SaveFlow ? SaveFlow.of(held) : flow instanceof AdoptFlow ? AdoptFlow.of(held) : flow;
    }

    private static Step holding(Step step, Held held) {
        return new Step(step.flow(), held, step.effect(), step.notices());
    }

    private static Step doing(Step step, Effect effect) {
        return new Step(step.flow(), step.held(), effect, step.notices());
    }

    private static Step reading(Step step) {
        return step.effect() instanceof Effect.Write ? doing(step, new Effect.Read()) : step;
    }

    private static Step writing(Step step, UnaryOperator<SessionState> change) {
        return step.effect() instanceof Effect.Write write
                ? doing(step, new Effect.Write(change.apply(write.next())))
                : step;
    }

    private static Step remembering(Step step, UnaryOperator<SessionState> change) {
        return holding(
                writing(step, change),
                held(step.held(), change.apply(step.held().state())));
    }

    private static Held held(Held as, SessionState state) {
        return new Held(state, as.saved(), as.ahead());
    }

    private static Step telling(Step step, Notice notice) {
        return new Step(step.flow(), step.held(), step.effect(), List.of(notice));
    }

    private static SessionState given(SessionState over) {
        return over.backoff().failures() > 0 ? Changed.withoutDeletes(over) : over;
    }

    private static Step newestFirst(Step step) {
        if (!(step.flow() instanceof LogoutFlow flow)
                || flow.todo().size() < 2
                || !flow.gone().isEmpty()
                || !(step.effect() instanceof Effect.Delete)) {
            return step;
        }
        var turned = new ArrayList<>(flow.todo());
        Collections.reverse(turned);
        PendingDelete first = turned.get(0);
        var next = new LogoutFlow(
                flow.held(),
                flow.logout(),
                flow.waitedOut(),
                turned,
                flow.gone(),
                flow.trouble(),
                flow.asked(),
                flow.rounds(),
                flow.phase());
        Effect effect = first.chase()
                ? new Effect.Refresh(first.service(), first.refreshJwt())
                : new Effect.Delete(first.service(), first.refreshJwt());
        return new Step(next, step.held(), effect, step.notices());
    }

    private static Step refreshingAtThePds(Step step) {
        URI pds = step.held().state().pds();
        return pds != null && step.effect() instanceof Effect.Refresh refresh
                ? doing(step, new Effect.Refresh(pds, refresh.refreshJwt()))
                : step;
    }

    private static Step deletingAtTheService(Step step) {
        return step.effect() instanceof Effect.Delete delete
                ? doing(step, new Effect.Delete(step.held().state().service(), delete.refreshJwt()))
                : step;
    }
}
