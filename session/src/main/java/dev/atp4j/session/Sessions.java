// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import dev.atp4j.AtpException;
import dev.atp4j.http.HttpTransport;
import dev.atp4j.identity.IdentityException;
import dev.atp4j.identity.IdentityResolver;
import dev.atp4j.identity.NetworkIdentityResolver;
import dev.atp4j.session.kernel.DeleteVerdict;
import dev.atp4j.session.kernel.Held;
import dev.atp4j.session.kernel.Jwt;
import dev.atp4j.session.kernel.OpenFlow;
import dev.atp4j.session.kernel.Origins;
import dev.atp4j.session.kernel.SessionState;
import dev.atp4j.session.kernel.Tokens;
import dev.atp4j.session.kernel.Verdict;
import dev.atp4j.session.store.ClaimingStore;
import dev.atp4j.session.store.EndReason;
import dev.atp4j.session.store.MemorySessionStore;
import dev.atp4j.session.store.SessionKey;
import dev.atp4j.session.store.SessionStore;
import dev.atp4j.session.store.StoreException;
import dev.atp4j.syntax.Did;
import dev.atp4j.syntax.Handle;
import dev.atp4j.time.Time;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where sessions come from: logins, resumptions, new accounts. All sessions of one {@code Sessions} share its store,
 * transport, timers and listeners. An account's session is resumed once: whoever resumes it again while somebody has it gets
 * the same object, until it is closed or over.
 *
 * <pre>{@code
 * try (Sessions sessions = Sessions.builder().store(FileSessionStore.inDefaultFolder()).build()) {
 *     PasswordSession session = sessions.open(Login.as("alice.example.com", password).build());
 *     session.send(XrpcRequest.query("app.bsky.feed.getTimeline").param("limit", 10).build());
 * }
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class Sessions implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Sessions.class.getName());

    private final Settings settings;
    private final StoredSessions stored;
    private final Logins logins;
    private final Roster roster = new Roster();
    private final Siblings siblings;
    private final Accounts accounts;
    private final LogoutSweep sweep;
    private final boolean ownsTransport;

    private Sessions(Settings settings, Duration idle, Duration sweeps, boolean ownsTransport) {
        this.settings = settings;
        this.stored = new StoredSessions(settings);
        this.logins = new Logins(settings, stored, roster);
        this.siblings = new Siblings(settings, roster);
        this.accounts = new Accounts(settings, idle, this::load);
        this.sweep = new LogoutSweep(settings, stored, sweeps);
        this.ownsTransport = ownsTransport;
    }

    /** Each session has a clock of its own: its servers need not agree with those of another account. */
    private ServerClock clock() {
        return new ServerClock(settings.time());
    }

    /**
     * Starts a {@code Sessions}. Without a store, sessions are kept in memory and end with the process.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    // ---- login

    /**
     * Logs in, whatever is stored. Logins are scarce (services allow some dozens a day, successful ones included): programs
     * that start often use {@link #open} or {@link #resume(Did)}.
     *
     * @param login who, with which password, where
     * @return the session
     * @throws LoginException if the service does not let the account in
     * @throws dev.atp4j.xrpc.XrpcException if the service answered with something else than a login
     * @throws dev.atp4j.http.TransportException if it did not answer
     * @throws dev.atp4j.identity.IdentityException if the account's service had to be looked up, and could not be
     * @throws StoreException if the session could not be stored; it was then ended at the server. If the store failed so that
     *     nobody knows whether it has the session, that was left alive: {@link #open} finds out
     */
    public PasswordSession login(Login login) {
        return tryLogin(login).orThrow();
    }

    /**
     * Logs in as {@link #login} does, and returns the failures that are to be expected instead of throwing them.
     *
     * @param login who, with which password, where
     * @return the session, or what is in its way
     */
    public LoginOutcome tryLogin(Login login) {
        siblings.listen();
        return logins.tryLogin(login);
    }

    /**
     * Returns how many logins the {@link LoginBudget} has left, by the count in the store. Asks no service.
     *
     * @param identifier a handle, DID or e-mail address, as in {@link Login#as}; each is counted by itself
     * @param service where to log in
     * @return how many logins can be sent at once now; {@link Integer#MAX_VALUE} without a limit
     * @throws IllegalArgumentException if there is no such identifier or service
     */
    public int loginsLeft(String identifier, URI service) {
        return settings.logins().left(Origins.service(service), Login.normalise(identifier));
    }

    /**
     * Creates an account, and returns its first session.
     *
     * @param account the account to create
     * @return the session
     * @throws dev.atp4j.xrpc.XrpcException if the service refuses; its error name says why
     * @throws dev.atp4j.http.TransportException if it did not answer
     * @throws StoreException if the session could not be stored; it was then ended at the server. If the store failed so that
     *     nobody knows whether it has the session, that was left alive: {@link #open} finds out
     */
    public PasswordSession createAccount(NewAccount account) {
        siblings.listen();
        return logins.createAccount(account);
    }

    // ---- resume

    /**
     * Resumes an account's stored session.
     *
     * @param did the account
     * @return the session
     * @throws NoSessionException if there is none
     * @throws SessionOverException if it is over
     * @throws StoreException if the store can't be read
     */
    public PasswordSession resume(Did did) {
        return resume(SessionKey.of(did), Resume.TOLERANT);
    }

    /**
     * Resumes a stored session.
     *
     * @param key account and slot
     * @param how how much to make sure
     * @return the session
     * @throws NoSessionException if there is none
     * @throws SessionOverException if it is over
     * @throws AtpException if it was to be checked, and that did not work
     * @throws StoreException if the store can't be read
     */
    public PasswordSession resume(SessionKey key, Resume how) {
        siblings.listen();
        return resumed(stored.read(key), how);
    }

    /**
     * Resumes a session from a copy, which may be one that another program {@linkplain SessionData#parse(String) saved}. If
     * the store has a session of the account that is alive, that one is resumed, and the copy is not used.
     *
     * <p>Nobody knows what became of the session since the copy was made. {@link Resume#CHECKED} therefore means a refresh
     * here: nothing else tells whether the copy's refresh token is still good. A copy that turns out to be over is not kept.
     *
     * @param data the copy
     * @param how how much to make sure
     * @return the session
     * @throws SessionOverException if it is over
     * @throws AtpException if it was to be checked, and that did not work
     * @throws StoreException if the store can't be read or written
     */
    public PasswordSession resume(SessionData data, Resume how) {
        siblings.listen();
        // Nobody knows how old the copy is; the token's own time of issue is the best guess.
        var issued = Jwt.read(data.accessJwt()).issuedAt();
        var tokens = new Tokens(
                1,
                data.accessJwt(),
                data.refreshJwt(),
                issued == null ? settings.time().now() : issued);
        SessionState copy = SessionState.copied(
                SessionKey.of(data.did()), data.service(), data.pds().orElse(null), data.profile(), tokens);
        Held held = stored.put(OpenFlow.copy(copy), clock()).orThrow();
        if (!held.state().sameTokens(copy)) {
            try {
                return resumed(held, how);
            } catch (SessionOverException e) {
                // What is stored had died without anybody noticing; so the copy is all that there may be.
                held = stored.put(OpenFlow.copy(copy), clock()).orThrow();
            }
        }
        try {
            return resumed(held, how, how == Resume.CHECKED ? Keeper::renew : Keeper::check);
        } catch (SessionOverException e) {
            stored.forgetIfDead(held);
            throw SessionOverException.ofCopy(copy.key(), e.reason());
        }
    }

    private PasswordSession resumed(Held held, Resume how) {
        return resumed(held, how, Keeper::check);
    }

    private PasswordSession resumed(Held held, Resume how, BiConsumer<Keeper, Deadline> check) {
        PasswordSession session = shared(held);
        session.pin();
        if (how != Resume.LAZY) {
            try {
                check.accept(session.keeper(), Deadline.in(settings.timeout(), settings.time()));
            } catch (AtpException e) {
                if (how == Resume.CHECKED || !e.retryable() || session.destroyed()) {
                    throw e;
                }
                LOG.log(System.Logger.Level.DEBUG, "resumed without a check: {0}", e.getMessage());
            }
        }
        return session;
    }

    /** Returns the session that is in use here for what was read, as new as that at least, or else a new one. */
    private PasswordSession shared(Held held) {
        PasswordSession current = roster.current(held.state().key());
        if (current == null) {
            current = roster.share(new PasswordSession(settings, clock(), held));
        }
        if (current.keeper().told(held.state().version())) {
            current.keeper().look();
        }
        current.keeper().finishDeletes();
        if (!current.keeper().usable()) {
            current.keeper().alive();
        }
        return current;
    }

    // ---- many accounts

    /**
     * Returns the session of an account, for programs that serve many: it is loaded from the store if this process does not
     * have it yet, kept as long as it is used, and dropped when nobody has called this or sent anything for
     * {@linkplain Builder#idleAfter a while}. A session that was dropped is no different from others that were resumed: who
     * still has it may go on using it. Nothing is asked of a server before the first call.
     *
     * @param did the account
     * @return the session
     * @throws NoSessionException if there is none
     * @throws SessionOverException if it is over
     * @throws StoreException if the store had to be read, and could not be
     */
    public PasswordSession account(Did did) {
        return account(SessionKey.of(did));
    }

    /**
     * Returns the session of an account and slot, as {@link #account(Did)} does.
     *
     * @param key account and slot
     * @return the session
     * @throws NoSessionException if there is none
     * @throws SessionOverException if it is over
     * @throws StoreException if the store had to be read, and could not be
     */
    public PasswordSession account(SessionKey key) {
        return accounts.of(key);
    }

    private PasswordSession load(SessionKey key) {
        siblings.listen();
        return shared(stored.read(key));
    }

    /**
     * Resumes the stored session of the account that the login names, or logs in if there is none, or it was logged out or
     * is over for a reason that a login cures. A stored session of another account or service is never used. A handle that no
     * stored session has is looked up, since its account may have been renamed.
     *
     * @param login who, with which password, where
     * @return the session
     * @throws SessionOverException if the stored session is over for a reason that a login does not cure; log in with
     *     {@link #login} if that is meant nevertheless
     * @throws LoginException if a login was needed, and the service does not let the account in
     * @throws AtpException as {@link #login} and {@link #resume(Did)}
     */
    public PasswordSession open(Login login) {
        List<Held> own = stored.where(state -> belongsTo(login, state));
        if (own.isEmpty()) {
            own = renamed(login);
        }
        for (Held held : own) {
            try {
                return resumed(held, Resume.TOLERANT);
            } catch (SessionOverException e) {
                if (e.reason() != EndReason.LOGGED_OUT && !e.reason().curedByLogin()) {
                    throw e;
                }
            }
        }
        return login(login);
    }

    /** Finds the session of an account that has got another handle since: a login would be a waste. */
    private List<Held> renamed(Login login) {
        return Handle.tryParse(login.identifier())
                .flatMap(handle -> account(handle, state -> hasPlaceOf(login, state)))
                .map(did -> stored.where(state -> state.key().did().equals(did) && hasPlaceOf(login, state)))
                .orElse(List.of());
    }

    /** Asks whose a handle is now, if some stored session, of those that it could be, is of a network that tells. */
    private Optional<Did> account(Handle handle, Predicate<SessionState> candidate) {
        Set<URI> services = stored.where(candidate).stream()
                .map(held -> held.state().service())
                .collect(Collectors.toSet());
        for (URI service : services) {
            IdentityResolver identity = settings.identityFor(service);
            if (identity != null) {
                try {
                    return Optional.of(identity.resolveAccount(handle).did());
                } catch (IdentityException e) {
                    LOG.log(System.Logger.Level.DEBUG, "could not find out whose {0} is: {1}", handle, e.getMessage());
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    private static boolean hasPlaceOf(Login login, SessionState state) {
        boolean elsewhere =
                login.service().isPresent() && !login.service().get().equals(state.service());
        return !elsewhere && login.slot().equals(state.key().slot());
    }

    private static boolean belongsTo(Login login, SessionState state) {
        if (!hasPlaceOf(login, state)) {
            return false;
        }
        String identifier = login.identifier();
        return identifier.equals(state.key().did().value())
                || identifier.equalsIgnoreCase(state.profile().handle())
                || identifier.contains("@")
                        && identifier.equalsIgnoreCase(state.profile().email());
    }

    /**
     * Lists the stored sessions, of whatever state.
     *
     * @return their keys
     * @throws StoreException if the store can't be read
     */
    public List<SessionKey> stored() {
        return stored.keys();
    }

    /**
     * Finds the stored session of a handle: as the service last gave it, or else as it can be looked up now.
     *
     * @param handle the handle
     * @return the first key of that account, or empty
     * @throws StoreException if the store can't be read
     */
    public Optional<SessionKey> find(Handle handle) {
        return first(state -> handle.value().equalsIgnoreCase(state.profile().handle()))
                .or(() -> account(handle, state -> true)
                        .flatMap(did -> first(state -> state.key().did().equals(did))));
    }

    private Optional<SessionKey> first(Predicate<SessionState> wanted) {
        return stored.where(wanted).stream()
                .findFirst()
                .map(held -> held.state().key());
    }

    // ---- delete

    /**
     * Ends a session at the server without resuming it. Deleting what is gone already is no error.
     *
     * @param data the session
     * @throws LogoutUnconfirmedException if the server did not confirm; nothing of it is kept, so call again later
     */
    public void delete(SessionData data) {
        ServerCalls.Result result = new ServerCalls(settings, clock()).deleteSession(data.service(), data.refreshJwt());
        if (Verdict.ofDelete(result.answer()) instanceof DeleteVerdict.Unconfirmed unconfirmed) {
            Duration wait = unconfirmed.retryAfter() == null ? Duration.ofSeconds(1) : unconfirmed.retryAfter();
            throw new LogoutUnconfirmedException(
                    "the server has not confirmed the end of the session of " + data.did() + " (" + unconfirmed.why()
                            + "); try again",
                    wait,
                    result.problem());
        }
    }

    /**
     * Lists the sessions that were logged out, or replaced by a login, without their server's confirmation, by whatever
     * process. Asks nobody: that is done in the background by all who share the store.
     *
     * @return what is pending
     * @throws StoreException if the store can't be read
     */
    public List<PendingLogout> pendingLogouts() {
        Instant now = settings.time().now();
        return stored.where(state -> !state.pendingDeletes().isEmpty()).stream()
                .map(held -> PendingLogout.of(held.state(), now))
                .toList();
    }

    /**
     * Asks servers again now, in the background and however short ago the last try was, to forget sessions that were logged out without their confirmation, perhaps by
     * a process that is gone.
     *
     * @return the sessions that are waiting for a confirmation
     * @throws StoreException if the store can't be read
     */
    public List<SessionKey> retryPendingLogouts() {
        List<Held> waiting = stored.where(state -> !state.pendingDeletes().isEmpty());
        for (Held held : waiting) {
            new Keeper(settings, clock(), held, step -> {}).finishDeletes();
        }
        return waiting.stream().map(held -> held.state().key()).toList();
    }

    // ---- many

    /**
     * Tells how the stored sessions are doing, of whatever state; those whose records can't be read are among them.
     *
     * @return one after the other, each read when it is asked for, in no particular order; to be closed by the caller if it is
     *     not read to its end. It throws {@link StoreException} while it is read if the store can't be reached
     * @throws StoreException if the store can't be reached
     */
    public Stream<SessionHealth> health() {
        return stored.health();
    }

    /**
     * Tells how a stored session is doing.
     *
     * @param key account and slot
     * @return what its record tells, or empty if there is none
     * @throws StoreException if the store can't be reached
     */
    public Optional<SessionHealth> health(SessionKey key) {
        return stored.health(key);
    }

    /**
     * Prepares a worker that keeps all sessions of the store fresh, together with others of its kind.
     *
     * @return a builder
     * @throws IllegalStateException if the store does not know which of its sessions are due
     */
    public Fleet.Builder fleet() {
        if (settings.store() instanceof ClaimingStore store) {
            return new Fleet.Builder(settings, store);
        }
        throw new IllegalStateException(
                "a fleet needs a store that knows which of its sessions are due (a ClaimingStore), such"
                        + " as one in a database; of a "
                        + settings.store().getClass().getSimpleName()
                        + ", such as one of files, the sessions refresh themselves while a program has them open");
    }

    /**
     * Stops looking into the store, lets go of the sessions that were kept for their {@linkplain #account(Did) accounts}, and
     * closes the transport if it was made here. The store and the sessions are their owners' business.
     */
    @Override
    public void close() {
        sweep.close();
        accounts.close();
        siblings.close();
        if (ownsTransport) {
            settings.transport().close();
        }
    }

    /** Builds a {@link Sessions}. Confined to one thread. */
    public static final class Builder {

        private @Nullable HttpTransport transport;
        private @Nullable SessionStore store;
        private @Nullable IdentityResolver identity;
        private Time time = Time.system();
        private Executor executor = Workers.shared();
        private RandomGenerator random = RandomGenerator.getDefault();
        private Duration timeout = Duration.ofSeconds(30);
        private Duration refreshTimeout = Duration.ofSeconds(20);
        private boolean proactive = true;
        private ClosePolicy closePolicy = ClosePolicy.KEEP;
        private Duration idleAfter = Duration.ofMinutes(10);
        private Duration logoutSweeps = Duration.ofMinutes(10);
        private LoginBudget loginBudget = LoginBudget.standard();
        private @Nullable CredentialsProvider credentials;
        private final List<SessionListener> listeners = new ArrayList<>();

        private Builder() {}

        /**
         * Sets where sessions are kept. Memory by default.
         *
         * @param store the store; not closed by {@link Sessions#close()}
         * @return this builder
         */
        public Builder store(SessionStore store) {
            this.store = store;
            return this;
        }

        /**
         * Sets what requests are sent with. {@link HttpTransport#create()} by default.
         *
         * @param transport the transport; not closed by {@link Sessions#close()}
         * @return this builder
         */
        public Builder transport(HttpTransport transport) {
            this.transport = transport;
            return this;
        }

        /**
         * Sets how handles and DIDs are followed: for logins without a service, and to recognise accounts that were deleted
         * or moved. By default that is the way of the public network, which is not asked about accounts of a service on
         * loopback.
         *
         * @param identity the resolver
         * @return this builder
         */
        public Builder identity(IdentityResolver identity) {
            this.identity = identity;
            return this;
        }

        /**
         * Sets where time comes from. The system's clocks by default.
         *
         * @param time clocks and timers
         * @return this builder
         */
        public Builder time(Time time) {
            this.time = time;
            return this;
        }

        /**
         * Sets where refreshes, retried logouts and listeners run. Daemon threads of the library by default.
         *
         * @param executor runs tasks that block; it must not run them on the thread that hands them in. What it rejects is
         *     run on threads of the library
         * @return this builder
         */
        public Builder executor(Executor executor) {
            this.executor = Workers.behind(executor);
            return this;
        }

        /**
         * Sets where chance comes from: the spread of refreshes and retries.
         *
         * @param random a thread-safe generator
         * @return this builder
         */
        public Builder random(RandomGenerator random) {
            this.random = random;
            return this;
        }

        /**
         * Sets how long a call may take in all, unless its request says otherwise: refresh, retry and waiting included. 30
         * seconds by default.
         *
         * @param timeout a positive time
         * @return this builder
         */
        public Builder timeout(Duration timeout) {
            this.timeout = positive(timeout);
            return this;
        }

        /**
         * Sets how long one refresh or deletion at the server may take. 20 seconds by default.
         *
         * @param timeout a positive time
         * @return this builder
         */
        public Builder refreshTimeout(Duration timeout) {
            this.refreshTimeout = positive(timeout);
            return this;
        }

        /**
         * Sets whether access tokens are refreshed in the background before they run out. They are by default.
         *
         * @param proactive false to refresh only when a call needs it
         * @return this builder
         */
        public Builder proactiveRefresh(boolean proactive) {
            this.proactive = proactive;
            return this;
        }

        /**
         * Sets how long a session that was loaded by {@link Sessions#account(Did)} is kept without being used. Ten minutes
         * by default.
         *
         * @param time a positive time; sessions are dropped a quarter of it late at the most
         * @return this builder
         */
        public Builder idleAfter(Duration time) {
            this.idleAfter = positive(time);
            return this;
        }

        /**
         * Sets how often the store is looked through for logouts that no server has confirmed, to ask again. Ten minutes by
         * default, the first time some seconds after the start; each time up to a half less.
         *
         * @param interval a positive time, or zero to leave that to others who share the store
         * @return this builder
         */
        public Builder logoutSweeps(Duration interval) {
            this.logoutSweeps = interval.isZero() ? interval : positive(interval);
            return this;
        }

        /**
         * Sets what {@link PasswordSession#close()} does. Sessions are kept by default.
         *
         * @param policy keep or log out
         * @return this builder
         */
        public Builder closePolicy(ClosePolicy policy) {
            this.closePolicy = policy;
            return this;
        }

        /**
         * Sets how many logins an account may spend. {@link LoginBudget#standard()} by default.
         *
         * @param budget the budget
         * @return this builder
         */
        public Builder loginBudget(LoginBudget budget) {
            this.loginBudget = budget;
            return this;
        }

        /**
         * Has sessions that are over log in again by themselves, if a login cures what ended them. Without a provider, they
         * stay over.
         *
         * @param credentials where the passwords come from
         * @return this builder
         */
        public Builder credentials(CredentialsProvider credentials) {
            this.credentials = credentials;
            return this;
        }

        /**
         * Adds a listener to every session.
         *
         * @param listener the listener
         * @return this builder
         */
        public Builder listener(SessionListener listener) {
            this.listeners.add(listener);
            return this;
        }

        private static Duration positive(Duration timeout) {
            if (timeout.isNegative() || timeout.isZero()) {
                throw new IllegalArgumentException("a timeout must be positive: " + timeout);
            }
            return timeout;
        }

        /**
         * Returns the sessions' common ground.
         *
         * @return a new {@code Sessions}, to be closed by the caller
         */
        public Sessions build() {
            HttpTransport used = transport == null ? HttpTransport.create() : transport;
            SessionStore kept = store == null ? new MemorySessionStore(time) : store;
            var sessions = new Sessions(
                    new Settings(
                            used,
                            new Clients(used),
                            kept,
                            identity != null
                                    ? identity
                                    : NetworkIdentityResolver.builder(used)
                                            .time(time)
                                            .build(),
                            identity != null,
                            time,
                            executor,
                            random,
                            timeout,
                            refreshTimeout,
                            proactive,
                            closePolicy,
                            List.copyOf(listeners),
                            new LoginCounter(kept, time, loginBudget),
                            credentials),
                    idleAfter,
                    logoutSweeps,
                    transport == null);
            sessions.sweep.start();
            return sessions;
        }
    }
}
