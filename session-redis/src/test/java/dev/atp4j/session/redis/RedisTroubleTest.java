// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atp4j.data.LexMap;
import dev.atp4j.pds.VirtualTime;
import dev.atp4j.session.store.SessionKey;
import dev.atp4j.session.store.SessionRecord;
import dev.atp4j.session.store.SessionStore;
import dev.atp4j.session.store.StoreException;
import dev.atp4j.session.store.StoredNote;
import dev.atp4j.session.store.TimedLeases;
import dev.atp4j.syntax.Did;
import dev.atp4j.testkit.TcpProxy;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisClient;

/** What the contract does not say: a real server that restarts, loses, refuses, and connections that break. */
@Timeout(120)
class RedisTroubleTest {

    private static final SessionKey ALICE = SessionKey.of(Did.parse("did:plc:alice"));
    private static final String RECORD = "{atp4j}:session:" + ALICE;
    private static final String LEASE = "{atp4j}:lease:" + ALICE;
    private static final String SECRET = "a-secret-that-nobody-may-see";

    @TempDir
    Path folder;

    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    private <T extends AutoCloseable> T open(T resource) {
        opened.add(resource);
        return resource;
    }

    private RedisProcess durable() {
        return open(RedisProcess.durable(folder));
    }

    private RedisSessionStore store(RedisProcess server) {
        return open(RedisSessionStore.at(server.uri()));
    }

    private TcpProxy proxy(RedisProcess server) {
        return open(TcpProxy.to(new InetSocketAddress("127.0.0.1", server.port())));
    }

    private RedisSessionStore store(TcpProxy proxy) {
        return open(RedisSessionStore.at(URI.create("redis://127.0.0.1:" + proxy.port())));
    }

    private static SessionRecord record(long version) {
        return SessionRecord.of(
                ALICE,
                version,
                LexMap.builder()
                        .put("mark", "v" + version)
                        .put("refreshJwt", SECRET)
                        .build());
    }

    // ---- servers that restart, fail over, and forget

    @Test
    void aServerThatForgetsItsScriptsIsToldThemAgain() {
        RedisProcess server = durable();
        RedisSessionStore store = store(server);
        assertThat(store.compareAndSet(ALICE, 0, record(1))).isTrue();
        server.admin().scriptFlush();
        assertThat(store.compareAndSet(ALICE, 1, record(2))).isTrue();
        server.admin().scriptFlush();
        assertThat(store.lease(ALICE, Duration.ZERO)).isPresent();
        assertThat(store.compareAndDelete(ALICE, 2)).isTrue();
    }

    @Test
    void aRestartCostsNoSessionAndNoFailedCall() {
        RedisProcess server = durable();
        RedisSessionStore store = store(server);
        assertThat(store.compareAndSet(ALICE, 0, record(1))).isTrue();
        assertThat(store.compareAndSetNote(0, new StoredNote("logins", 1, LexMap.empty())))
                .isTrue();
        server.restart();
        assertThat(store.compareAndSet(ALICE, 1, record(2))).isTrue();
        assertThat(store.read(ALICE).orElseThrow().version()).isEqualTo(2);
        assertThat(store.note("logins")).isPresent();
    }

    @Test
    void whileTheServerIsDownEveryCallSaysSoAndLaterCallsWork() {
        RedisProcess server = durable();
        RedisSessionStore store = store(server);
        assertThat(store.compareAndSet(ALICE, 0, record(1))).isTrue();
        server.kill();
        for (Callable<?> call : List.<Callable<?>>of(
                () -> store.read(ALICE),
                () -> store.compareAndSet(ALICE, 1, record(2)),
                () -> store.compareAndDelete(ALICE, 1),
                () -> store.lease(ALICE, Duration.ofSeconds(1)),
                store::keys,
                store::now,
                () -> store.note("logins"),
                () -> store.claimDue(1, Duration.ofSeconds(1)),
                () -> store.watch(new Heard()),
                () -> RedisSessionStore.at(server.uri()))) {
            assertUnavailable(call);
        }
        server.start();
        assertThat(store.compareAndSet(ALICE, 1, record(2))).isTrue();
    }

    @Test
    void connectionsThatAreKilledAreMadeAnew() {
        RedisProcess server = durable();
        RedisSessionStore store = store(server);
        for (int version = 1; version <= 5; version++) {
            assertThat(store.compareAndSet(ALICE, version - 1, record(version))).isTrue();
            killConnections(server, "normal");
        }
        assertThat(store.read(ALICE).orElseThrow().version()).isEqualTo(5);
    }

    @Test
    void aReplicaThatIsPromotedGoesOnWithWhatItHas() {
        RedisProcess server = durable();
        RedisSessionStore store = store(server);
        assertThat(store.compareAndSet(ALICE, 0, record(1))).isTrue();
        RedisProcess replica = open(RedisProcess.with(
                folder, "--replicaof", "127.0.0.1", "" + server.port(), "--dbfilename", "replica.rdb"));
        RedisSessionStore onReplica = store(replica);
        while (onReplica.read(ALICE).isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(assertUnavailable(() -> onReplica.compareAndSet(ALICE, 1, record(2))))
                .hasMessageContaining("READONLY");
        server.kill();
        replica.ask(Protocol.Command.REPLICAOF, "NO", "ONE");
        assertThat(onReplica.compareAndSet(ALICE, 1, record(2))).isTrue();
        assertThat(onReplica.lease(ALICE, Duration.ZERO)).isPresent();
    }

    // ---- answers that are lost

    @Test
    void aWriteWhoseAnswerIsLostIsMadeOnceAndConfirmed() {
        RedisProcess server = durable();
        TcpProxy proxy = proxy(server);
        RedisSessionStore store = store(proxy);
        assertThat(store.compareAndSet(ALICE, 0, record(1))).isTrue();
        proxy.cutAfter(0);
        assertThat(store.compareAndSet(ALICE, 1, record(2))).isTrue();
        assertThat(store.read(ALICE).orElseThrow().version()).isEqualTo(2);
    }

    @Test
    void aDeleteWhoseAnswerIsLostIsNotDenied() {
        RedisProcess server = durable();
        TcpProxy proxy = proxy(server);
        RedisSessionStore store = store(proxy);
        assertThat(store.compareAndSet(ALICE, 0, record(1))).isTrue();
        assertThat(store.compareAndDelete(ALICE, 7)).isFalse(); // the server knows the script now
        proxy.cutAfter(0);
        assertUnavailable(() -> store.compareAndDelete(ALICE, 1));
        assertThat(store.read(ALICE)).isEmpty();
    }

    @Test
    void aTurnWhoseAnswerIsLostIsStillOurs() {
        RedisProcess server = durable();
        TcpProxy proxy = proxy(server);
        RedisSessionStore store = store(proxy);
        store.lease(ALICE, Duration.ZERO).orElseThrow().close(); // the server knows the script now
        proxy.cutAfter(0);
        try (SessionStore.Lease lease = store.lease(ALICE, Duration.ZERO).orElseThrow()) {
            assertThat(lease.held()).isTrue();
        }
        assertThat(store.lease(ALICE, Duration.ZERO)).isPresent();
    }

    @Test
    void aHostThatFallsSilentHangsNobody() {
        RedisProcess server = durable();
        TcpProxy proxy = proxy(server);
        RedisSessionStore store = store(proxy);
        int before = proxy.accepted();
        proxy.blackhole();
        assertUnavailable(() -> store.read(ALICE));
        // Its pool tries to replace the connection, but who has waited in vain is not made to ask a second time.
        assertThat(proxy.accepted()).isLessThanOrEqualTo(before + 1);
    }

    // ---- leases

    @Test
    void aTurnIsKeptAliveWhileItsHolderLives() {
        RedisProcess server = durable();
        VirtualTime time = VirtualTime.stopped();
        RedisSessionStore store =
                open(RedisSessionStore.builder(server.uri()).time(time).open());
        SessionStore.Lease lease = store.lease(ALICE, Duration.ZERO).orElseThrow();
        assertThat(server.admin().pttl(LEASE)).isBetween(1L, 8_000L);
        for (int i = 0; i < 10; i++) {
            server.admin().pexpire(LEASE, 1_000);
            time.awaitTimers(1);
            time.advance(TimedLeases.RENEWED_EVERY);
            await(() -> server.admin().pttl(LEASE) > 1_000);
        }
        time.awaitTimers(1); // the renewal has been noted
        assertThat(lease.held()).isTrue();
    }

    @Test
    void aHolderThatDiesIsReplaced() {
        RedisProcess server = durable();
        RedisSessionStore dying = store(server);
        SessionStore.Lease lost = dying.lease(ALICE, Duration.ZERO).orElseThrow();
        long fence = fence(server);
        dying.close();
        RedisSessionStore store = store(server);
        SessionStore.Lease next = store.lease(ALICE, Duration.ofSeconds(10)).orElseThrow();
        assertThat(fence(server)).isGreaterThan(fence);
        lost.close();
        assertThat(next.held()).isTrue();
        assertThat(store.lease(ALICE, Duration.ZERO)).isEmpty();
    }

    @Test
    void aTurnThatCannotBeConfirmedEndsByTheMonotonicClock() {
        RedisProcess server = durable();
        VirtualTime time = VirtualTime.stopped();
        RedisSessionStore store =
                open(RedisSessionStore.builder(server.uri()).time(time).open());
        SessionStore.Lease lease = store.lease(ALICE, Duration.ZERO).orElseThrow();
        server.kill();
        time.advance(TimedLeases.TIME_TO_LIVE.minusMillis(1));
        assertThat(lease.held()).isTrue();
        time.advance(Duration.ofMillis(1));
        assertThat(lease.held()).isFalse();
        lease.close();
    }

    @Test
    void aTurnThatTheServerHasLostIsNotHeld() {
        RedisProcess server = durable();
        VirtualTime time = VirtualTime.stopped();
        RedisSessionStore store =
                open(RedisSessionStore.builder(server.uri()).time(time).open());
        SessionStore.Lease lease = store.lease(ALICE, Duration.ZERO).orElseThrow();
        server.admin().flushAll();
        time.awaitTimers(1);
        time.advance(TimedLeases.RENEWED_EVERY);
        await(() -> !lease.held());
    }

    // ---- time

    @Test
    void clocksOfMachinesDoNotMatter() {
        RedisProcess server = durable();
        VirtualTime time = VirtualTime.stopped();
        RedisSessionStore late = open(RedisSessionStore.builder(server.uri())
                .time(time.skewed(Duration.ofDays(400)))
                .open());
        RedisSessionStore early = open(RedisSessionStore.builder(server.uri())
                .time(time.skewed(Duration.ofDays(-400)))
                .open());
        Instant before = late.now();
        assertThat(early.now()).isBetween(before, before.plusSeconds(60));
        SessionRecord due =
                SessionRecord.of(ALICE, 1, LexMap.builder().put("dueMillis", 0).build());
        assertThat(early.compareAndSet(ALICE, 0, due)).isTrue();
        assertThat(late.claimDue(1, Duration.ofHours(1))).hasSize(1);
        assertThat(early.claimDue(1, Duration.ofHours(1))).isEmpty();
        SessionStore.Lease lease = late.lease(ALICE, Duration.ZERO).orElseThrow();
        assertThat(early.lease(ALICE, Duration.ZERO)).isEmpty();
        lease.close();
    }

    // ---- watches

    @Test
    void aWatchThatWasCutTellsThatItMayHaveMissedSomethingAndGoesOn() throws Exception {
        RedisProcess server = durable();
        RedisSessionStore store = store(server);
        var heard = new Heard();
        store.watch(heard);
        killConnections(server, "pubsub");
        assertThat(heard.news.poll(30, TimeUnit.SECONDS)).isEqualTo("missed");
        assertThat(store.compareAndSet(ALICE, 0, record(1))).isTrue();
        assertThat(heard.news.poll(30, TimeUnit.SECONDS)).isEqualTo(ALICE + " 1");
        server.restart();
        assertThat(heard.news.poll(30, TimeUnit.SECONDS)).isEqualTo("missed");
        assertThat(store.compareAndDelete(ALICE, 1)).isTrue();
        assertThat(heard.news.poll(30, TimeUnit.SECONDS)).isEqualTo(ALICE + " 0");
    }

    @Test
    void aWatcherThatThrowsAndMessagesOfOthersDoNoHarm() throws Exception {
        RedisProcess server = durable();
        RedisSessionStore store = store(server);
        store.watch(new Heard() {
            @Override
            public void changed(SessionKey key, long version) {
                throw new IllegalStateException("a bug");
            }
        });
        var heard = new Heard();
        store.watch(heard);
        for (String message : List.of("", " ", "1", "1 ", "x " + ALICE, "1 did#", "1 x#default")) {
            server.admin().publish("{atp4j}:changed", message);
        }
        assertThat(store.compareAndSet(ALICE, 0, record(1))).isTrue();
        assertThat(heard.news.poll(30, TimeUnit.SECONDS)).isEqualTo(ALICE + " 1");
    }

    // ---- damage

    @Test
    void whatIsNoRecordIsNeitherReadNorOverwrittenNorRemoved() {
        RedisProcess server = durable();
        RedisSessionStore store = store(server);
        Map<String, Runnable> damages = new LinkedHashMap<>();
        damages.put("another type", () -> server.admin().set(RECORD, SECRET));
        damages.put(
                "edited",
                () -> server.admin()
                        .hset(
                                RECORD,
                                "document",
                                server.admin().hget(RECORD, "document").replace("v1", "v9")));
        damages.put("no document", () -> server.admin().hdel(RECORD, "document"));
        damages.put("no checksum", () -> server.admin().hdel(RECORD, "sha1"));
        damages.put("no version", () -> server.admin().hdel(RECORD, "version"));
        damages.put("another version", () -> server.admin().hset(RECORD, "version", "01"));
        damages.put("other fields only", () -> server.admin().hdel(RECORD, "version", "sha1", "document"));
        damages.forEach((damage, make) -> {
            server.admin().flushAll();
            assertThat(store.compareAndSet(ALICE, 0, record(1))).isTrue();
            make.run();
            String held = server.admin().type(RECORD);
            List<Callable<?>> calls = new ArrayList<>(List.of(
                    () -> store.compareAndSet(ALICE, 0, record(1)),
                    () -> store.compareAndSet(ALICE, 1, record(2)),
                    () -> store.compareAndDelete(ALICE, 1)));
            if (!damage.equals("other fields only")) {
                calls.add(() -> store.read(ALICE));
            }
            for (Callable<?> call : calls) {
                var e = catchThrowableOfType(StoreException.class, call::call);
                assertThat(e).as(damage).isNotNull();
                assertThat(e.kind()).as(damage).isEqualTo(StoreException.Kind.UNREADABLE);
                assertThat(trace(e)).doesNotContain(SECRET);
            }
            assertThat(store.keys()).containsExactly(ALICE);
            assertThat(server.admin().type(RECORD)).as(damage).isEqualTo(held);
        });
    }

    @Test
    void aDamagedSessionIsClaimedByNobodyAndHoldsUpNoOther() {
        RedisProcess server = durable();
        RedisSessionStore store = store(server);
        var other = new SessionKey(ALICE.did(), "other");
        var due = LexMap.builder().put("dueMillis", 0).build();
        assertThat(store.compareAndSet(ALICE, 0, SessionRecord.of(ALICE, 1, due)))
                .isTrue();
        assertThat(store.compareAndSet(other, 0, SessionRecord.of(other, 1, due)))
                .isTrue();
        server.admin().hset(RECORD, "document", "{");
        assertThat(store.claimDue(10, Duration.ofHours(1)))
                .extracting(SessionRecord::key)
                .containsExactly(other);
        assertThat(store.claimDue(10, Duration.ofHours(1))).isEmpty();
    }

    @Test
    void manySessionsAreListedPageByPage() {
        RedisProcess server = durable();
        Map<String, Double> members = new LinkedHashMap<>();
        for (int i = 0; i < 3_000; i++) {
            members.put("did:plc:a" + i + "#default", 0.0);
        }
        members.put("somebody else's", 0.0);
        server.admin().zadd("{atp4j}:index", members);
        assertThat(store(server).keys()).hasSize(3_000).doesNotHaveDuplicates();
    }

    // ---- what a server is like

    @Test
    void aServerThatThrowsSessionsAwayIsRefused() {
        RedisProcess server = durable();
        server.admin().configSet("maxmemory-policy", "allkeys-lru");
        var e = catchThrowableOfType(StoreException.class, () -> RedisSessionStore.at(server.uri()));
        assertThat(e.kind()).isEqualTo(StoreException.Kind.UNSAFE);
        assertThat(e).hasMessageContaining("allkeys-lru").hasMessageContaining("noeviction");
        RedisSessionStore unchecked =
                open(RedisSessionStore.builder(server.uri()).checkServer(false).open());
        assertThat(unchecked.compareAndSet(ALICE, 0, record(1))).isTrue();
        server.admin().configSet("maxmemory-policy", "volatile-lru");
        assertThat(store(server).read(ALICE)).isPresent();
    }

    @Test
    void aServerThatMayLoseWhatItConfirmedIsWarnedOf() {
        RedisProcess server = durable();
        assertThat(warnings(() -> store(server))).isEmpty();
        server.admin().configSet("appendfsync", "everysec");
        assertThat(warnings(() -> store(server))).singleElement().asString().contains("appendfsync everysec");
        server.admin().configSet("appendonly", "no");
        assertThat(warnings(() -> store(server))).singleElement().asString().contains("appendonly yes");
        assertThat(warnings(() -> open(RedisSessionStore.builder(server.uri())
                        .checkServer(false)
                        .open())))
                .isEmpty();
    }

    @Test
    void aStoreThatIsClosedSaysSo() {
        RedisProcess server = durable();
        RedisSessionStore store = store(server);
        store.watch(new Heard());
        store.close();
        store.close();
        assertUnavailable(() -> store.read(ALICE));
        assertUnavailable(() -> store.watch(new Heard()));
    }

    @Test
    void aFullServerKeepsTheOldRecord() {
        RedisProcess server = durable();
        RedisSessionStore store = store(server);
        assertThat(store.compareAndSet(ALICE, 0, record(1))).isTrue();
        server.admin().configSet("maxmemory", "1");
        assertThat(assertUnavailable(() -> store.compareAndSet(ALICE, 1, record(2))))
                .hasMessageContaining("OOM");
        assertThat(store.read(ALICE).orElseThrow().version()).isEqualTo(1);
        server.admin().configSet("maxmemory", "0");
        assertThat(store.compareAndSet(ALICE, 1, record(2))).isTrue();
    }

    @Test
    void whatAServerSaysOfACommandThatItDoesNotKnowIsNotRepeated() {
        // It quotes what it was sent.
        RedisProcess server =
                open(RedisProcess.with(folder, "--rename-command", "EVALSHA", "", "--rename-command", "EVAL", ""));
        RedisSessionStore store =
                open(RedisSessionStore.builder(server.uri()).prefix("a").open());
        var note = new StoredNote("n", 1, LexMap.builder().put("x", SECRET).build());
        StoreException e = assertUnavailable(() -> store.compareAndSetNote(0, note));
        assertThat(trace(e)).doesNotContain("content");
        assertUnavailable(() -> store.compareAndSet(ALICE, 0, record(1)));
    }

    @Test
    void aPasswordIsUsedAndNotShown() {
        RedisProcess server = durable();
        server.ask(
                Protocol.Command.ACL,
                "SETUSER",
                "bot",
                "on",
                ">right-word",
                "~{atp4j}:*",
                "resetchannels",
                "&{atp4j}:*",
                "+@all");
        RedisSessionStore store =
                open(RedisSessionStore.at(URI.create("redis://bot:right-word@127.0.0.1:" + server.port() + "/0")));
        assertThat(store.compareAndSet(ALICE, 0, record(1))).isTrue();
        assertThat(store.lease(ALICE, Duration.ZERO)).isPresent();
        assertThat(store.claimDue(5, Duration.ofSeconds(5))).isEmpty();
        store.watch(new Heard()).close();
        assertThat(store).hasToString("RedisSessionStore[{atp4j}:]");
        var e = assertUnavailable(
                () -> RedisSessionStore.at(URI.create("redis://bot:wrong-word@127.0.0.1:" + server.port())));
        assertThat(e).hasMessageContaining("WRONGPASS");
        assertThat(trace(e)).doesNotContain("wrong-word");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisSessionStore.at(URI.create("http://bot:wrong-word@127.0.0.1")))
                .satisfies(bad -> assertThat(trace(bad)).doesNotContain("wrong-word"));
    }

    @Test
    void aClientOfTheCallersStaysOpen() {
        RedisProcess server = durable();
        RedisClient client = open(server.client(5_000));
        RedisSessionStore store =
                RedisSessionStore.builder(client).prefix("bots").open();
        assertThat(store.compareAndSet(ALICE, 0, record(1))).isTrue();
        store.close();
        assertThat(client.exists("{bots}:session:" + ALICE)).isTrue();
        assertThat(store(server).read(ALICE)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> RedisSessionStore.builder(client).prefix("a}b").open());
    }

    // ---- tools

    static class Heard implements SessionStore.Watcher {

        final LinkedBlockingQueue<String> news = new LinkedBlockingQueue<>();

        @Override
        public void changed(SessionKey key, long version) {
            news.add(key + " " + version);
        }

        @Override
        public void missed() {
            news.add("missed");
        }
    }

    private static StoreException assertUnavailable(Callable<?> call) {
        var e = catchThrowableOfType(StoreException.class, call::call);
        assertThat(e).isNotNull();
        assertThat(e.kind()).as(e.getMessage()).isEqualTo(StoreException.Kind.UNAVAILABLE);
        assertThat(trace(e)).doesNotContain(SECRET);
        return e;
    }

    private static String trace(Throwable e) {
        var trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

    private static List<String> warnings(Runnable action) {
        List<String> heard = new CopyOnWriteArrayList<>();
        var logger = Logger.getLogger(ServerCheck.class.getName());
        var handler = new Handler() {
            @Override
            public void publish(LogRecord said) {
                heard.add(said.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        try {
            action.run();
        } finally {
            logger.removeHandler(handler);
        }
        return heard;
    }

    private static void killConnections(RedisProcess server, String type) {
        server.ask(Protocol.Command.CLIENT, "KILL", "TYPE", type, "SKIPME", "yes");
    }

    private static long fence(RedisProcess server) {
        return Long.parseLong(server.admin().get(LEASE).split(" ")[0]);
    }

    /** Waits for what another thread is about to do; the class's time limit ends it if it does not. */
    private static void await(BooleanSupplier done) {
        while (!done.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }
}
