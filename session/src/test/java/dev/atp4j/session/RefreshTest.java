// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import static dev.atp4j.session.World.GET;
import static dev.atp4j.session.World.REFRESH;
import static dev.atp4j.session.World.TIMELINE;
import static dev.atp4j.session.World.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atp4j.data.LexMap;
import dev.atp4j.http.RequestBody;
import dev.atp4j.http.apache.ApacheHttpTransport;
import dev.atp4j.pds.Account;
import dev.atp4j.pds.EmbeddedPds;
import dev.atp4j.pds.Fault;
import dev.atp4j.pds.Gate;
import dev.atp4j.pds.Journal;
import dev.atp4j.pds.Side;
import dev.atp4j.xrpc.XrpcRequest;
import dev.atp4j.xrpc.XrpcResponse;
import dev.atp4j.xrpc.XrpcResponseException;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One refresh for all who need it, and none for those who don't. */
@Timeout(120)
class RefreshTest {

    private static final Duration LONG = Duration.ofHours(3);
    private static final String UPLOAD = "com.atproto.repo.uploadBlob";
    private static final byte[] PICTURE = "a picture".getBytes(StandardCharsets.UTF_8);

    @Test
    @Scenario(1)
    void aHundredThreadsThatMeetAnExpiredTokenTogetherShareOneRefresh() {
        try (World world = World.apart()) {
            allShareOneRefresh(world, world.login(), 100);
        }
    }

    @Test
    @Scenario(1)
    void aThousandThreadsThatMeetAnExpiredTokenTogetherShareOneRefresh() {
        try (World world = World.apart();
                var transport = new ApacheHttpTransport()) {
            PasswordSession session =
                    world.process().transport(transport).build().login(world.asAlice());
            allShareOneRefresh(world, session, 1000);
        }
    }

    private static void allShareOneRefresh(World world, PasswordSession session, int threads) {
        Gate gate = world.hold(TIMELINE, threads);
        List<Aside<XrpcResponse>> crowd = Aside.crowd(threads, () -> read(session));
        gate.awaitArrivals(threads);
        world.pds.time().advance(LONG);
        gate.open();
        for (Aside<XrpcResponse> one : crowd) {
            assertThat(one.get().status()).isEqualTo(200);
        }
        assertThat(world.refreshes()).isEqualTo(1);
        assertThat(world.count(TIMELINE)).isEqualTo(2 * threads);
        session.close();
        assertThat(world.heard.all()).containsExactly("updated", "updated");
    }

    @Tag("M1")
    @Test
    void twentyCallsThatKnowTheTokenToBeExpiredShareOneRefreshAndAreSentOnce() {
        try (World world = World.together()) {
            PasswordSession session = world.login();
            world.time.advance(LONG);
            Aside.crowd(20, () -> read(session)).forEach(Aside::get);
            assertThat(world.refreshes()).isEqualTo(1);
            assertThat(world.calls(TIMELINE)).hasSize(20).allMatch(call -> call.status() == 200);
        }
    }

    @Tag("M3")
    @Test
    @Scenario(2)
    void explicitRefreshesAtTheSameTimeAreOneRotation() {
        try (World world = World.together()) {
            PasswordSession session = world.login();
            Gate gate = world.hold(REFRESH, 1);
            List<Aside<Boolean>> crowd = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                crowd.add(Aside.run(session::refresh));
            }
            world.time.awaitTimers(3);
            gate.open();
            crowd.forEach(Aside::get);
            assertThat(world.refreshes()).isEqualTo(1);
            assertThat(world.liveTokens()).hasSize(2);
        }
    }

    @Test
    @Scenario({3, 12})
    void aWaiterThatGivesUpLeavesTheRefreshToTheOthers() {
        try (World world = World.together()) {
            PasswordSession session = world.login();
            long before = world.stored().generation();
            world.time.advance(LONG);
            Gate gate = world.hold(REFRESH, 1);
            Aside<XrpcResponse> patient = Aside.call(() -> read(session));
            Aside<XrpcResponse> hasty = Aside.call(() -> session.send(
                    XrpcRequest.query(TIMELINE).timeout(Duration.ofSeconds(10)).build()));
            Aside<XrpcResponse> interrupted = Aside.call(() -> read(session));
            world.time.awaitTimers(3);
            interrupted.interrupt();
            assertThat(interrupted.failure())
                    .isInstanceOf(RefreshFailedException.class)
                    .hasCauseInstanceOf(InterruptedException.class);
            world.time.advance(Duration.ofSeconds(10));
            assertThat(hasty.failure()).isInstanceOf(RefreshFailedException.class);
            assertThat(patient.over()).isFalse();
            gate.open();
            assertThat(patient.get().status()).isEqualTo(200);
            assertThat(world.refreshes()).isEqualTo(1);
            assertThat(world.count(TIMELINE)).as("no retry for those who left").isEqualTo(1);
            assertThat(world.stored().generation()).isGreaterThan(before);
        }
    }

    @Test
    @Scenario(12)
    void aCallerThatLeavesAfterTheFirstAnswerIsNotRetried() {
        try (World world = World.apart()) {
            PasswordSession session = world.login();
            world.pds.time().advance(LONG);
            Gate gate = world.hold(REFRESH, 1);
            Aside<XrpcResponse> caller = Aside.call(() -> read(session));
            gate.awaitArrivals(1);
            caller.interrupt();
            Throwable failure = caller.failure();
            assertThat(failure).isInstanceOf(RefreshFailedException.class);
            assertThat(failure.getSuppressed()[0]).hasMessageContaining("ExpiredToken");
            gate.open();
            world.heard.await("updated", 2);
            assertThat(world.count(TIMELINE)).isEqualTo(1);
            assertThat(read(session).status()).isEqualTo(200);
            assertThat(world.refreshes()).isEqualTo(1);
        }
    }

    @Test
    @Scenario(4)
    void aLateAnswerForAnOldTokenIsRetriedWithTheCurrentOne() {
        try (World world = World.apart()) {
            PasswordSession session = world.login();
            Gate gate = world.hold(TIMELINE, 1);
            Aside<XrpcResponse> late = Aside.call(() -> read(session));
            gate.awaitArrivals(1);
            world.pds.time().advance(Duration.ofMinutes(90));
            session.refresh();
            world.pds.time().advance(Duration.ofMinutes(90));
            gate.open();
            assertThat(late.get().status()).isEqualTo(200);
            assertThat(world.calls(TIMELINE)).extracting(Journal.Entry::status).containsExactly(400, 200);
            assertThat(world.refreshes()).isEqualTo(1);
        }
    }

    @Test
    @Scenario(5)
    void whileTheServiceIsDownFiftyCallsMakeOneTryPerBackoffStep() {
        try (World world = World.together()) {
            PasswordSession session = world.login();
            world.time.advance(LONG);
            world.fault(Fault.on(REFRESH).times(3).html(503));
            List<Aside<XrpcResponse>> crowd = Aside.crowd(50, () -> read(session));
            for (int tries = 1; tries <= 3; tries++) {
                // Each of the fifty waits for two things: the end of the pause, and its deadline.
                world.time.awaitTimers(100);
                assertThat(world.refreshes()).isEqualTo(tries);
                world.time.advance(world.stored().backoff().pause());
            }
            for (Aside<XrpcResponse> one : crowd) {
                assertThat(one.get().status()).isEqualTo(200);
            }
            assertThat(world.refreshes()).isEqualTo(4);
            assertThat(session.destroyed()).isFalse();
            session.close();
            assertThat(world.heard.count("updateFailed")).isEqualTo(3);
        }
    }

    @Test
    @Scenario(5)
    void aCallerWhoseTimeIsTooShortLearnsWhatFailedAndWhenToComeBack() {
        try (World world = World.together()) {
            PasswordSession session = world.login();
            world.fault(Fault.on(TIMELINE).error(400, "ExpiredToken", "Token has expired"));
            world.fault(Fault.on(REFRESH).always().html(503));
            Aside<XrpcResponse> caller = Aside.call(() -> read(session));
            for (int pause : new int[] {1, 2, 4, 8}) {
                world.time.pass(Duration.ofSeconds(pause));
            }
            Throwable failure = caller.failure();
            assertThat(failure).isInstanceOf(RefreshFailedException.class).hasMessageContaining("503");
            assertThat(failure.getCause()).isInstanceOf(XrpcResponseException.class);
            assertThat(failure.getSuppressed()[0])
                    .isInstanceOf(XrpcResponseException.class)
                    .hasMessageContaining("ExpiredToken");
            assertThat(((RefreshFailedException) failure).retryAfter()).isPositive();
            assertThat(session.destroyed()).isFalse();
        }
    }

    @Test
    @Scenario(6)
    void whatTheServiceAsksToWaitIsWaitedBySiblingsToo() {
        try (World world = World.together()) {
            PasswordSession session = world.login();
            PasswordSession sibling = world.sibling();
            world.fault(Fault.on(REFRESH).retryAfter(Duration.ofSeconds(60)));
            var failed = catchThrowableOfType(RefreshFailedException.class, session::refresh);
            assertThat(failed.retryAfter()).isEqualTo(Duration.ofSeconds(60));
            assertThat(read(session).status()).as("a good access token is used").isEqualTo(200);
            world.time.advance(Duration.ofSeconds(20));
            assertThat(catchThrowableOfType(RefreshFailedException.class, sibling::refresh)
                            .retryAfter())
                    .isEqualTo(Duration.ofSeconds(40));
            assertThat(world.refreshes()).isEqualTo(1);
            world.time.advance(Duration.ofSeconds(40));
            sibling.refresh();
            assertThat(world.refreshes()).isEqualTo(2);
        }
    }

    @Tag("M2")
    @Test
    @Scenario(7)
    void anAccountThatIsDeactivatedCostsNoRefresh() {
        try (World world = World.together()) {
            PasswordSession session = world.login();
            world.pds.accounts().deactivate(world.alice.did());
            for (int i = 0; i < 5; i++) {
                var failure =
                        catchThrowableOfType(XrpcResponseException.class, () -> session.send(World.post(world.alice)));
                assertThat(failure.status()).isEqualTo(401);
                assertThat(failure.is("AccountDeactivated")).isTrue();
            }
            assertThat(world.refreshes()).isZero();
            assertThat(session.destroyed()).isFalse();
        }
    }

    @Test
    @Scenario(8)
    void writingToAnotherRepoCostsOneRefreshAtTheMost() {
        try (World world = World.together()) {
            Account bob = world.pds.createAccount("bob.test", "bobs-password");
            PasswordSession session = world.login();
            for (int i = 0; i < 5; i++) {
                var failure = catchThrowableOfType(XrpcResponseException.class, () -> session.send(World.post(bob)));
                assertThat(failure.status()).isEqualTo(401);
            }
            assertThat(world.refreshes()).isLessThanOrEqualTo(1);
            assertThat(session.send(World.post(world.alice)).status()).isEqualTo(200);
        }
    }

    @Test
    @Scenario(9)
    void aStaleCodeFromAnEmailIsNotTakenForAnExpiredSession() {
        try (World world = World.together()) {
            PasswordSession session = world.login();
            session.send(XrpcRequest.procedure("com.atproto.server.requestEmailConfirmation")
                    .build());
            String code =
                    world.pds.accounts().latestEmailCode(world.alice.did()).orElseThrow();
            world.time.advance(Duration.ofMinutes(16));
            XrpcRequest confirm = XrpcRequest.procedure("com.atproto.server.confirmEmail")
                    .json(LexMap.builder()
                            .put("email", world.alice.email())
                            .put("token", code)
                            .build())
                    .build();
            var failure = catchThrowableOfType(XrpcResponseException.class, () -> session.send(confirm));
            assertThat(failure).hasMessageContaining("Token is expired");
            assertThat(failure.is("ExpiredToken")).isTrue();
            assertThat(world.refreshes()).isZero();
            assertThat(world.count("com.atproto.server.confirmEmail")).isEqualTo(1);
        }
    }

    @Test
    @Scenario(10)
    void aNewTokenThatReadsLikeTheOldOneIsTriedNevertheless() {
        try (World world = World.together()) {
            PasswordSession session = world.login();
            SessionData before = session.data();
            world.fault(Fault.on(TIMELINE).error(400, "ExpiredToken", "Token has expired"));
            assertThat(read(session).status()).isEqualTo(200);
            assertThat(session.data().accessJwt()).isEqualTo(before.accessJwt());
            assertThat(world.refreshes()).isEqualTo(1);
            assertThat(world.count(TIMELINE)).isEqualTo(2);
        }
    }

    @Test
    @Scenario(11)
    void aBodyThatCanBeSentOnlyOnceIsNotSentAgain() {
        try (World world = World.apart()) {
            PasswordSession session = world.login();
            world.pds.time().advance(LONG);
            var failure = catchThrowableOfType(
                    XrpcResponseException.class,
                    () -> session.send(
                            upload(RequestBody.once(new ByteArrayInputStream(PICTURE), PICTURE.length, "image/png"))));
            assertThat(failure.is("ExpiredToken")).isTrue();
            assertThat(world.refreshes()).isEqualTo(1);
            assertThat(world.count(UPLOAD)).isEqualTo(1);
            assertThat(read(session).status()).isEqualTo(200);
            assertThat(world.refreshes()).isEqualTo(1);
        }
    }

    @Test
    @Scenario(11)
    void aBodyThatCanBeOpenedAgainIsSentAgain() {
        try (World world = World.apart()) {
            PasswordSession session = world.login();
            world.pds.time().advance(LONG);
            assertThat(session.send(upload(RequestBody.reopenable(
                                    () -> new ByteArrayInputStream(PICTURE), PICTURE.length, "image/png")))
                            .status())
                    .isEqualTo(200);
            assertThat(world.refreshes()).isEqualTo(1);
            assertThat(world.count(UPLOAD)).isEqualTo(2);
        }
    }

    @Test
    @Scenario(11)
    void aBodyThatCanBeSentOnlyOnceIsPreparedForByAnEarlyRefresh() {
        try (World world = World.together()) {
            PasswordSession session = world.login();
            world.time.advance(Duration.ofMinutes(117));
            assertThat(session.send(upload(
                                    RequestBody.once(new ByteArrayInputStream(PICTURE), PICTURE.length, "image/png")))
                            .status())
                    .isEqualTo(200);
            assertThat(world.refreshes()).isEqualTo(1);
        }
    }

    @Test
    void anEarlyRefreshThatStallsDoesNotEatTheTimeOfTheUpload() {
        try (World world = World.together()) {
            PasswordSession session = world.login();
            world.time.advance(Duration.ofMinutes(117));
            Gate gate = world.hold(REFRESH, 1);
            Aside<XrpcResponse> upload = Aside.call(() -> session.send(
                    upload(RequestBody.once(new ByteArrayInputStream(PICTURE), PICTURE.length, "image/png"))));
            gate.awaitArrivals(1);
            world.time.awaitTimers(1);
            world.time.advance(Duration.ofSeconds(15));
            assertThat(upload.get().status()).isEqualTo(200);
            gate.open();
        }
    }

    private static XrpcRequest upload(RequestBody body) {
        return XrpcRequest.procedure(UPLOAD).body(body).build();
    }

    @Test
    @Scenario(13)
    void anIdleSessionIsRefreshedBeforeItsTokenRunsOut() {
        try (World world = World.together()) {
            PasswordSession session =
                    world.process().proactiveRefresh(true).build().login(world.asAlice());
            for (int round = 1; round <= 3; round++) {
                world.time.advance(Duration.ofMinutes(109));
                assertThat(world.refreshes()).isEqualTo(round - 1);
                world.time.advance(Duration.ofMinutes(1));
                world.heard.await("updated", round + 1);
                assertThat(world.refreshes()).isEqualTo(round);
                assertThat(session.accessTimeLeft()).contains(Duration.ofHours(2));
                assertThat(read(session).status()).isEqualTo(200);
            }
            assertThat(world.calls(TIMELINE)).allMatch(call -> call.status() == 200);
        }
    }

    @Test
    @Scenario(13)
    void siblingsComeAtDifferentTimesAndTheFirstRefreshesForAll() {
        try (World world = World.together()) {
            world.login();
            var siblings = new ArrayList<PasswordSession>();
            for (int i = 0; i < 5; i++) {
                siblings.add(world.sibling(
                        world.process().proactiveRefresh(true).random(new Random(i * 0x9E3779B97F4A7C15L))));
                read(siblings.get(i)); // teaches it the server's time, and so when to refresh
            }
            world.time.awaitTimers(5);
            Set<Long> moments = new HashSet<>();
            long start = world.time.nanos();
            long before = start;
            while (moments.size() < 5) {
                world.pds.time().advanceToNextTimer();
                long now = world.time.nanos();
                // Whoever waits for his turn sets a timer too, but only for a moment.
                if (now - before > Duration.ofSeconds(1).toNanos()) {
                    moments.add(now - start);
                    world.heard.await("updated", 1 + moments.size());
                }
                before = now;
            }
            assertThat(world.refreshes()).isEqualTo(1);
            assertThat(moments)
                    .allMatch(nanos -> nanos >= Duration.ofMinutes(105).toNanos()
                            && nanos <= Duration.ofMinutes(110).toNanos());
            for (PasswordSession sibling : siblings) {
                assertThat(sibling.data()).isEqualTo(siblings.get(0).data());
            }
        }
    }

    @Test
    @Scenario(13)
    void noThreadOfTheLibraryKeepsTheJvmAlive() {
        try (World world = World.together()) {
            PasswordSession session = Sessions.builder()
                    .transport(World.TRANSPORT)
                    .listener(world.heard)
                    .build()
                    .login(world.asAlice());
            session.refresh();
            world.heard.await("updated", 2);
            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> thread.getName().startsWith("atp4j"))
                    .isNotEmpty()
                    .allMatch(Thread::isDaemon);
            session.close();
        }
    }

    @Test
    void aProactiveRefreshThatFailsIsTriedAgainUntilItWorks() {
        try (World world = World.together()) {
            world.process().proactiveRefresh(true).build().login(world.asAlice());
            world.fault(Fault.on(REFRESH).times(3).resetBeforeProcessing());
            world.time.advance(Duration.ofMinutes(110));
            for (int tries = 1; tries <= 3; tries++) {
                world.heard.await("updateFailed", tries);
                world.time.pass(Duration.ofSeconds(1L << tries - 1));
            }
            world.heard.await("updated", 2);
            assertThat(world.refreshes()).isEqualTo(4);
        }
    }

    @Test
    @Scenario(14)
    void theRetryGoesToTheServerThatTheRefreshNamed() {
        try (World world = World.apart(EmbeddedPds.builder().entryway(true))) {
            PasswordSession session = world.login();
            assertThat(read(session).status()).isEqualTo(200);
            assertThat(session.pds()).isEqualTo(world.pds.pdsUrl());
            URI other = world.pds.accounts().move(world.alice.did());
            world.pds.time().advance(LONG);
            assertThat(read(session).status()).isEqualTo(200);
            assertThat(session.pds()).isEqualTo(other);
            assertThat(world.calls(TIMELINE))
                    .extracting(Journal.Entry::side)
                    .containsExactly(Side.PDS, Side.PDS, Side.OTHER_PDS);
            assertThat(world.calls(REFRESH)).extracting(Journal.Entry::side).containsExactly(Side.ENTRYWAY);
        }
    }

    @Test
    @Scenario(15)
    void aServerThatIsKnownIsKeptWhenAnAnswerDoesNotNameIt() {
        try (World world = World.together(EmbeddedPds.builder().entryway(true))) {
            PasswordSession session = world.login();
            world.fault(Fault.on(REFRESH).withoutField("didDoc"));
            world.fault(Fault.on(GET).always().html(500));
            session.refresh();
            assertThat(session.pds()).isEqualTo(world.pds.pdsUrl());
            assertThatCode(() -> read(session)).doesNotThrowAnyException();
            assertThat(world.sibling().pds()).isEqualTo(world.pds.pdsUrl());
        }
    }
}
