// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import static dev.atp4j.session.World.DELETE;
import static dev.atp4j.session.World.REFRESH;
import static dev.atp4j.session.World.TIMELINE;
import static dev.atp4j.session.World.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atp4j.Secret;
import dev.atp4j.http.Headers;
import dev.atp4j.pds.Fault;
import dev.atp4j.pds.Gate;
import dev.atp4j.pds.Journal;
import dev.atp4j.session.kernel.SaveFlow;
import dev.atp4j.session.kernel.Status;
import dev.atp4j.session.store.EndReason;
import dev.atp4j.xrpc.XrpcClient;
import dev.atp4j.xrpc.XrpcRequest;
import dev.atp4j.xrpc.XrpcResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logout means logout. */
@Timeout(120)
class LogoutTest {

    private static final Duration LONG = Duration.ofHours(3);

    @Test
    @Scenario(35)
    void theTokenBeforeGoesFirstAndNeitherCanBeRefreshed() {
        try (World world = World.together()) {
            PasswordSession session = world.login();
            Secret old = session.data().refreshJwt();
            session.refresh();
            Secret current = session.data().refreshJwt();
            String hashOfOld = world.calls(REFRESH).get(0).tokenHash();
            world.time.advance(Duration.ofMinutes(10));
            session.logout();
            List<Journal.Entry> deletes = world.calls(DELETE);
            assertThat(deletes).hasSize(2);
            assertThat(deletes.get(0).tokenHash()).isEqualTo(hashOfOld);
            assertThat(world.liveTokens()).isEmpty();
            assertThat(refreshBy(world, old)).isEqualTo(400);
            assertThat(refreshBy(world, current)).isEqualTo(400);
            assertThat(world.liveTokens()).isEmpty();
        }
    }

    @Test
    @Scenario(35)
    void aTokenWhoseGraceIsOverNeedsNoDelete() {
        try (World world = World.together()) {
            PasswordSession session = world.login();
            for (int i = 0; i < 4; i++) {
                world.time.advance(LONG);
                session.refresh();
            }
            session.logout();
            assertThat(world.count(DELETE)).isLessThanOrEqualTo(2);
            assertThat(world.liveTokens()).isEmpty();
        }
    }

    private static int refreshBy(World world, Secret token) {
        return new XrpcClient(World.TRANSPORT, world.pds.url())
                .exchange(
                        XrpcRequest.procedure(REFRESH).build(),
                        Headers.of("authorization", "Bearer " + token.expose()),
                        Duration.ofSeconds(30))
                .status();
    }

    @Test
    @Scenario(36)
    void aRotationWhoseAnswerWasLostIsFoundOutAndEndedToo() {
        try (World world = World.together()) {
            PasswordSession session = world.login();
            world.fault(Fault.on(REFRESH).resetAfterProcessing());
            world.fault(Fault.on(REFRESH).times(4).resetBeforeProcessing());
            Aside<Boolean> caller = Aside.run(session::refresh);
            for (int pause : new int[] {1, 2, 4, 8}) {
                world.time.pass(Duration.ofSeconds(pause));
            }
            assertThat(caller.failure()).isInstanceOf(RefreshFailedException.class);
            assertThat(world.liveTokens()).as("one of them nobody knows").hasSize(2);
            session.logout();
            assertThat(world.liveTokens()).isEmpty();
            assertThat(world.stored().pendingDeletes()).isEmpty();
        }
    }

    @Test
    @Scenario(36)
    void aSuccessorThatTheServerDidNotNameIsEndedToo() {
        try (World world = World.together()) {
            PasswordSession session = world.login();
            world.fault(Fault.on(REFRESH).withoutField("refreshJwt"));
            session.refresh();
            assertThat(world.liveTokens()).hasSize(2);
            session.logout();
            assertThat(world.liveTokens()).isEmpty();
        }
    }

    @Test
    @Scenario(37)
    void aLogoutThatIsNotConfirmedEndsTheUseAndIsTriedAgain() {
        try (World world = World.together()) {
            PasswordSession session = world.login();
            world.fault(Fault.on(DELETE).times(2).html(500));
            var failure = catchThrowableOfType(LogoutUnconfirmedException.class, session::logout);
            assertThat(failure).hasMessageContaining("500").hasMessageContaining("asked again");
            assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(1));
            assertThat(session.destroyed()).isTrue();
            assertThatThrownBy(() -> read(session)).isInstanceOf(SessionOverException.class);
            assertThat(world.stored().pendingDeletes()).hasSize(1);
            assertThat(world.liveTokens()).hasSize(1);
            world.heard.await("deleteFailed", 1);
            world.time.pass(Duration.ofSeconds(1));
            world.heard.await("deleteFailed", 2);
            world.time.pass(Duration.ofSeconds(2));
            SharedStoreTest.awaitNoTokens(world);
            session.close();
            assertThat(world.heard.count("deleted")).isEqualTo(1);
        }
    }

    @Test
    @Scenario(37)
    void aLogoutThatIsNotConfirmedIsTriedAgainAfterARestart() {
        try (World world = World.together()) {
            PasswordSession session = world.login();
            world.fault(Fault.on(DELETE).resetBeforeProcessing());
            assertThatThrownBy(session::logout).isInstanceOf(LogoutUnconfirmedException.class);
            assertThat(world.liveTokens()).hasSize(1);
            Sessions restarted = world.process().build();
            assertThatThrownBy(() -> restarted.resume(world.alice.did())).isInstanceOf(SessionOverException.class);
            SharedStoreTest.awaitNoTokens(world);
        }
    }

    @Test
    @Scenario(37)
    void unconfirmedLogoutsOfAllAccountsCanBeTriedAgainAtAStart() {
        try (World world = World.together()) {
            PasswordSession session = world.login();
            world.fault(Fault.on(DELETE).resetBeforeProcessing());
            assertThatThrownBy(session::logout).isInstanceOf(LogoutUnconfirmedException.class);
            assertThat(world.process().build().retryPendingLogouts()).containsExactly(world.key());
            SharedStoreTest.awaitNoTokens(world);
            assertThat(world.process().build().retryPendingLogouts()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 500, 502})
    @Scenario(38)
    void aPageForPeopleIsNoConfirmation(int status) {
        try (World world = World.together()) {
            PasswordSession session = world.login();
            world.fault(Fault.on(DELETE).html(status));
            assertThatThrownBy(session::logout).isInstanceOf(LogoutUnconfirmedException.class);
            assertThat(world.stored().pendingDeletes()).hasSize(1);
            assertThatCode(session::logout).as("asked again").doesNotThrowAnyException();
            assertThat(world.liveTokens()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, ExpiredToken, Token has expired",
        "400, ExpiredToken, Token has been revoked",
        "400, InvalidToken, Token could not be verified",
        "401, InvalidToken, Invalid token type"
    })
    @Scenario(39)
    void aTokenThatTheServerDoesNotKnowIsGone(int status, String error, String message) {
        confirmed(Fault.on(DELETE).error(status, error, message));
    }

    @Test
    @Scenario(40)
    void anEmptyAnswerOrOneOfTextIsAConfirmation() {
        confirmed(Fault.on(DELETE).answer(200, Headers.empty(), ""));
        confirmed(Fault.on(DELETE).answer(204, Headers.empty(), ""));
        confirmed(Fault.on(DELETE).answer(200, Headers.of("content-type", "text/plain"), "OK"));
        confirmed(Fault.on(DELETE).answer(200, Headers.of("content-type", "application/json"), "{}"));
    }

    private static void confirmed(Fault fault) {
        try (World world = World.together()) {
            PasswordSession session = world.login();
            world.fault(fault);
            session.logout();
            assertThat(world.count(DELETE)).isEqualTo(1);
            assertThat(world.stored().pendingDeletes()).isEmpty();
            assertThat(session.endReason()).contains(EndReason.LOGGED_OUT);
        }
    }

    @Test
    @Scenario(41)
    void aLogoutDuringARefreshEndsTheNewTokenAndCallsUnderWayGetTheirAnswers() {
        try (World world = World.together()) {
            PasswordSession session = world.login();
            Gate calls = world.hold(TIMELINE, 1);
            Aside<XrpcResponse> call = Aside.call(() -> read(session));
            calls.awaitArrivals(1);
            Gate refreshes = world.hold(REFRESH, 1);
            Aside<Boolean> refresh = Aside.run(session::refresh);
            refreshes.awaitArrivals(1);
            Aside<Boolean> logout = Aside.run(session::logout);
            refreshes.open();
            logout.get();
            assertThat(refresh.failure())
                    .satisfiesAnyOf(
                            failure -> assertThat(failure).isNull(),
                            failure -> assertThat(failure).isInstanceOf(SessionOverException.class));
            assertThat(world.liveTokens()).isEmpty();
            assertThat(world.count(DELETE)).isEqualTo(2);
            calls.open();
            assertThat(call.get().status()).isEqualTo(200);
        }
    }

    @Test
    @Scenario(41)
    void aCallThatMeetsAnExpiredTokenAfterTheLogoutIsToldOfIt() {
        try (World world = World.apart()) {
            PasswordSession session = world.login();
            Gate gate = world.hold(TIMELINE, 1);
            Aside<XrpcResponse> call = Aside.call(() -> read(session));
            gate.awaitArrivals(1);
            session.logout();
            world.pds.time().advance(LONG);
            gate.open();
            assertThat(call.failure()).isInstanceOf(SessionOverException.class);
            assertThat(world.refreshes()).isZero();
        }
    }

    @Test
    @Scenario(42)
    void closingKeepsTheSession() {
        try (World world = World.together()) {
            try (PasswordSession session = world.login()) {
                read(session);
            }
            assertThat(world.count(DELETE)).isZero();
            assertThat(read(world.process().build().resume(world.alice.did())).status())
                    .isEqualTo(200);
        }
    }

    @Test
    @Scenario(42)
    void closingLogsOutIfThatIsThePolicyAndReportsWhatFails() {
        try (World world = World.together()) {
            Sessions sessions = world.process().closePolicy(ClosePolicy.LOGOUT).build();
            sessions.login(world.asAlice()).close();
            assertThat(world.liveTokens()).isEmpty();
            PasswordSession second = sessions.login(world.asAlice());
            world.fault(Fault.on(DELETE).html(500));
            assertThatThrownBy(second::close).isInstanceOf(LogoutUnconfirmedException.class);
            assertThatCode(second::close).doesNotThrowAnyException();
        }
    }

    @Test
    void logoutsAtTheSameTimeAreOne() {
        try (World world = World.together()) {
            PasswordSession session = world.login();
            Aside.crowd(10, () -> {
                        session.logout();
                        return true;
                    })
                    .forEach(Aside::get);
            assertThat(world.count(DELETE)).isEqualTo(1);
            session.close();
            assertThat(world.heard.all()).containsExactly("updated", "deleted LOGGED_OUT");
        }
    }

    @Test
    void aLogoutDoesNotWaitForeverForItsTurn() {
        try (World world = World.together()) {
            var store = new TroubledStore(world.store);
            PasswordSession session = world.process().store(store).build().login(world.asAlice());
            store.busyLeases.set(1);
            session.logout();
            assertThat(world.stored().status()).isEqualTo(Status.LOGGED_OUT);
            assertThat(world.liveTokens()).isEmpty();
        }
    }

    @Test
    void aThreadThatIsInterruptedLogsOutNevertheless() {
        try (World world = World.together()) {
            PasswordSession session = world.login();
            Aside<Boolean> logout = Aside.call(() -> {
                Thread.currentThread().interrupt();
                try {
                    session.logout();
                } catch (LogoutUnconfirmedException e) {
                    assertThat(Thread.currentThread().isInterrupted()).isTrue();
                }
                return true;
            });
            logout.get();
            assertThat(session.destroyed()).isTrue();
            assertThat(world.stored().status()).isEqualTo(Status.LOGGED_OUT);
            world.time.advance(Duration.ofSeconds(2));
            SharedStoreTest.awaitNoTokens(world);
        }
    }

    @Test
    void aLoginEndsTheSessionThatItReplaces() {
        try (World world = World.together()) {
            world.login();
            PasswordSession second = world.login();
            SharedStoreTest.awaitNoTokensBut(world, 1);
            assertThat(read(second).status()).isEqualTo(200);
            second.refresh();
        }
    }

    @Test
    void aLogoutOfASessionThatIsOverLeavesALaterLoginAlone() {
        try (World world = World.together()) {
            PasswordSession old = world.login();
            old.logout();
            PasswordSession later = world.login();
            old.logout();
            later.refresh();
            assertThat(later.destroyed()).isFalse();
            assertThat(world.liveTokens()).isNotEmpty();
        }
    }

    @Test
    void anOverSessionSaysSoInAllWays() {
        try (World world = World.together()) {
            PasswordSession session = world.login();
            session.logout();
            assertThat(session.destroyed()).isTrue();
            assertThat(session.did()).contains(world.alice.did());
            assertThat(session.handle()).contains("alice.test");
            assertThat(session.accessTimeLeft()).isEmpty();
            assertThatThrownBy(session::data)
                    .isInstanceOf(SessionOverException.class)
                    .hasMessageContaining("logged out");
            assertThatThrownBy(session::refresh).isInstanceOf(SessionOverException.class);
            assertThatThrownBy(() -> read(session)).isInstanceOf(SessionOverException.class);
            assertThat(session.toString()).contains("over");
        }
    }

    @Test
    void theServerIsAskedOnceHoweverLongTheStoreMissesTheLogout() {
        try (World world = World.together()) {
            world.login();
            var store = new TroubledStore(world.store);
            PasswordSession session = world.sibling(world.process().store(store));
            store.failingReads.set(Integer.MAX_VALUE);
            store.failingWrites.set(Integer.MAX_VALUE);
            session.logout();
            int asked = world.count(World.DELETE);
            assertThat(world.liveTokens()).isEmpty();
            for (int i = 0; i < 10; i++) {
                world.time.pass(SaveFlow.RETRY);
            }
            assertThat(world.count(World.DELETE)).isEqualTo(asked);
            store.failingReads.set(0);
            store.failingWrites.set(0);
            session.close();
            assertThat(world.stored().status()).isEqualTo(Status.LOGGED_OUT);
        }
    }
}
