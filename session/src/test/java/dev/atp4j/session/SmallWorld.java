// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atp4j.Secret;
import dev.atp4j.data.LexMap;
import dev.atp4j.http.Headers;
import dev.atp4j.http.HttpTransport;
import dev.atp4j.http.TransportRequest;
import dev.atp4j.http.TransportResponse;
import dev.atp4j.identity.NetworkIdentityResolver;
import dev.atp4j.session.kernel.Held;
import dev.atp4j.session.kernel.Profile;
import dev.atp4j.session.kernel.SessionState;
import dev.atp4j.session.kernel.StateJson;
import dev.atp4j.session.kernel.Tokens;
import dev.atp4j.session.store.MemorySessionStore;
import dev.atp4j.session.store.SessionKey;
import dev.atp4j.session.store.SessionStore;
import dev.atp4j.syntax.Did;
import dev.atp4j.time.Time;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A stored session and a server that rotates it, without network, threads or time: small enough for very many interleavings
 * of its users to be looked at. Timers are remembered, and run when the test says so.
 */
final class SmallWorld implements HttpTransport, Time {

    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    static final SessionKey KEY = SessionKey.of(Did.parse("did:plc:alice"));
    static final URI SERVICE = URI.create("https://pds.example.com");

    /** What the monotonic clock shows. */
    volatile long nanos;

    /** Done wherever time is asked for, and chance: a moment in which another thread may come between. */
    volatile Runnable pause = () -> {};

    private static final String JWT = base64("{\"typ\":\"at+jwt\"}") + ".";

    final TroubledStore store = new TroubledStore(new MemorySessionStore(this));

    /** How often the server was asked for new tokens. */
    final AtomicInteger refreshes = new AtomicInteger();

    /** The timers that were set and not called off, in the order in which they were set. */
    private final ConcurrentLinkedDeque<Runnable> timers = new ConcurrentLinkedDeque<>();

    SmallWorld() {
        store.compareAndSet(KEY, 0, StateJson.write(opened(), NOW));
    }

    /** Returns the session as it was opened. */
    static SessionState opened() {
        return state(1, 1).asVersion(1);
    }

    private static SessionState state(long generation, int serial) {
        var tokens = new Tokens(generation, Secret.of(access(serial)), Secret.of("refresh-" + serial), NOW);
        return SessionState.opened(KEY, SERVICE, null, Profile.read(LexMap.empty()), tokens);
    }

    /** Has another process refresh the session, in one write, unless somebody has its lease; tells whether it did. */
    boolean siblingRefreshes() {
        Optional<SessionStore.Lease> lease = store.lease(KEY, Duration.ZERO);
        if (lease.isEmpty()) {
            return false;
        }
        try {
            SessionState before = stored();
            SessionState after = state(
                            Math.max(before.generation(), before.version()) + 1, refreshes.incrementAndGet() + 1)
                    .asVersion(before.version() + 1);
            return store.compareAndSet(KEY, before.version(), StateJson.write(after, NOW));
        } finally {
            lease.get().close();
        }
    }

    /** Tells whether the tokens are those that the server has given last. */
    boolean newest(SessionState state) {
        return state.current().refreshJwt().expose().equals("refresh-" + (refreshes.get() + 1));
    }

    private static String access(int serial) {
        long issued = NOW.getEpochSecond();
        return JWT
                + base64("{\"iat\":" + issued + ",\"exp\":" + (issued + 7200) + ",\"serial\":" + serial + "}")
                + ".signed";
    }

    private static String base64(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
    }

    Settings settings(Executor executor, SessionListener... listeners) {
        return settings(executor, LoginBudget.unlimited(), listeners);
    }

    Settings settings(Executor executor, LoginBudget budget, SessionListener... listeners) {
        return new Settings(
                this,
                new Clients(this),
                store,
                NetworkIdentityResolver.builder(this).build(),
                false,
                this,
                executor,
                this::chance,
                Duration.ofSeconds(30),
                Duration.ofSeconds(20),
                true,
                ClosePolicy.KEEP,
                List.of(listeners),
                new LoginCounter(store, this, budget),
                null);
    }

    PasswordSession session(Settings settings) {
        return new PasswordSession(settings, new ServerClock(this), Held.inStore(opened()));
    }

    SessionState stored() {
        return StateJson.read(store.read(KEY).orElseThrow());
    }

    // ---- the server

    @Override
    public TransportResponse send(TransportRequest request) {
        if (!request.uri().getPath().endsWith("refreshSession")) {
            return new Answer(404, "{\"error\":\"NotFound\"}");
        }
        int next = refreshes.incrementAndGet() + 1;
        return new Answer(
                200,
                "{\"did\":\"" + KEY.did() + "\",\"handle\":\"alice.test\",\"accessJwt\":\"" + access(next)
                        + "\",\"refreshJwt\":\"refresh-" + next + "\"}");
    }

    private record Answer(int status, String json) implements TransportResponse {

        @Override
        public Headers headers() {
            return Headers.of("content-type", "application/json");
        }

        @Override
        public InputStream body() {
            return new ByteArrayInputStream(json.getBytes(UTF_8));
        }

        @Override
        public void close() {}
    }

    @Override
    public void close() {}

    // ---- chance, which takes nothing off, and time, which stands still unless it is moved

    private long chance() {
        pause.run();
        return 0;
    }

    @Override
    public Instant now() {
        return NOW;
    }

    @Override
    public long nanos() {
        pause.run();
        return nanos;
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        timers.add(task);
        return () -> timers.remove(task);
    }

    /** Returns how many timers are set. */
    int timers() {
        return timers.size();
    }

    /** Runs the timer that was set first, if there is one; tells whether there was. */
    boolean runTimer() {
        Runnable first = timers.poll();
        if (first != null) {
            first.run();
        }
        return first != null;
    }
}
