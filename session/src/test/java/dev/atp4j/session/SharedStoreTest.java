// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import static dev.atp4j.session.World.REFRESH;
import static dev.atp4j.session.World.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atp4j.pds.Fault;
import dev.atp4j.pds.Gate;
import dev.atp4j.pds.Journal;
import dev.atp4j.session.kernel.SessionState;
import dev.atp4j.session.kernel.Status;
import dev.atp4j.session.store.EndReason;
import dev.atp4j.session.store.FileSessionStore;
import dev.atp4j.session.store.StoreException;
import dev.atp4j.xrpc.XrpcResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several processes on one store: nobody's old knowledge harms what another one wrote. */
@Timeout(120)
class SharedStoreTest {

    private static final Duration LONG = Duration.ofHours(3);

    @TempDir
    Path folder;

    @Test
    @Scenario(25)
    void aSiblingThatWasIdleForHoursAdoptsWhatTheStoreHolds() {
        try (World world = World.together()) {
            PasswordSession busy = world.login();
            PasswordSession idle = world.sibling();
            rotate(world, busy, 3);
            SessionState before = world.stored();
            assertThat(read(idle).status()).isEqualTo(200);
            assertThat(world.refreshes()).isEqualTo(3);
            assertThat(world.stored()).isEqualTo(before);
            assertNobodyDied(world, busy, idle);
        }
    }

    @Tag("M6")
    @Test
    @Scenario(26)
    void aSiblingThatRefreshedInVainWithoutLookingLooksThenAndAdopts() {
        try (World world = World.together()) {
            PasswordSession busy = world.login();
            var view = new TroubledStore(world.store);
            PasswordSession idle = world.sibling(world.process().store(view));
            rotate(world, busy, 3);
            SessionState before = world.stored();
            view.failingReads.set(1);
            assertThat(read(idle).status()).isEqualTo(200);
            assertThat(world.calls(REFRESH)).extracting(Journal.Entry::status).containsExactly(200, 200, 200, 400);
            assertThat(world.stored()).isEqualTo(before);
            assertNobodyDied(world, busy, idle);
        }
    }

    @Test
    @Scenario(25)
    void anAdoptedTokenThatHasRunOutTooIsRefreshedForTheSameCall() {
        try (World world = World.apart()) {
            PasswordSession busy = world.login();
            PasswordSession idle = world.sibling();
            world.pds.time().advance(Duration.ofHours(1));
            busy.refresh();
            world.pds.time().advance(LONG);
            assertThat(read(idle).status()).isEqualTo(200);
            assertThat(world.calls(REFRESH)).extracting(Journal.Entry::status).containsExactly(200, 200);
            assertThat(world.count(World.TIMELINE)).isEqualTo(3);
        }
    }

    @Test
    @Scenario({24, 25})
    void aSiblingThatAdoptsTokensWhichHaveRunOutTooRefreshesThemInTheSameCall() {
        try (World world = World.apart()) {
            PasswordSession busy = world.login();
            PasswordSession asleep = world.sibling();
            assertThat(read(asleep).status()).isEqualTo(200);
            world.pds.time().advance(LONG);
            assertThat(read(busy).status()).isEqualTo(200);
            world.pds.time().advance(LONG);
            assertThat(read(asleep).status()).isEqualTo(200);
            assertThat(world.refreshes()).isEqualTo(2);
            assertNobodyDied(world, busy, asleep);
        }
    }

    private static void rotate(World world, PasswordSession session, int times) {
        for (int i = 0; i < times; i++) {
            world.time.advance(Duration.ofHours(1));
            session.refresh();
        }
    }

    private static void assertNobodyDied(World world, PasswordSession... sessions) {
        for (PasswordSession session : sessions) {
            assertThat(session.destroyed()).isFalse();
            assertThat(read(session).status()).isEqualTo(200);
            assertThat(session.data().refreshJwt())
                    .isEqualTo(world.stored().current().refreshJwt());
            session.close();
        }
        assertThat(world.heard.count("deleted")).isZero();
    }

    @Test
    @Scenario(27)
    void twoProcessesThatRefreshTheSameTokenBothWork() {
        try (World world = World.together()) {
            var lockless = new TroubledStore(world.store);
            lockless.lockless = true;
            PasswordSession one = world.process().store(lockless).build().login(world.asAlice());
            PasswordSession two = world.sibling(world.process().store(lockless));
            Gate gate = world.hold(REFRESH, 2);
            Aside<Boolean> first = Aside.run(one::refresh);
            Aside<Boolean> second = Aside.run(two::refresh);
            gate.awaitArrivals(2);
            gate.open();
            first.get();
            second.get();
            assertThat(world.liveTokens()).hasSize(2);
            assertThat(world.stored().attempt()).isNull();
            assertNobodyDied(world, one, two);
        }
    }

    @Test
    @Scenario({28, 29})
    void aSlowProcessCanNeitherOverwriteNorUndoWhatCameAfter() {
        try (World world = World.together()) {
            var lockless = new TroubledStore(world.store);
            lockless.lockless = true;
            PasswordSession slow = world.process().store(lockless).build().login(world.asAlice());
            PasswordSession quick = world.sibling(world.process().store(lockless));
            var gate = new Gate();
            world.fault(Fault.on(REFRESH).holdAfterProcessing(gate));
            Aside<Boolean> late = Aside.run(slow::refresh);
            gate.awaitArrivals(1);
            world.time.advance(Duration.ofSeconds(1));
            quick.refresh();
            world.time.advance(Duration.ofSeconds(1));
            quick.refresh();
            SessionState newest = world.stored();
            gate.open();
            late.get();
            assertThat(world.stored().current()).isEqualTo(newest.current());
            assertNobodyDied(world, slow, quick);
        }
    }

    @Test
    @Scenario(29)
    void anAncestorUsedAgainGivesATokenThatIsLaterByItsTextAndIsNotTaken() {
        try (World world = World.together()) {
            PasswordSession busy = world.login();
            var view = new TroubledStore(world.store);
            PasswordSession behind = world.sibling(world.process().store(view));
            world.time.advance(Duration.ofMinutes(10));
            busy.refresh();
            world.time.advance(Duration.ofMinutes(10));
            busy.refresh();
            SessionState newest = world.stored();
            world.time.advance(Duration.ofMinutes(10));
            view.failingReads.set(1); // it does not see that there is something newer
            behind.refresh();
            assertThat(world.calls(REFRESH)).hasSize(3).allMatch(call -> call.status() == 200);
            assertThat(world.stored().current()).isEqualTo(newest.current());
            assertNobodyDied(world, busy, behind);
        }
    }

    @Test
    @Scenario(30)
    void aLogoutEndsWhatASiblingGetsFromARefreshAtTheSameTime() {
        try (World world = World.together()) {
            var lockless = new TroubledStore(world.store);
            lockless.lockless = true;
            PasswordSession one = world.process().store(lockless).build().login(world.asAlice());
            PasswordSession two = world.sibling(world.process().store(lockless));
            var gate = new Gate();
            world.fault(Fault.on(REFRESH).holdAfterProcessing(gate));
            Aside<Boolean> refresh = Aside.run(two::refresh);
            gate.awaitArrivals(1);
            one.logout();
            gate.open();
            assertThat(refresh.failure())
                    .isInstanceOfSatisfying(
                            SessionOverException.class,
                            over -> assertThat(over.reason()).isEqualTo(EndReason.LOGGED_OUT));
            awaitNoTokens(world);
            assertThat(world.stored().status()).isEqualTo(Status.LOGGED_OUT);
            int calls = world.refreshes();
            assertThatThrownBy(() -> read(two)).isInstanceOf(SessionOverException.class);
            assertThatThrownBy(two::refresh).isInstanceOf(SessionOverException.class);
            assertThat(world.refreshes()).isEqualTo(calls);
        }
    }

    @Test
    @Scenario(30)
    void aSiblingThatComesAfterTheLogoutSendsNothing() {
        try (World world = World.together()) {
            PasswordSession one = world.login();
            PasswordSession two = world.sibling();
            one.logout();
            world.time.advance(LONG);
            assertThatThrownBy(() -> read(two)).isInstanceOf(SessionOverException.class);
            assertThat(world.refreshes()).isZero();
            assertThat(two.endReason()).contains(EndReason.LOGGED_OUT);
            one.close();
            two.close();
            assertThat(world.heard.count("deleted")).isEqualTo(1);
        }
    }

    /** Waits for what goes on in the background. */
    static void awaitNoTokens(World world) {
        awaitNoTokensBut(world, 0);
    }

    /** Waits for what goes on in the background. */
    static void awaitNoTokensBut(World world, int good) {
        Aside.run(() -> {
                    while (world.liveTokens().size() != good
                            || !world.stored().pendingDeletes().isEmpty()) {
                        Thread.onSpinWait();
                    }
                })
                .get();
    }

    @Test
    @Scenario(31)
    void aLoginElsewhereSurvivesTheDeathOfTheOldToken() {
        try (World world = World.together()) {
            PasswordSession old = world.login();
            var view = new TroubledStore(world.store);
            PasswordSession blind = world.sibling(world.process().store(view));
            PasswordSession fresh = world.login();
            SessionState newest = world.stored();
            world.time.advance(LONG);
            view.failingReads.set(1);
            assertThat(read(blind).status()).isEqualTo(200);
            assertThat(read(old).status()).isEqualTo(200);
            assertThat(read(fresh).status()).isEqualTo(200);
            assertThat(world.stored().key()).isEqualTo(newest.key());
            assertNobodyDied(world, old, blind, fresh);
        }
    }

    @Test
    @Scenario(33)
    void withTheStoreDownRunningProcessesGoOnAndNothingIsLost() {
        try (World world = World.together()) {
            var store = new TroubledStore(world.store);
            PasswordSession session = world.process().store(store).build().login(world.asAlice());
            store.failingReads.set(Integer.MAX_VALUE);
            store.failingWrites.set(Integer.MAX_VALUE);
            for (int i = 0; i < 4; i++) {
                world.time.advance(Duration.ofMinutes(110));
                assertThat(read(session).status()).isEqualTo(200);
                world.time.advance(Duration.ofMinutes(11));
                assertThat(read(session).status()).isEqualTo(200);
            }
            assertThat(world.refreshes()).isEqualTo(4);
            var resume = catchThrowableOfType(
                    StoreException.class,
                    () -> world.process().store(store).build().resume(world.alice.did()));
            assertThat(resume.retryable()).isTrue();
            store.failingReads.set(0);
            store.failingWrites.set(0);
            session.close();
            assertThat(read(world.process().build().resume(world.alice.did())).status())
                    .isEqualTo(200);
            assertThat(world.stored().current().refreshJwt())
                    .isEqualTo(session.data().refreshJwt());
            assertThat(world.heard.count("deleted")).isZero();
        }
    }

    @Test
    void aTokenThatIsRefusedWhileTheStoreIsDownIsNotBelievedDead() {
        try (World world = World.together()) {
            var store = new TroubledStore(world.store);
            PasswordSession session = world.process().store(store).build().login(world.asAlice());
            PasswordSession other = world.sibling();
            rotate(world, other, 3);
            store.failingReads.set(Integer.MAX_VALUE);
            Aside<XrpcResponse> caller = Aside.call(() -> read(session));
            world.time.awaitTimerWithin(Duration.ofSeconds(1));
            assertThat(session.destroyed()).isFalse();
            store.failingReads.set(0);
            world.time.advance(Duration.ofSeconds(1));
            assertThat(caller.get().status()).isEqualTo(200);
            assertNobodyDied(world, session, other);
        }
    }

    @Test
    @Scenario(34)
    void aDeathIsAnnouncedOnceForAllProcesses() {
        try (World world = World.together()) {
            List<PasswordSession> sessions = new ArrayList<>(List.of(world.login()));
            for (int i = 0; i < 4; i++) {
                sessions.add(world.sibling());
            }
            world.pds.accounts().resetPassword(world.alice.did(), "another-password");
            world.time.advance(LONG);
            List<Aside<XrpcResponse>> crowd = new ArrayList<>();
            sessions.forEach(session -> crowd.add(Aside.call(() -> read(session))));
            for (Aside<XrpcResponse> one : crowd) {
                assertThat(one.failure())
                        .isInstanceOfSatisfying(
                                SessionOverException.class,
                                over -> assertThat(over.reason()).isEqualTo(EndReason.REVOKED));
            }
            sessions.forEach(PasswordSession::close);
            assertThat(world.heard.count("deleted")).isEqualTo(1);
            assertThat(world.refreshes())
                    .as("the others read of it in the store")
                    .isEqualTo(1);
        }
    }

    @Test
    @Scenario({25, 27, 34})
    void aFolderIsSharedLikeAnyStore() {
        try (World world = World.together();
                var one = FileSessionStore.in(folder);
                var two = FileSessionStore.in(folder)) {
            PasswordSession first = world.process().store(one).build().login(world.asAlice());
            PasswordSession second = world.process().store(two).build().resume(world.alice.did());
            for (int i = 1; i <= 3; i++) {
                world.time.advance(LONG);
                Aside<XrpcResponse> a = Aside.call(() -> read(first));
                Aside<XrpcResponse> b = Aside.call(() -> read(second));
                assertThat(a.get().status()).isEqualTo(200);
                assertThat(b.get().status()).isEqualTo(200);
                assertThat(world.refreshes()).isEqualTo(i);
            }
            first.logout();
            assertThatThrownBy(second::refresh).isInstanceOf(SessionOverException.class);
            assertThat(world.liveTokens()).isEmpty();
        }
    }
}
