// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import static dev.atp4j.session.World.DELETE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atp4j.pds.Fault;
import dev.atp4j.session.store.FileSessionStore;
import dev.atp4j.syntax.Handle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Logouts that a server has not confirmed are finished by whoever shares the store. */
@Timeout(120)
class PendingLogoutTest {

    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration INTERVAL = Duration.ofMinutes(10);

    private static Sessions sweeping(World world) {
        return world.process().logoutSweeps(INTERVAL).build();
    }

    /** Logs out without a confirmation, and dies before it can ask again. */
    private static void leaveUnfinished(World world) {
        var dead = new TroubledStore(world.store);
        PasswordSession session = world.process().store(dead).build().login(world.asAlice());
        session.refresh();
        world.fault(Fault.on(DELETE).times(2).html(500));
        assertThatThrownBy(session::logout).isInstanceOf(LogoutUnconfirmedException.class);
        dead.busyLeases.set(Integer.MAX_VALUE);
    }

    @Test
    void whatIsPendingIsListedAndNobodyIsAsked() {
        try (World world = World.together()) {
            leaveUnfinished(world);
            int asked = world.count(DELETE);
            Sessions sessions = world.process().build();
            List<PendingLogout> pending = sessions.pendingLogouts();
            assertThat(pending).hasSize(1);
            PendingLogout one = pending.get(0);
            assertThat(one.key()).isEqualTo(world.key());
            assertThat(one.service()).isEqualTo(world.pds.url());
            assertThat(one.tokens()).isEqualTo(2);
            assertThat(one.failures()).isEqualTo(1);
            assertThat(one.why()).contains("500");
            assertThat(one.nextTry()).isEqualTo(Duration.ofSeconds(1));
            assertThat(one.toString()).doesNotContain("eyJ");
            assertThat(world.count(DELETE)).isEqualTo(asked);
            assertThat(world.liveTokens()).hasSize(2);
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it is about POSIX permissions")
    void aRecordThatIsOpenToOthersHidesNoOther(@TempDir Path temporary) throws IOException {
        try (World world = World.together()) {
            Path folder = temporary.resolve("sessions");
            world.process().store(FileSessionStore.in(folder)).build().login(world.asAlice());
            Path open = folder.resolve("did_plc_bob.default.json");
            Files.copy(folder.resolve(world.alice.did().value().replace(':', '_') + ".default.json"), open);
            Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
            Sessions sessions =
                    world.process().store(FileSessionStore.in(folder)).build();
            assertThat(sessions.find(Handle.parse("alice.test"))).contains(world.key());
            assertThat(sessions.pendingLogouts()).isEmpty();
        }
    }

    @Test
    @Scenario(37)
    void aProcessThatStartsLaterFinishesThemWithoutBeingAsked() {
        try (World world = World.together()) {
            leaveUnfinished(world);
            Sessions later = sweeping(world);
            world.time.pass(FIRST);
            SharedStoreTest.awaitNoTokens(world);
            assertThat(later.pendingLogouts()).isEmpty();
        }
    }

    @Test
    @Scenario(37)
    void monthsLaterTheyCanStillBeFinished() {
        try (World world = World.together()) {
            leaveUnfinished(world);
            world.time.advance(Duration.ofDays(200));
            int asked = world.count(DELETE);
            Sessions later = sweeping(world);
            world.time.pass(FIRST);
            SharedStoreTest.awaitNoTokens(world);
            assertThat(world.calls(DELETE).subList(asked, asked + 2)).allMatch(call -> call.status() == 200);
            assertThat(later.pendingLogouts()).isEmpty();
        }
    }

    @Test
    void whatFailsIsTriedAgainAtTheNextSweep() {
        try (World world = World.together()) {
            leaveUnfinished(world);
            world.fault(Fault.on(DELETE).times(2).html(503));
            Sessions later = sweeping(world);
            world.time.pass(FIRST);
            SiblingsTest.await(() -> world.time.due(INTERVAL) == 2);
            assertThat(later.pendingLogouts())
                    .extracting(PendingLogout::failures)
                    .containsExactly(2);
            world.time.pass(INTERVAL);
            SharedStoreTest.awaitNoTokens(world);
        }
    }

    @Test
    void processesThatLookAtTheSameTimeAskOnce() {
        try (World world = World.together()) {
            leaveUnfinished(world);
            world.fault(Fault.on(DELETE).times(2).html(503));
            int asked = world.count(DELETE);
            List<Sessions> crowd = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                crowd.add(sweeping(world));
            }
            long others = world.time.due(INTERVAL) - crowd.size();
            world.time.pass(FIRST);
            SiblingsTest.await(
                    () -> world.time.due(INTERVAL) >= crowd.size() + others && world.time.due(FIRST) == others);
            assertThat(world.count(DELETE) - asked).isEqualTo(2);
            crowd.forEach(Sessions::close);
        }
    }

    @Test
    void aSweepThatMeetsAStoreThatIsDownComesBack() {
        try (World world = World.together()) {
            leaveUnfinished(world);
            var view = new TroubledStore(world.store);
            view.failingReads.set(1);
            Sessions later = world.process().store(view).logoutSweeps(INTERVAL).build();
            world.time.pass(FIRST);
            SiblingsTest.await(() -> view.failingReads.get() == 0);
            assertThat(world.liveTokens()).hasSize(2);
            world.time.awaitTimerWithin(INTERVAL);
            SiblingsTest.await(() -> {
                world.time.advance(INTERVAL);
                return world.liveTokens().isEmpty();
            });
            later.close();
        }
    }

    @Test
    void aClosedOneLooksNoMore() {
        try (World world = World.together()) {
            leaveUnfinished(world);
            Sessions later = sweeping(world);
            long timers = world.time.due(INTERVAL);
            later.close();
            assertThat(world.time.due(INTERVAL)).isEqualTo(timers - 1);
        }
    }

    @Test
    void anAncestorThatTheServerHasForgottenByItselfIsNotDeleted() {
        try (World world = World.together()) {
            PasswordSession session = world.login();
            session.refresh();
            world.time.advance(Duration.ofHours(3));
            session.logout();
            assertThat(world.count(DELETE)).isEqualTo(1);
            assertThat(world.liveTokens()).isEmpty();
        }
    }

    @Test
    void anAncestorIsDeletedIfOnlyAWallClockSaysThatTheServerHasForgottenIt() {
        try (World world = World.together()) {
            world.login().refresh();
            world.time.jump(Duration.ofHours(11));
            world.sibling().logout();
            assertThat(world.count(DELETE)).isEqualTo(2);
            assertThat(world.liveTokens()).isEmpty();
        }
    }
}
