// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import static dev.atp4j.session.World.GET;
import static dev.atp4j.session.World.REFRESH;
import static dev.atp4j.session.World.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atp4j.Secret;
import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import dev.atp4j.http.Headers;
import dev.atp4j.pds.Fault;
import dev.atp4j.session.store.EndReason;
import dev.atp4j.xrpc.XrpcClient;
import dev.atp4j.xrpc.XrpcRequest;
import dev.atp4j.xrpc.XrpcResponseException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions that another program opened, and perhaps goes on using. */
@Timeout(120)
class MovingInTest {

    /** A program like the JavaScript clients: it keeps a session to itself, and refreshes when it has to. */
    private static final class OldOwner {

        private final World world;
        private final XrpcClient client;
        private LexMap saved;
        private boolean alive = true;

        OldOwner(World world, String saved) {
            this.world = world;
            this.client = new XrpcClient(World.TRANSPORT, world.pds.url());
            this.saved = LexJson.parseMap(saved.getBytes(StandardCharsets.UTF_8));
        }

        OldOwner(World world) {
            this.world = world;
            this.client = new XrpcClient(World.TRANSPORT, world.pds.url());
            this.saved = client.send(XrpcRequest.procedure(World.CREATE)
                            .json(LexMap.builder()
                                    .put("identifier", "alice.test")
                                    .put("password", World.PASSWORD)
                                    .build())
                            .build())
                    .json();
        }

        /** What it would write into a file now. */
        String saved() {
            return LexJson.toString(LexMap.builder()
                    .put("service", world.pds.url().toString())
                    .put("did", world.alice.did().value())
                    .put("accessJwt", saved.getString("accessJwt").orElseThrow())
                    .put("refreshJwt", saved.getString("refreshJwt").orElseThrow())
                    .build());
        }

        void refresh() {
            if (!alive) {
                return;
            }
            String token = saved.getString("refreshJwt").orElseThrow();
            try {
                saved = client.exchange(XrpcRequest.procedure(REFRESH).build(), bearer(token), Duration.ofSeconds(30))
                        .orThrow()
                        .json();
            } catch (XrpcResponseException e) {
                alive = false;
            }
        }

        static Headers bearer(String token) {
            return Headers.of("authorization", "Bearer " + token);
        }
    }

    /** Runs what sessions do in the background, and knows when it is done. */
    private static final class Background implements Executor, AutoCloseable {

        private final ExecutorService threads = Executors.newCachedThreadPool();
        private final Queue<Future<?>> tasks = new ConcurrentLinkedQueue<>();

        @Override
        public void execute(Runnable task) {
            tasks.add(threads.submit(task));
        }

        void settle() throws Exception {
            for (Future<?> task = tasks.poll(); task != null; task = tasks.poll()) {
                task.get(60, TimeUnit.SECONDS);
            }
        }

        @Override
        public void close() {
            threads.shutdownNow();
        }
    }

    // ---- the old owner goes on

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void aSessionLivesOnBesideItsOldOwnerForADay(int seed) throws Exception {
        var random = new Random(seed);
        try (World world = World.together();
                var background = new Background()) {
            var old = new OldOwner(world);
            // The copy is made at any time of an access token's life, and taken up to some minutes later.
            pass(world, background, Duration.ofMinutes(random.nextInt(120)));
            String saved = old.saved();
            int oldDue = 110 + random.nextInt(11);
            int lateness = random.nextInt(15);
            for (int minute = 0; minute < lateness; minute++) {
                pass(world, background, Duration.ofMinutes(1));
            }
            if (random.nextBoolean()) {
                old.refresh();
            }
            PasswordSession session = world.process()
                    .proactiveRefresh(true)
                    .executor(background)
                    .random(random)
                    .build()
                    .resume(SessionData.parse(saved), Resume.CHECKED);
            for (int minute = 1; minute <= 24 * 60; minute++) {
                pass(world, background, Duration.ofMinutes(1));
                if (--oldDue == 0) {
                    old.refresh();
                    oldDue = 110 + random.nextInt(11);
                }
                if (minute % 30 == 0) {
                    assertThat(read(session).status()).as("minute %s", minute).isEqualTo(200);
                }
            }
            assertThat(session.destroyed()).isFalse();
            assertThat(world.heard.count("deleted")).isZero();
            assertThat(world.stored().active()).isTrue();
            assertThat(world.calls(REFRESH).stream().filter(call -> call.status() != 200))
                    .as("the old owner may lose it, ours never")
                    .hasSizeLessThanOrEqualTo(1);
        }
    }

    @Test
    void anOldOwnerThatRotatesMoreOftenOutrunsOurs() throws Exception {
        try (World world = World.together();
                var background = new Background()) {
            var old = new OldOwner(world);
            PasswordSession session = world.process()
                    .proactiveRefresh(true)
                    .executor(background)
                    .build()
                    .resume(SessionData.parse(old.saved()), Resume.CHECKED);
            for (int minute = 0; minute < 4 * 60; minute += 10) {
                pass(world, background, Duration.ofMinutes(10));
                old.refresh();
            }
            assertThat(catchThrowableOfType(SessionOverException.class, () -> read(session)))
                    .as("the server's rules leave no way")
                    .hasMessageContaining("another program that refreshed a copy");
            PasswordSession again = world.process().build().resume(SessionData.parse(old.saved()), Resume.CHECKED);
            assertThat(read(again).status()).isEqualTo(200);
        }
    }

    private static void pass(World world, Background background, Duration time) throws Exception {
        world.time.advance(time);
        background.settle();
    }

    @Test
    void aCopyWhoseAccessTokenOutlivesItsRefreshTokenIsFoundOutAtOnce() {
        try (World world = World.together()) {
            var old = new OldOwner(world);
            var slow = old.saved();
            old.refresh();
            world.time.advance(Duration.ofMinutes(5));
            old.refresh();
            world.time.advance(Duration.ofMinutes(110));
            // A sibling of the old owner reuses the first token: its access token is new, its refresh token about to
            // die.
            var late = new OldOwner(world, slow);
            late.refresh();
            world.time.advance(Duration.ofMinutes(60));
            assertThatThrownBy(() -> world.process().build().resume(SessionData.parse(late.saved()), Resume.CHECKED))
                    .isInstanceOf(SessionOverException.class);
            assertThat(world.count(GET)).isZero();
            PasswordSession fresh = world.process().build().resume(SessionData.parse(old.saved()), Resume.CHECKED);
            assertThat(read(fresh).status()).isEqualTo(200);
        }
    }

    // ---- copies that are too old

    @ParameterizedTest
    @EnumSource(
            value = Resume.class,
            names = {"TOLERANT", "CHECKED"})
    void aCopyThatIsTooOldIsReportedAndLeavesNothing(Resume how) {
        try (World world = World.together()) {
            var old = new OldOwner(world);
            String stale = old.saved();
            old.refresh();
            world.time.advance(Duration.ofHours(3));
            old.refresh();
            Sessions sessions = world.process().build();
            var failure = catchThrowableOfType(
                    SessionOverException.class, () -> sessions.resume(SessionData.parse(stale), how));
            assertThat(failure.reason()).isEqualTo(EndReason.REVOKED);
            assertThat(failure)
                    .hasMessageContainingAll("too old", "two hours", "save the session anew", "log in")
                    .hasMessageNotContaining("eyJ");
            assertThat(sessions.stored()).isEmpty();
            PasswordSession fresh = sessions.resume(SessionData.parse(old.saved()), how);
            assertThat(read(fresh).status()).isEqualTo(200);
            assertThat(sessions.stored()).containsExactly(world.key());
        }
    }

    @Test
    void aCopyThatWasTooOldForALazyResumptionGivesWayToABetterOne() {
        try (World world = World.together()) {
            var old = new OldOwner(world);
            String stale = old.saved();
            old.refresh();
            world.time.advance(Duration.ofHours(3));
            old.refresh();
            Sessions sessions = world.process().build();
            sessions.resume(SessionData.parse(stale), Resume.LAZY);
            assertThat(world.stored().active()).as("nobody knows better yet").isTrue();
            PasswordSession fresh = sessions.resume(SessionData.parse(old.saved()), Resume.CHECKED);
            assertThat(read(fresh).status()).isEqualTo(200);
        }
    }

    @Test
    void anUnreachableServerKeepsTheCopyOfATolerantResumption() {
        try (World world = World.together()) {
            var old = new OldOwner(world);
            world.fault(Fault.onAny().html(503));
            PasswordSession session = world.process().build().resume(SessionData.parse(old.saved()), Resume.TOLERANT);
            assertThat(read(session).status()).isEqualTo(200);
            assertThat(world.stored().active()).isTrue();
        }
    }

    // ---- what is stored already

    @Test
    void aStoredSessionThatIsAliveIsKept() {
        try (World world = World.together()) {
            PasswordSession mine = world.login();
            var old = new OldOwner(world);
            PasswordSession resumed = world.process().build().resume(SessionData.parse(old.saved()), Resume.CHECKED);
            assertThat(resumed.data().refreshJwt()).isEqualTo(mine.data().refreshJwt());
            old.refresh();
            assertThat(old.alive).as("nobody touched it").isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aStoredSessionThatIsDeadIsReplaced(boolean noticed) {
        try (World world = World.together()) {
            PasswordSession mine = world.login();
            Secret current = mine.data().refreshJwt();
            endBehindItsBack(world, current);
            world.time.advance(Duration.ofHours(3));
            if (noticed) {
                assertThatThrownBy(() -> read(mine)).isInstanceOf(SessionOverException.class);
            }
            var old = new OldOwner(world);
            PasswordSession resumed = world.process().build().resume(SessionData.parse(old.saved()), Resume.CHECKED);
            assertThat(read(resumed).status()).isEqualTo(200);
            assertThat(world.stored().active()).isTrue();
            assertThat(read(world.sibling()).status()).isEqualTo(200);
        }
    }

    @Test
    void aCopyThatIsTooOldLeavesTheReasonOfAnEarlierDeath() {
        try (World world = World.together()) {
            var old = new OldOwner(world);
            String stale = old.saved();
            PasswordSession mine = world.login();
            endBehindItsBack(world, mine.data().refreshJwt());
            old.refresh();
            world.time.advance(Duration.ofHours(3));
            assertThatThrownBy(() -> read(mine)).isInstanceOf(SessionOverException.class);
            Aside<SessionOverException> attempt = Aside.call(() -> catchThrowableOfType(
                    SessionOverException.class,
                    () -> world.process().build().resume(SessionData.parse(stale), Resume.CHECKED)));
            world.time.pass(Duration.ofSeconds(2));
            assertThat(attempt.get()).hasMessageContaining("too old");
            assertThat(world.stored().active()).isFalse();
            old.refresh();
            assertThat(read(world.process().build().resume(SessionData.parse(old.saved()), Resume.LAZY))
                            .status())
                    .isEqualTo(200);
        }
    }

    private static void endBehindItsBack(World world, Secret refreshJwt) {
        XrpcRequest delete = XrpcRequest.procedure(World.DELETE).build();
        new XrpcClient(World.TRANSPORT, world.pds.url())
                .exchange(delete, OldOwner.bearer(refreshJwt.expose()), Duration.ofSeconds(30))
                .close();
    }
}
