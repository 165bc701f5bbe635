// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import static dev.atp4j.session.World.REFRESH;
import static dev.atp4j.session.World.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.pds.Fault;
import dev.atp4j.pds.Gate;
import dev.atp4j.session.store.SessionStore;
import dev.atp4j.xrpc.XrpcResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Processes that wait for their turn at a session, and processes that lose it. */
@Timeout(120)
class TurnTest {

    private static final Duration LONG = Duration.ofHours(3);

    @Test
    void whoWaitsForHisTurnAdoptsWhileAnotherStillHasIt() {
        try (World world = World.together();
                SessionStore.Lease stuck =
                        world.store.lease(world.key(), Duration.ZERO).orElseThrow()) {
            var lockless = new TroubledStore(world.store);
            lockless.lockless = true;
            PasswordSession one = world.process().store(lockless).build().login(world.asAlice());
            PasswordSession two = world.sibling();
            world.time.advance(LONG);
            Aside<XrpcResponse> waiter = Aside.call(() -> read(two));
            world.time.awaitTimerWithin(Duration.ofMillis(50));
            one.refresh();
            world.time.advance(Duration.ofMillis(50));
            assertThat(waiter.get().status()).isEqualTo(200);
            assertThat(stuck.held()).isTrue();
            assertThat(world.refreshes()).isEqualTo(1);
            assertThat(two.data().refreshJwt()).isEqualTo(one.data().refreshJwt());
        }
    }

    @Test
    void whoWaitsForHisTurnLearnsThatTheSessionIsOver() {
        try (World world = World.together();
                SessionStore.Lease stuck =
                        world.store.lease(world.key(), Duration.ZERO).orElseThrow()) {
            var lockless = new TroubledStore(world.store);
            lockless.lockless = true;
            PasswordSession one = world.process().store(lockless).build().login(world.asAlice());
            PasswordSession two = world.sibling();
            world.time.advance(LONG);
            Aside<XrpcResponse> waiter = Aside.call(() -> read(two));
            world.time.awaitTimerWithin(Duration.ofMillis(50));
            one.logout();
            world.time.advance(Duration.ofMillis(50));
            assertThat(waiter.failure()).isInstanceOf(SessionOverException.class);
            assertThat(stuck.held()).isTrue();
            assertThat(world.refreshes()).isZero();
        }
    }

    @Test
    void thirtyTwoProcessesThatExpireTogetherAreServedByOneRefresh() {
        try (World world = World.together()) {
            List<PasswordSession> processes = new ArrayList<>(List.of(world.login()));
            while (processes.size() < 32) {
                processes.add(world.sibling());
            }
            world.time.advance(LONG);
            Gate gate = world.hold(REFRESH, 1);
            List<Aside<XrpcResponse>> callers = new ArrayList<>();
            processes.forEach(process -> callers.add(Aside.call(() -> read(process))));
            gate.awaitArrivals(1);
            world.time.await(31, Duration.ofMillis(50));
            gate.open();
            callers.forEach(caller -> assertThat(caller.get().status()).isEqualTo(200));
            assertThat(world.refreshes()).isEqualTo(1);
        }
    }

    @Test
    void whoLostHisTurnBetweenAttemptAndSendingLeavesTheRefreshToTheNext() {
        try (World world = World.together()) {
            PasswordSession next = world.login();
            var view = new TroubledStore(world.store);
            PasswordSession loser = world.sibling(world.process().store(view));
            Gate gate = world.hold(REFRESH, 1);
            var other = new ArrayList<Aside<Boolean>>();
            view.afterWrite = attempt -> {
                view.afterWrite = record -> {};
                view.loseLease();
                other.add(Aside.run(next::refresh));
                gate.awaitArrivals(1);
            };
            Aside<Boolean> caller = Aside.run(loser::refresh);
            gate.awaitArrivals(1);
            world.time.awaitTimerWithin(Duration.ofMillis(50));
            gate.open();
            caller.get();
            other.get(0).get();
            assertThat(world.refreshes()).isEqualTo(1);
            assertThat(loser.data().refreshJwt()).isEqualTo(next.data().refreshJwt());
            assertThat(world.heard.count("updateFailed")).isZero();
        }
    }

    @Test
    void whoLosesEveryTurnComesBackLaterAndSendsNothing() {
        try (World world = World.together()) {
            world.login();
            var view = new TroubledStore(world.store);
            PasswordSession loser = world.sibling(world.process().store(view));
            var turns = new AtomicInteger();
            view.afterWrite = attempt -> {
                if (turns.incrementAndGet() <= 5) {
                    view.loseLease();
                }
            };
            Aside<Boolean> caller = Aside.run(loser::refresh);
            world.time.awaitTimerWithin(Duration.ofSeconds(1));
            assertThat(world.refreshes()).isZero();
            assertThat(turns).hasValue(5);
            world.time.advance(Duration.ofSeconds(1));
            caller.get();
            assertThat(world.refreshes()).isEqualTo(1);
        }
    }

    @Test
    void aLogoutThatLosesItsTurnWhileItChasesALostRotationIsConfirmedNevertheless() {
        try (World world = World.together()) {
            var view = new TroubledStore(world.store);
            PasswordSession session = world.process().store(view).build().login(world.asAlice());
            world.fault(Fault.on(REFRESH).times(5).resetAfterProcessing());
            Aside<Boolean> refresh = Aside.run(session::refresh);
            for (int pause : new int[] {1, 2, 4, 8}) {
                world.time.pass(Duration.ofSeconds(pause));
            }
            assertThat(refresh.failure()).isInstanceOf(RefreshFailedException.class);
            int sent = world.refreshes();
            view.afterWrite = tombstone -> {
                view.afterWrite = record -> {};
                view.loseLease();
            };
            session.logout();
            assertThat(world.refreshes()).isEqualTo(sent + 1);
            assertThat(world.liveTokens()).isEmpty();
            assertThat(world.stored().pendingDeletes()).isEmpty();
        }
    }
}
