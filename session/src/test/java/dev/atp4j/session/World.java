// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import dev.atp4j.Secret;
import dev.atp4j.data.LexMap;
import dev.atp4j.http.HttpTransport;
import dev.atp4j.http.JdkHttpTransport;
import dev.atp4j.identity.DidDocument;
import dev.atp4j.identity.IdentityResolver;
import dev.atp4j.identity.NetworkIdentityResolver;
import dev.atp4j.pds.Account;
import dev.atp4j.pds.Accounts;
import dev.atp4j.pds.EmbeddedPds;
import dev.atp4j.pds.Fault;
import dev.atp4j.pds.Gate;
import dev.atp4j.pds.Journal;
import dev.atp4j.pds.VirtualTime;
import dev.atp4j.session.kernel.SessionState;
import dev.atp4j.session.kernel.StateJson;
import dev.atp4j.session.store.MemorySessionStore;
import dev.atp4j.session.store.SessionKey;
import dev.atp4j.session.store.SessionStore;
import dev.atp4j.xrpc.XrpcRequest;
import dev.atp4j.xrpc.XrpcResponse;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A PDS with an account on it, a store, and as many processes as a story needs: each {@link Sessions} stands for one. All
 * of them share one virtual clock, or server and clients have one each.
 */
final class World implements AutoCloseable {

    static final String PASSWORD = "correct-horse-battery";

    static final String CREATE = "com.atproto.server.createSession";
    static final String REFRESH = "com.atproto.server.refreshSession";
    static final String DELETE = "com.atproto.server.deleteSession";
    static final String GET = "com.atproto.server.getSession";
    static final String TIMELINE = "app.bsky.feed.getTimeline";

    static final XrpcRequest READ = XrpcRequest.query(TIMELINE).build();

    static final HttpTransport TRANSPORT = new JdkHttpTransport();

    /** The clock of the clients. */
    final ClientTime time;

    final EmbeddedPds pds;
    final Account alice;
    final Heard heard = new Heard();
    final SessionStore store;

    private World(EmbeddedPds pds, ClientTime time) {
        this.pds = pds;
        this.time = time;
        this.store = new MemorySessionStore(time);
        this.alice = pds.createAccount("alice.test", PASSWORD);
    }

    /** Returns a world with one clock for all. */
    static World together() {
        return together(EmbeddedPds.builder());
    }

    static World together(EmbeddedPds.Builder builder) {
        EmbeddedPds pds = builder.start();
        return new World(pds, new ClientTime(pds.time()));
    }

    /** Returns a world whose clients can't know what the server's clock shows, as after a sleep. */
    static World apart() {
        return apart(EmbeddedPds.builder());
    }

    static World apart(EmbeddedPds.Builder builder) {
        return new World(builder.start(), new ClientTime(VirtualTime.stopped()));
    }

    /** Chance that never takes anything off: pauses are 1, 2, 4 ... seconds, and siblings would all come at once. */
    private static final RandomGenerator NO_CHANCE = () -> 0L;

    /**
     * Starts to describe a process that refreshes only when a call needs it, finds out what others do only when it looks,
     * and leaves nothing to chance.
     */
    Sessions.Builder process() {
        return Sessions.builder()
                .store(new TroubledStore(store))
                .transport(TRANSPORT)
                .time(time)
                .random(NO_CHANCE)
                .proactiveRefresh(false)
                .logoutSweeps(Duration.ZERO)
                .listener(heard);
    }

    Login asAlice() {
        return Login.as("alice.test", Secret.of(PASSWORD)).service(pds.url()).build();
    }

    /** Logs in from a new process. */
    PasswordSession login() {
        return process().build().login(asAlice());
    }

    /** Resumes the session in a new process, and asks nobody. */
    PasswordSession sibling() {
        return sibling(process());
    }

    PasswordSession sibling(Sessions.Builder process) {
        return process.build().resume(key(), Resume.LAZY);
    }

    SessionKey key() {
        return SessionKey.of(alice.did());
    }

    /** Returns what the store holds of the session. */
    SessionState stored() {
        return StateJson.read(store.read(key()).orElseThrow());
    }

    static XrpcResponse read(PasswordSession session) {
        return session.send(READ);
    }

    static XrpcRequest post(Account repo) {
        return XrpcRequest.procedure("com.atproto.repo.createRecord")
                .json(LexMap.builder()
                        .put("repo", repo.did().value())
                        .put("collection", "app.bsky.feed.post")
                        .put(
                                "record",
                                LexMap.builder()
                                        .put("$type", "app.bsky.feed.post")
                                        .put("text", "hello")
                                        .put("createdAt", "2026-01-01T00:00:00Z")
                                        .build())
                        .build())
                .build();
    }

    int refreshes() {
        return count(REFRESH);
    }

    int count(String nsid) {
        return pds.journal().count(nsid);
    }

    List<Journal.Entry> calls(String nsid) {
        return pds.journal().entries(nsid);
    }

    List<Accounts.RefreshToken> liveTokens() {
        return pds.accounts().refreshTokens(alice.did());
    }

    void fault(Fault fault) {
        pds.faults().add(fault);
    }

    /** Has the next call of a method wait at a gate. */
    Gate hold(String nsid, int times) {
        var gate = new Gate();
        fault(Fault.on(nsid).times(times).holdBeforeProcessing(gate));
        return gate;
    }

    IdentityResolver identity() {
        return NetworkIdentityResolver.builder(TRANSPORT)
                .directory(pds.plcUrl())
                .endpointRule(DidDocument.EndpointRule.LOOPBACK_TOO)
                .time(time)
                .build();
    }

    @Override
    public void close() {
        pds.close();
    }
}
