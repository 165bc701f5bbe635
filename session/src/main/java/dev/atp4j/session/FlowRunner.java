// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import dev.atp4j.AtpException;
import dev.atp4j.identity.DidDocument;
import dev.atp4j.identity.DidDocument.EndpointRule;
import dev.atp4j.identity.IdentityException;
import dev.atp4j.identity.IdentityResolver;
import dev.atp4j.session.kernel.Effect;
import dev.atp4j.session.kernel.Event;
import dev.atp4j.session.kernel.Flow;
import dev.atp4j.session.kernel.Held;
import dev.atp4j.session.kernel.Now;
import dev.atp4j.session.kernel.Outcome;
import dev.atp4j.session.kernel.RefreshVerdict;
import dev.atp4j.session.kernel.SessionState;
import dev.atp4j.session.kernel.StateJson;
import dev.atp4j.session.kernel.Step;
import dev.atp4j.session.kernel.Turn;
import dev.atp4j.session.kernel.Verdict;
import dev.atp4j.session.store.SessionKey;
import dev.atp4j.session.store.SessionStore;
import dev.atp4j.session.store.StoreException;
import dev.atp4j.syntax.Did;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Does what flows want done: the hands of the rules, without a rule of its own. Thread-safe; a flow runs on the calling
 * thread.
 */
final class FlowRunner {

    private static final System.Logger LOG = System.getLogger(FlowRunner.class.getName());

    /** How long to wait for others who have the lease, beyond the time that one refresh may take. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** How long to wait for the lease at first, before looking whether the others' work is enough. */
    private static final Duration FIRST_SLICE = Duration.ofMillis(50);

    /** How long to wait for it at a time later on: each look is work for the store, from every process that waits. */
    private static final Duration SLICE = Duration.ofMillis(100);

    /** How often to begin anew after a lease was lost. */
    private static final int MOST_TURNS = 5;

    private static final Duration AFTER_BUSY = Duration.ofSeconds(1);

    private final Settings settings;
    private final ServerClock clock;
    private final ServerCalls calls;

    FlowRunner(Settings settings, ServerClock clock, ServerCalls calls) {
        this.settings = settings;
        this.clock = clock;
        this.calls = calls;
    }

    /**
     * How a flow ended.
     *
     * @param outcome its own word
     * @param problem what the last failing call met, for people, or null
     * @param asked whether the server was asked for new tokens
     */
    record Finish(Outcome outcome, @Nullable AtpException problem, boolean asked) {}

    /**
     * Runs a flow to its end, in its turn.
     *
     * @param key whose session it works on
     * @param start makes the flow from what is held; asked again for each turn
     * @param observer gets every step before its effect is done
     */
    Finish run(SessionKey key, Supplier<Flow> start, Consumer<Step> observer) {
        Flow flow = start.get();
        if (flow.turn() == Turn.UNNEEDED) {
            return steps(flow, null, observer);
        }
        for (int turn = 1; turn <= MOST_TURNS; turn++) {
            Finish finish = inTurn(key, start, observer);
            if (!(finish.outcome() instanceof Outcome.TurnLost)) {
                return finish;
            }
        }
        return withoutTurn(start, observer, "the session's lease was lost again and again");
    }

    /** Waits for the lease in slices, and looks between them whether the others' work is enough. */
    private Finish inTurn(SessionKey key, Supplier<Flow> start, Consumer<Step> observer) {
        Duration patience = settings.refreshTimeout().plus(PATIENCE);
        long begun = settings.time().nanos();
        Duration slice = FIRST_SLICE;
        for (long slices = patience.dividedBy(FIRST_SLICE); ; slices--, slice = SLICE) {
            Optional<SessionStore.Lease> lease;
            try {
                lease = settings.store().lease(key, slice);
            } catch (RuntimeException e) {
                if (e instanceof StoreException store && store.kind() == StoreException.Kind.INTERRUPTED) {
                    return new Finish(
                            new Outcome.Later(AFTER_BUSY, "interrupted while others had the lease"), store, false);
                }
                // A store that is down must not stop a running session; the flow meets the same trouble and deals with
                // it.
                return steps(start.get(), null, observer);
            }
            if (lease.isPresent()) {
                try {
                    return steps(start.get(), lease.get(), observer);
                } finally {
                    giveBack(lease.get());
                }
            }
            Flow meanwhile = start.get().meanwhile();
            if (meanwhile != null) {
                Finish finish = steps(meanwhile, null, observer);
                if (finish.outcome() instanceof Outcome.Current || finish.outcome() instanceof Outcome.Over) {
                    return finish;
                }
            }
            // Counted and measured: what stands still, or takes no time, must not wait for ever.
            if (slices <= 1 || settings.time().nanos() - begun >= patience.toNanos()) {
                return withoutTurn(start, observer, "others who share the store kept the session's lease");
            }
        }
    }

    private Finish withoutTurn(Supplier<Flow> start, Consumer<Step> observer, String why) {
        Flow flow = start.get();
        return flow.turn() == Turn.WANTED
                ? steps(flow, null, observer)
                // Two refreshes at once is what loses sessions.
                : new Finish(new Outcome.Later(AFTER_BUSY, why), null, false);
    }

    private static void giveBack(SessionStore.Lease lease) {
        try {
            lease.close();
        } catch (RuntimeException e) {
            // The flow is done and written down; a lease that could not be given back runs out by itself.
            LOG.log(System.Logger.Level.WARNING, "a lease could not be given back", e);
        }
    }

    private Finish steps(Flow start, SessionStore.@Nullable Lease lease, Consumer<Step> observer) {
        AtpException problem = null;
        boolean asked = false;
        Step step = start.begin();
        while (true) {
            observer.accept(step);
            Effect effect = step.effect();
            if (effect instanceof Effect.Done done) {
                return new Finish(done.outcome(), problem, asked);
            }
            Event event;
            if (effect instanceof Effect.Refresh && lease != null && !lease.held()) {
                event = new Event.TurnLost();
            } else if (effect instanceof Effect.Refresh refresh) {
                ServerCalls.Result result = calls.refreshSession(refresh.service(), refresh.refreshJwt());
                problem = result.problem();
                asked = true;
                event = refreshed(result, step.held());
            } else if (effect instanceof Effect.Delete delete) {
                ServerCalls.Result result = calls.deleteSession(delete.service(), delete.refreshJwt());
                problem = result.problem() == null ? problem : result.problem();
                event = new Event.Deleted(Verdict.ofDelete(result.answer()));
            } else if (effect instanceof Effect.Read || effect instanceof Effect.Write) {
                try {
                    event = access(effect, step.held().state().key());
                } catch (StoreException e) {
                    problem = problem == null ? e : problem;
                    event = new Event.StoreFailed(String.valueOf(e.getMessage()));
                } catch (RuntimeException e) {
                    // Somebody else's store; its message may hold anything.
                    event = new Event.StoreFailed(
                            "the store threw " + e.getClass().getName());
                }
            } else {
                event = perform(effect, step.held());
            }
            step = step.flow()
                    .on(
                            event,
                            new Now(
                                    clock.now(),
                                    clock.known(),
                                    settings.random().nextDouble()));
        }
    }

    private Event access(Effect effect, SessionKey key) {
        if (effect instanceof Effect.Write write) {
            SessionState next = write.next();
            return new Event.Wrote(
                    settings.store().compareAndSet(key, next.version() - 1, StateJson.write(next, clock.now())));
        }
        return new Event.Loaded(settings.store().read(key).map(StateJson::read).orElse(null));
    }

    private Event perform(Effect effect, Held held) {
        if (effect instanceof Effect.Resolve resolve) {
            return new Event.Resolved(residence(resolve.did(), held.state()));
        } else if (effect instanceof Effect.Login login) {
            return new LoginCalls(settings, clock).again(login);
        }
        pause(((Effect.Pause) effect).time());
        return new Event.Paused();
    }

    private static Event refreshed(ServerCalls.Result result, Held held) {
        RefreshVerdict verdict =
                Verdict.ofRefresh(result.answer(), held.state().key().did());
        URI pds = verdict instanceof RefreshVerdict.Rotated rotated
                ? Pds.of(
                        rotated.grant().profile(),
                        held.state().key().did(),
                        held.state().service())
                : null;
        return new Event.Refreshed(verdict, pds);
    }

    private Event.Residence residence(Did did, SessionState state) {
        IdentityResolver identity = settings.identityFor(state.service());
        if (identity == null) {
            return Event.Residence.UNKNOWN;
        }
        try {
            DidDocument document = identity.refreshDid(did);
            URI pds = document.pds(EndpointRule.forService(state.service())).orElse(null);
            URI known = state.pds() == null ? state.service() : state.pds();
            return known.equals(pds) || state.service().equals(pds) ? Event.Residence.HERE : Event.Residence.ELSEWHERE;
        } catch (IdentityException e) {
            return e.kind() == IdentityException.Kind.NOT_FOUND ? Event.Residence.NOWHERE : Event.Residence.UNKNOWN;
        }
    }

    private void pause(Duration length) {
        var over = new CompletableFuture<Void>();
        settings.time().after(length, () -> over.complete(null));
        over.join();
    }
}
