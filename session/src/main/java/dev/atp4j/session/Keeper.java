// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import dev.atp4j.AtpException;
import dev.atp4j.data.LexMap;
import dev.atp4j.http.Headers;
import dev.atp4j.session.kernel.AdoptFlow;
import dev.atp4j.session.kernel.Answer;
import dev.atp4j.session.kernel.Backoff;
import dev.atp4j.session.kernel.Flow;
import dev.atp4j.session.kernel.HealFlow;
import dev.atp4j.session.kernel.Healing;
import dev.atp4j.session.kernel.Held;
import dev.atp4j.session.kernel.LogoutFlow;
import dev.atp4j.session.kernel.Outcome;
import dev.atp4j.session.kernel.Profile;
import dev.atp4j.session.kernel.RefreshFlow;
import dev.atp4j.session.kernel.SaveFlow;
import dev.atp4j.session.kernel.SessionState;
import dev.atp4j.session.kernel.Step;
import dev.atp4j.session.kernel.Tokens;
import dev.atp4j.session.store.EndReason;
import dev.atp4j.session.store.SessionKey;
import dev.atp4j.time.Time;
import dev.atp4j.xrpc.XrpcClient;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one session: runs its flows one at a time, publishes what comes of them, lets callers wait for a refresh together,
 * and writes down later what a failing store missed. Thread-safe.
 *
 * <p>Locks, in order: {@code turns}, held while a flow runs; {@code slot}, held for a few instructions, under which nothing
 * is called that could block.
 */
final class Keeper {

    private static final System.Logger LOG = System.getLogger(Keeper.class.getName());

    private final SessionKey key;
    private final Settings settings;
    private final ServerClock clock;
    private final ServerCalls calls;
    private final FlowRunner runner;
    private final Healer healer;
    private final Consumer<Step> observer;

    private final ReentrantLock turns = new ReentrantLock();
    private final ReentrantLock slot = new ReentrantLock();

    private @Nullable Refresh refreshing;
    private boolean catchingUp;
    private Time.@Nullable Timer deleting;
    /** The newest version that the store is said to hold, and which is still to be looked at. */
    private final AtomicLong told = new AtomicLong();

    private volatile boolean detailsAsked;
    private volatile @Nullable Backoff waitedOut;
    private volatile Live live;

    /**
     * Starts keeping a session.
     *
     * @param observer is told of each step after what it brought was published; must not block
     */
    Keeper(Settings settings, ServerClock clock, Held held, Consumer<Step> observer) {
        this.key = held.state().key();
        this.settings = settings;
        this.clock = clock;
        this.calls = new ServerCalls(settings, clock);
        this.runner = new FlowRunner(settings, clock, calls);
        this.healer = new Healer(settings, clock);
        this.observer = observer;
        this.live = seen(held, null);
    }

    Live live() {
        return live;
    }

    /** Returns what is held, or throws if the session is over. */
    Live alive() {
        Live now = live;
        if (!now.active()) {
            EndReason reason = now.state().reason();
            Healing healing = now.state().healing();
            throw new SessionOverException(
                    key, reason == null ? EndReason.LOGGED_OUT : reason, healing == null ? "" : healing.why());
        }
        return now;
    }

    /** Returns what is held, and has the session log in again if it is over and that may bring it back. */
    Live usable(Deadline deadline) {
        Live now = live;
        return now.active() ? now : past(now.generation(), deadline);
    }

    /** Tells whether the session is alive, or may be brought back by its next call. */
    boolean usable() {
        return live.active() || healer.worthATry(live.state());
    }

    // ---- refresh

    /**
     * Gets past a generation of tokens, trying again as long as the deadline allows.
     *
     * @return the tokens to use; those of the same generation only if they can't be refreshed
     */
    Live past(long stale, Deadline deadline) {
        while (true) {
            Live now = live;
            if (now.active() ? now.generation() != stale : !healer.worthATry(now.state())) {
                return alive();
            }
            FlowRunner.Finish finish = await(joinRefresh(now.generation()), deadline);
            if (finish == null) {
                throw new RefreshFailedException(
                        "the session of " + key.did()
                                + " needs a new access token, and getting one takes longer than the"
                                + " call may; the refresh goes on in the background",
                        Duration.ofSeconds(1),
                        null);
            }
            if (finish.outcome() instanceof Outcome.NotRefreshable) {
                return now;
            }
            if (finish.outcome() instanceof Outcome.Later later) {
                waitOut(later, deadline, finish.problem());
            }
        }
    }

    private void waitOut(Outcome.Later later, Deadline deadline, @Nullable AtpException problem) {
        Backoff backoff = live.state().backoff();
        if (later.pause().compareTo(deadline.left()) < 0) {
            var over = new CompletableFuture<Boolean>();
            settings.time().after(later.pause(), () -> over.complete(true));
            if (Boolean.TRUE.equals(await(over, deadline))) {
                waitedOut = backoff;
                return;
            }
        }
        throw new RefreshFailedException(
                "the session of " + key.did() + " could not get a new access token: " + later.why()
                        + "; the session goes on, try again in " + later.pause(),
                later.pause(),
                problem);
    }

    /** Takes note that the current backoff was waited out by this process's own clock. */
    void waitedOut() {
        waitedOut = live.state().backoff();
    }

    private static <T> @Nullable T await(CompletableFuture<T> future, Deadline deadline) {
        try {
            return deadline.await(future);
        } catch (InterruptedException e) {
            // This thread gives up alone; the refresh goes on for the others.
            Thread.currentThread().interrupt();
            throw new RefreshFailedException("interrupted while waiting for a refresh", Duration.ZERO, e);
        }
    }

    /** A refresh under way, and the generation that it gets past. */
    private record Refresh(long stale, CompletableFuture<FlowRunner.Finish> end) {}

    /**
     * Joins the refresh of this generation that is under way, or starts one on a thread that no caller can interrupt. One of
     * the generation before, which may not have come to its very end yet, is not joined.
     */
    CompletableFuture<FlowRunner.Finish> joinRefresh(long stale) {
        Refresh mine;
        slot.lock();
        try {
            if (refreshing != null && refreshing.stale() == stale) {
                return refreshing.end();
            }
            mine = new Refresh(stale, new CompletableFuture<>());
            refreshing = mine;
        } finally {
            slot.unlock();
        }
        try {
            settings.executor().execute(() -> refresh(mine));
        } catch (RuntimeException | Error e) {
            clear(mine);
            mine.end().completeExceptionally(e);
        }
        return mine.end();
    }

    private void refresh(Refresh mine) {
        FlowRunner.Finish finish;
        try {
            finish = healed(run(held -> refreshing(held, mine.stale())));
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, "a refresh failed unexpectedly; the session goes on", e);
            clear(mine);
            mine.end().completeExceptionally(e);
            return;
        }
        clear(mine);
        mine.end().complete(finish);
        if (finish.outcome() instanceof Outcome.Current) {
            learnDetails();
        } else if (finish.outcome() instanceof Outcome.Over) {
            // What a refresh got that came too late for a sibling's logout has to be ended too.
            finishDeletes();
        }
    }

    private RefreshFlow refreshing(Held held, long stale) {
        return healer.present()
                ? RefreshFlow.healing(held, stale, waitedOut)
                : RefreshFlow.past(held, stale, waitedOut);
    }

    /** Has the session log in again if it is over and that may bring it back. */
    private FlowRunner.Finish healed(FlowRunner.Finish refreshed) {
        SessionState state = live.state();
        Outcome.Dying death = refreshed.outcome() instanceof Outcome.Dying dying ? dying : null;
        EndReason reason = death == null ? state.reason() : death.reason();
        if (reason == null || death == null && !healer.worthATry(state)) {
            return refreshed;
        }
        HealFlow.Terms terms = healer.terms(state, reason);
        FlowRunner.Finish finish = run(held -> HealFlow.of(held, death, terms));
        detailsAsked = false;
        finishDeletes();
        return finish;
    }

    /** Gets past a generation on this thread, in one try; whatever does not work is left to whoever comes next. */
    FlowRunner.Finish refreshOnce(long stale) {
        return healed(run(held -> refreshing(held, stale)));
    }

    private void clear(Refresh over) {
        slot.lock();
        try {
            if (over.equals(refreshing)) {
                refreshing = null;
            }
        } finally {
            slot.unlock();
        }
    }

    // ---- logout

    /** Ends the session, and returns how that went. */
    FlowRunner.Finish logout() {
        FlowRunner.Finish finish = run(LogoutFlow::of);
        finishDeletesAfter(finish);
        return finish;
    }

    /** Has the server asked, in the background and until it confirms, to forget what is still to be forgotten. */
    void finishDeletes() {
        if (!live.state().pendingDeletes().isEmpty()) {
            settings.executor().execute(() -> finishDeletesAfter(run(LogoutFlow::unfinished)));
        }
    }

    /** Has the server asked once more, unless a sibling has done so meanwhile. Others see to what is left then. */
    FlowRunner.Finish finishDeletesOnce() {
        Backoff known = live.state().backoff();
        return run(held -> LogoutFlow.unfinished(held, known));
    }

    private void finishDeletesAfter(FlowRunner.Finish finish) {
        if (finish.outcome() instanceof Outcome.Later later) {
            slot.lock();
            try {
                if (deleting != null) {
                    deleting.cancel();
                }
                deleting = settings.time().after(later.pause(), this::finishDeletes);
            } finally {
                slot.unlock();
            }
        }
    }

    // ---- what siblings write

    /**
     * Takes note of what the store is said to hold. Returns at once.
     *
     * @param version the version, or 0 if it is not known
     * @return whether {@link #look} is to be called; if not, it is known already, or whoever is at work here looks
     */
    boolean told(long version) {
        Live now = live;
        if (!now.active() || version != 0 && version <= now.state().version()) {
            return false;
        }
        told.accumulateAndGet(version == 0 ? Long.MAX_VALUE : version, Math::max);
        return !turns.isLocked();
    }

    /** Adopts what the store was said to hold, unless a flow is at work, which looks when it is done. */
    void look() {
        if (!turns.tryLock()) {
            return;
        }
        try {
            if (told.getAndSet(0) > live.state().version() && live.active()) {
                runner.run(key, () -> AdoptFlow.of(live.held()), this::show);
                if (!live.held().saved()) {
                    catchUp();
                }
            }
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "could not look at what a sibling wrote; the session goes on", e);
        } finally {
            turns.unlock();
            lookIfTold();
        }
    }

    /** Looks at what was told while a flow was at work, or another look. Whoever had the turn calls it after giving it up. */
    private void lookIfTold() {
        if (told.get() > live.state().version()) {
            settings.executor().execute(this::look);
        }
    }

    // ---- what the tokens' answers left out

    /** Makes sure that the session is alive: asks the server with the access token, or refreshes. */
    void check(Deadline deadline) {
        Live now = usable(deadline);
        if (now.state().attempt() != null || now.expired(settings.time().nanos())) {
            // An attempt without a result may be a rotation whose answer was lost: now is the time to recover it.
            past(now.generation(), deadline);
            return;
        }
        ServerCalls.Result result =
                calls.getSession(now.state().service(), now.state().current().accessJwt(), deadline.left());
        Answer.Response answer = result.orThrow();
        if (answer.json() != null) {
            relearnLifespan();
            amend(answer.json());
        } else if (result.problem() != null && result.problem().retryable()) {
            throw result.problem();
        } else {
            past(now.generation(), deadline);
        }
    }

    /** Makes sure that the session can be refreshed, by doing it; one that can't be by its nature is only checked. */
    void renew(Deadline deadline) {
        Live now = alive();
        if (now.state().current().refreshable()) {
            past(now.generation(), deadline);
        } else {
            check(deadline);
        }
    }

    /** Finds out, once, what the answers so far did not tell: above all where the account's data lives. */
    void learnDetails() {
        Live now = live;
        SessionState state = now.state();
        boolean complete = state.pds() != null && state.profile().emailConfirmed() != null;
        if (!now.active() || complete || detailsAsked) {
            return;
        }
        detailsAsked = true;
        try {
            Answer answer = calls.getSession(state.service(), state.current().accessJwt(), settings.refreshTimeout())
                    .answer();
            if (answer instanceof Answer.Response response && response.json() != null) {
                amend(response.json());
            }
            if (live.active() && live.state().pds() == null) {
                URI pds = Pds.resolve(settings.identityFor(state.service()), key.did(), state.service());
                run(held -> SaveFlow.amending(held, Profile.read(LexMap.empty()), pds));
            }
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "could not learn more about an account; the session works without", e);
        }
    }

    private void amend(LexMap getSession) {
        Profile learned = Profile.read(getSession);
        URI pds = Pds.of(learned, key.did(), live.state().service());
        run(held -> SaveFlow.amending(held, learned, pds));
    }

    // ---- flows

    private FlowRunner.Finish run(Function<Held, Flow> flow) {
        turns.lock();
        try {
            FlowRunner.Finish finish = runner.run(key, () -> flow.apply(live.held()), this::show);
            if (!live.held().saved()) {
                catchUp();
            }
            return finish;
        } finally {
            turns.unlock();
            lookIfTold();
        }
    }

    private void show(Step step) {
        publish(step.held());
        observer.accept(step);
    }

    private void publish(Held held) {
        slot.lock();
        try {
            live = seen(held, live);
        } finally {
            slot.unlock();
        }
    }

    /** Works out, once the servers' time is known, when the access token runs out. */
    void relearnLifespan() {
        slot.lock();
        try {
            Live now = live;
            Tokens tokens = now.state().tokens();
            if (tokens != null && now.lifespan() == null) {
                long nanos = settings.time().nanos();
                live = new Live(
                        now.held(), now.client(), now.credentials(), Live.lifespan(tokens, clock, nanos), now.since());
            }
        } finally {
            slot.unlock();
        }
    }

    private Live seen(Held held, @Nullable Live before) {
        SessionState state = held.state();
        URI pds = state.pds() == null ? state.service() : state.pds();
        XrpcClient client = before != null && before.client().service().equals(pds)
                ? before.client()
                : settings.clients().of(pds, Pds.reach(state.service(), pds));
        Tokens tokens = state.tokens();
        long nanos = settings.time().nanos();
        if (tokens == null) {
            return new Live(held, client, Headers.empty(), null, nanos);
        }
        if (before != null && before.generation() == state.generation()) {
            return new Live(held, client, before.credentials(), before.lifespan(), before.since());
        }
        return new Live(
                held, client, ServerCalls.bearer(tokens.accessJwt()), Live.lifespan(tokens, clock, nanos), nanos);
    }

    /** Writes down what the store missed, as soon as it can be written again. */
    private void catchUp() {
        slot.lock();
        try {
            if (catchingUp) {
                return;
            }
            catchingUp = true;
        } finally {
            slot.unlock();
        }
        settings.time()
                .after(
                        SaveFlow.RETRY,
                        () -> settings.executor().execute(() -> {
                            slot.lock();
                            try {
                                catchingUp = false;
                            } finally {
                                slot.unlock();
                            }
                            save();
                            // Until the store knows of a logout, what was confirmed already would be asked for again.
                            if (!live.active() && live.held().saved()) {
                                finishDeletes();
                            }
                        }));
    }

    /** Writes down what the store missed, if it missed anything. */
    void save() {
        if (!live.held().saved()) {
            run(SaveFlow::of);
        }
    }
}
