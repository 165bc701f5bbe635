// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import dev.atp4j.AtpException;
import dev.atp4j.session.kernel.Answer;
import dev.atp4j.session.kernel.CallVerdict;
import dev.atp4j.session.kernel.Effect;
import dev.atp4j.session.kernel.Held;
import dev.atp4j.session.kernel.Notice;
import dev.atp4j.session.kernel.Outcome;
import dev.atp4j.session.kernel.SessionState;
import dev.atp4j.session.kernel.Step;
import dev.atp4j.session.kernel.Tokens;
import dev.atp4j.session.kernel.Verdict;
import dev.atp4j.session.store.EndReason;
import dev.atp4j.session.store.SessionKey;
import dev.atp4j.syntax.Did;
import dev.atp4j.time.Time;
import dev.atp4j.xrpc.Agent;
import dev.atp4j.xrpc.XrpcRequest;
import dev.atp4j.xrpc.XrpcResponse;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A session opened with a password, and an {@link Agent} for its account.
 *
 * <p>It keeps itself alive: the access token is refreshed in the background before it runs out, and when a server says
 * that it has run out, the call is made again with a new one. However many threads and processes share the session, one
 * of them refreshes and the others wait for it or adopt what it stored. Trouble with the network never ends a session; what
 * does is listed in {@link EndReason}.
 *
 * <p>Sessions come from {@link Sessions}. Thread-safe.
 */
public final class PasswordSession implements Agent, AutoCloseable {

    /** A token younger than this is not expired, whatever an answer says. */
    private static final Duration YOUNG = Duration.ofMinutes(1);

    /** What a body that can be sent only once wants to have left of the access token. */
    private static final Duration ENOUGH_FOR_ONE_SHOT = Duration.ofMinutes(5);

    /** For how long an access token that tells nothing is trusted to last for a body that can be sent only once. */
    private static final Duration OPAQUE_BUT_GOOD = Duration.ofMinutes(30);

    private static final Duration TIME_FOR_LISTENERS = Duration.ofSeconds(5);

    private final SessionKey key;
    private final Settings settings;
    private final ServerClock clock;
    private final Keeper keeper;
    private final ProactiveRefresh proactive;
    private final Listeners listeners;
    private final Suspicions suspicions = new Suspicions();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile long lastUse;
    private volatile boolean pinned;

    /** The last generation that the server was asked here to renew. */
    private volatile long asked;

    PasswordSession(Settings settings, ServerClock clock, Held held) {
        this.key = held.state().key();
        this.settings = settings;
        this.clock = clock;
        this.keeper = new Keeper(settings, clock, held, this::observe);
        this.proactive = new ProactiveRefresh(settings, keeper);
        this.listeners = Listeners.of(settings.listeners(), settings.executor());
        this.lastUse = settings.time().nanos();
    }

    // ---- its place among others, for those who hand it out

    /** Tells whether it may be handed out once more: it is neither over nor closed. */
    boolean inUse() {
        return !closed.get() && keeper.live().active();
    }

    /** Takes note that somebody uses it now. */
    void touch() {
        lastUse = settings.time().nanos();
    }

    /** Returns for how long nobody has used it. */
    Duration idle() {
        return Duration.ofNanos(settings.time().nanos() - lastUse);
    }

    /** Begins, or begins again, to refresh before tokens run out. */
    void wake() {
        proactive.wake();
        proactive.schedule(keeper.live());
    }

    /** Wakes it for as long as somebody has it, used or not. */
    void pin() {
        pinned = true;
        wake();
    }

    /** Leaves it to calls to refresh, until it is woken, unless somebody wants it awake. */
    void rest() {
        if (!pinned) {
            proactive.rest();
        }
    }

    private void observe(Step step) {
        if (step.effect() instanceof Effect.Refresh) {
            asked = step.held().state().generation();
        }
        proactive.schedule(keeper.live());
        step.notices().forEach(this::tell);
    }

    void tell(Notice notice) {
        SessionState state = keeper.live().state();
        if (notice instanceof Notice.Updated) {
            if (state.active()) {
                SessionData data = SessionData.of(state);
                listeners.tell(listener -> listener.updated(this, data));
            }
        } else if (notice instanceof Notice.UpdateFailed failed) {
            listeners.tell(listener -> listener.updateFailed(this, failed.why()));
        } else if (notice instanceof Notice.Deleted deleted) {
            listeners.tell(listener -> listener.deleted(this, deleted.reason()));
        } else if (notice instanceof Notice.HealFailed failed) {
            listeners.tell(listener -> listener.healFailed(this, failed.why()));
        } else if (notice instanceof Notice.DeleteFailed failed) {
            listeners.tell(listener -> listener.deleteFailed(this, failed.why()));
        } else if (notice instanceof Notice.StoreFailed failed) {
            listeners.tell(listener -> listener.storeFailed(this, failed.why()));
        }
    }

    Keeper keeper() {
        return keeper;
    }

    /** Tells whether all that happened is stored and told. */
    boolean settled() {
        return keeper.live().held().saved() && listeners.quiet().isDone();
    }

    // ---- what it is

    @Override
    public Optional<Did> did() {
        return Optional.of(key.did());
    }

    /**
     * Returns what the session is stored under.
     *
     * @return account and slot
     */
    public SessionKey key() {
        return key;
    }

    /**
     * Returns the account's handle as the service last gave it.
     *
     * @return the handle, which may be {@code handle.invalid}, or empty if it is not known
     */
    public Optional<String> handle() {
        return Optional.ofNullable(keeper.live().state().profile().handle());
    }

    /**
     * Returns where the session was opened, and where it is refreshed and deleted.
     *
     * @return the service's origin
     */
    public URI service() {
        return keeper.live().state().service();
    }

    /**
     * Returns where the session's calls go: the account's own server, or the service as long as that is not known.
     *
     * @return the server's origin
     */
    public URI pds() {
        return keeper.live().client().service();
    }

    /**
     * Returns what the access token is good for, as far as it tells.
     *
     * @return the scope, such as {@code com.atproto.appPass}, or empty
     */
    public Optional<String> scope() {
        Tokens tokens = keeper.live().state().tokens();
        return tokens == null ? Optional.empty() : Optional.ofNullable(tokens.scope());
    }

    /**
     * Tells whether the account is active. An inactive account's session is still a session.
     *
     * @return false only if the service said so
     */
    public boolean accountActive() {
        return !Boolean.FALSE.equals(keeper.live().state().profile().active());
    }

    /**
     * Returns why the account is not active, such as {@code deactivated} or {@code takendown}.
     *
     * @return the status, or empty if the service gave none
     */
    public Optional<String> accountStatus() {
        return Optional.ofNullable(keeper.live().state().profile().status());
    }

    /**
     * Tells whether the session is over.
     *
     * @return true once it is, and ever after unless it {@linkplain CredentialsProvider logs in again by itself}
     */
    public boolean destroyed() {
        return !keeper.live().active();
    }

    /**
     * Returns why the session is over.
     *
     * @return the reason, or empty as long as it is not
     */
    public Optional<EndReason> endReason() {
        return Optional.ofNullable(keeper.live().state().reason());
    }

    /**
     * Returns how long the access token is good for, from now.
     *
     * @return the time left, zero if it is over, or empty if it is not known
     */
    public Optional<Duration> accessTimeLeft() {
        Live now = keeper.live();
        Live.Lifespan lifespan = now.lifespan();
        if (lifespan == null || !now.active()) {
            return Optional.empty();
        }
        Duration left = lifespan.left(settings.time().nanos());
        return Optional.of(left.isNegative() ? Duration.ZERO : left);
    }

    /**
     * Tells how the session is doing, as far as this process knows. {@link Sessions#health(SessionKey)} asks the store.
     *
     * @return the session's health
     */
    public SessionHealth health() {
        return SessionHealth.of(keeper.live().state());
    }

    /**
     * Returns a copy of the session as it is now.
     *
     * @return the copy, with its tokens
     * @throws SessionOverException if the session is over
     */
    public SessionData data() {
        return SessionData.of(keeper.alive().state());
    }

    // ---- calls

    /**
     * {@inheritDoc}
     *
     * <p>If the access token has run out, it is refreshed and the request is sent once more, as long as its body can be
     * sent again and the request's time is not over. A body that can be sent only once makes the session refresh
     * beforehand when little of the token's time is left.
     *
     * @throws SessionOverException if the session is over
     * @throws RefreshFailedException if a new access token was needed and could not be had in the request's time
     * @throws AccountMovedException if the account lives on another server now
     * @throws IllegalArgumentException if the request brings an {@code authorization} of its own
     */
    @Override
    public XrpcResponse send(XrpcRequest request) {
        if (request.headers().contains("authorization")) {
            throw new IllegalArgumentException(
                    "a session adds its own authorization; send this request with an XrpcClient instead");
        }
        Time time = settings.time();
        long start = time.nanos();
        lastUse = start;
        Duration allowed = request.timeout();
        if (allowed == null) {
            allowed = settings.timeout();
        }
        Live used = keeper.live();
        if (!used.active()) {
            used = keeper.usable(Deadline.in(allowed, time));
            allowed = allowed.minusNanos(time.nanos() - start);
        } else if (used.expired(start)) {
            used = keeper.past(used.generation(), Deadline.in(allowed, time));
            allowed = allowed.minusNanos(time.nanos() - start);
        } else if (!request.body().replayable() && mayRunOut(used, start)) {
            used = refreshedEarly(used, Deadline.in(allowed.dividedBy(2), time));
            allowed = allowed.minusNanos(time.nanos() - start);
        }
        if (allowed.isNegative() || allowed.isZero()) {
            throw new RefreshFailedException(
                    "getting a new access token for " + key.did() + " took all the time that the call had",
                    Duration.ZERO,
                    null);
        }
        XrpcResponse response = used.client().exchange(request, used.credentials(), allowed);
        if (clock.observe(response.headers(), time.nanos()) && used.lifespan() == null) {
            keeper.relearnLifespan();
            proactive.schedule(keeper.live());
        }
        if (response.status() / 100 == 2) {
            return response;
        }
        return afterError(request, response, used, Deadline.in(allowed.minusNanos(time.nanos() - start), time));
    }

    /** Tells whether the access token may run out while a long body is sent that can't be sent again. */
    private static boolean mayRunOut(Live used, long nanos) {
        if (used.lifespan() != null) {
            return !used.lasts(ENOUGH_FOR_ONE_SHOT, nanos);
        }
        boolean opaque = used.state().current().lifetime() == null;
        return !opaque || nanos - used.since() > OPAQUE_BUT_GOOD.toNanos();
    }

    /** Refreshes before a call that can be made only once. If that does not work, the old token has to do. */
    private Live refreshedEarly(Live used, Deadline deadline) {
        try {
            return keeper.past(used.generation(), deadline);
        } catch (RefreshFailedException e) {
            return used;
        }
    }

    private XrpcResponse afterError(XrpcRequest request, XrpcResponse first, Live usedFirst, Deadline deadline) {
        XrpcResponse response = first;
        Live used = usedFirst;
        for (boolean again = true; ; again = false) {
            Answer.Response answer = answer(response);
            CallVerdict verdict = Verdict.ofCall(answer, request.nsid());
            if (verdict == CallVerdict.NOT_OURS) {
                return response.orThrow();
            }
            if (verdict == CallVerdict.UNVERIFIABLE) {
                checkMoved(used, request, response, answer);
                return response.orThrow();
            }
            if (!believable(answer, verdict, request, used)) {
                return response.orThrow();
            }
            Live newer = pastError(response, used, deadline);
            Duration left = deadline.left();
            if (newer.generation() == used.generation()
                    || !request.body().replayable()
                    || left.isNegative()
                    || left.isZero()) {
                return response.orThrow();
            }
            response = newer.client().exchange(request, newer.credentials(), left);
            if (response.status() / 100 == 2) {
                return response;
            }
            Answer.Response next = answer(response);
            CallVerdict nextVerdict = Verdict.ofCall(next, request.nsid());
            if (again && nextVerdict == CallVerdict.EXPIRED && asked < used.generation()) {
                // What a sibling stored was adopted, and has run out too.
                used = newer;
                continue;
            }
            if (nextVerdict == CallVerdict.UNVERIFIABLE) {
                checkMoved(newer, request, response, next);
            } else if (nextVerdict != CallVerdict.NOT_OURS) {
                suspicions.notCured(next, request.nsid());
            }
            return response.orThrow();
        }
    }

    private Live pastError(XrpcResponse response, Live used, Deadline deadline) {
        try {
            return keeper.past(used.generation(), deadline);
        } catch (RefreshFailedException e) {
            e.addSuppressed(failure(response));
            throw e;
        }
    }

    /** Tells whether an answer that may be the token's fault is one; errors that a new token did not cure are not. */
    private boolean believable(Answer.Response answer, CallVerdict verdict, XrpcRequest request, Live used) {
        Live now = keeper.live();
        if (now.generation() != used.generation() || suspicions.curable(answer, request.nsid())) {
            return true;
        }
        long nanos = settings.time().nanos();
        return now.lifespan() == null && verdict == CallVerdict.EXPIRED
                ? nanos - now.since() > YOUNG.toNanos()
                : now.expired(nanos);
    }

    private void checkMoved(Live used, XrpcRequest request, XrpcResponse response, Answer.Response answer) {
        // The first such answer is worth a look past the cache; the ones after it are not.
        boolean first = suspicions.curable(answer, request.nsid());
        suspicions.notCured(answer, request.nsid());
        AccountMoves.check(settings.identityFor(service()), first, used.state(), response);
    }

    private Answer.Response answer(XrpcResponse response) {
        return (Answer.Response) ServerCalls.result(response, settings.time()).answer();
    }

    private static AtpException failure(XrpcResponse response) {
        try {
            response.orThrow();
        } catch (AtpException e) {
            return e;
        }
        throw new IllegalArgumentException("not a failure: status " + response.status());
    }

    // ---- refresh and logout

    /**
     * Gets a new access token now, even if the current one is good; joins a refresh that is under way.
     *
     * @throws SessionOverException if the session is over
     * @throws RefreshFailedException if it did not work in the time that a call may take; the session goes on
     * @throws IllegalStateException if the session is one of a taken down account, which servers do not refresh
     */
    public void refresh() {
        Deadline deadline = Deadline.in(settings.timeout(), settings.time());
        Live now = keeper.live();
        if (!now.active()) {
            keeper.usable(deadline); // which brings new tokens, or throws
            return;
        }
        long stale = now.generation();
        if (keeper.past(stale, deadline).generation() == stale) {
            throw new IllegalStateException(
                    "the session of the taken down account " + key.did() + " can't be refreshed");
        }
    }

    /**
     * Ends the session: here, for all who share the store, and at the server, together with those older refresh tokens
     * that could bring it back. Calling it again is harmless, and asks the server again if it has not confirmed yet.
     *
     * <p>Servers do not revoke access tokens: whoever has the last one can use it until it runs out, two hours at most.
     *
     * @throws LogoutUnconfirmedException if the server did not confirm. The session is over nevertheless, and the server is
     *     asked again in the background, also by other processes and after restarts
     */
    public void logout() {
        proactive.stop();
        FlowRunner.Finish finish = keeper.logout();
        if (finish.outcome() instanceof Outcome.Later later) {
            throw new LogoutUnconfirmedException(
                    "the session of " + key.did() + " is over here, but its server has not confirmed the logout ("
                            + later.why() + "); it will be asked again",
                    later.pause(),
                    finish.problem());
        }
    }

    /**
     * Stops this object's background work, writes down what a failing store missed if it can be written by now, and waits a
     * little for the listeners to be told what happened. Whether the session is kept or logged out is the {@link ClosePolicy}'s matter; by default it is kept.
     *
     * @throws LogoutUnconfirmedException if the policy is to log out, and the server did not confirm
     */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        proactive.stop();
        try {
            if (settings.closePolicy() == ClosePolicy.LOGOUT) {
                logout();
            }
            keeper.save();
            Deadline.in(TIME_FOR_LISTENERS, settings.time()).await(listeners.quiet());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns account and service. */
    @Override
    public String toString() {
        return "PasswordSession[" + key + " at " + service() + (destroyed() ? ", over" : "") + "]";
    }
}
