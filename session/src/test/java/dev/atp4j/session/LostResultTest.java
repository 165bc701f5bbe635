// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import static dev.atp4j.session.World.REFRESH;
import static dev.atp4j.session.World.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atp4j.pds.Fault;
import dev.atp4j.session.store.EndReason;
import dev.atp4j.session.store.FileSessionStore;
import dev.atp4j.session.store.SessionStore;
import dev.atp4j.xrpc.XrpcResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rotations whose result got lost: on the wire, by a crash, before a full disk. */
@Timeout(120)
class LostResultTest {

    private static final Duration LONG = Duration.ofHours(3);

    @TempDir
    Path folder;

    @Test
    @Scenario(16)
    void anAnswerThatIsCutIsAskedForAgainAtOnce() {
        recovers(Fault.on(REFRESH).cutBodyAfterProcessing(40));
    }

    @Test
    @Scenario(16)
    void anAnswerThatNeverComesIsAskedForAgainAtOnce() {
        recovers(Fault.on(REFRESH).resetAfterProcessing());
    }

    @Test
    @Scenario(16)
    void anAnswerThatAProxySwallowsIsAskedForAgainAtOnce() {
        recovers(Fault.on(REFRESH).answerAfterProcessing(502, dev.atp4j.http.Headers.empty(), "bad gateway"));
    }

    private static void recovers(Fault lost) {
        try (World world = World.together()) {
            PasswordSession session = world.login();
            world.time.advance(LONG);
            world.fault(lost);
            Aside<XrpcResponse> caller = Aside.call(() -> read(session));
            world.time.pass(Duration.ofSeconds(1));
            assertThat(caller.get().status()).isEqualTo(200);
            assertThat(world.refreshes()).isEqualTo(2);
            assertThat(world.liveTokens()).as("the same successor").hasSize(2);
            assertThat(world.stored().attempt()).isNull();
            session.close();
            assertThat(world.heard.count("updated")).isEqualTo(2);
            assertThat(world.heard.count("deleted")).isZero();
        }
    }

    @Test
    @Scenario(16)
    void aLostRotationIsRecoveredAnHourLaterAndByAnotherProcess() {
        try (World world = World.together()) {
            PasswordSession session = world.login();
            loseTheAnswer(world, session);
            world.time.advance(Duration.ofHours(1));
            PasswordSession sibling = world.process().build().resume(world.alice.did());
            assertThat(read(sibling).status()).isEqualTo(200);
            assertThat(read(session).status()).isEqualTo(200);
            assertThat(world.stored().attempt()).isNull();
        }
    }

    @Test
    @Scenario(17)
    void aRotationThatWasLostForLongerThanItsGraceEndsTheSessionAndSaysSo() {
        try (World world = World.together()) {
            PasswordSession session = world.login();
            loseTheAnswer(world, session);
            world.time.advance(Duration.ofMinutes(130));
            Aside<XrpcResponse> caller = Aside.call(() -> read(session));
            world.time.pass(Duration.ofSeconds(2));
            assertThat(caller.failure())
                    .isInstanceOfSatisfying(
                            SessionOverException.class,
                            over -> assertThat(over.reason()).isEqualTo(EndReason.LOST_ROTATION_SUSPECTED));
            session.close();
            assertThat(world.heard.all()).contains("deleted LOST_ROTATION_SUSPECTED");
            assertThat(world.stored().key()).as("the identity stays known").isEqualTo(world.key());
        }
    }

    /** The first refresh is processed and its answer lost; the caller's further tries don't get through. */
    private static void loseTheAnswer(World world, PasswordSession session) {
        world.fault(Fault.on(REFRESH).resetAfterProcessing());
        world.fault(Fault.on(REFRESH).times(4).resetBeforeProcessing());
        Aside<Boolean> caller = Aside.run(session::refresh);
        for (int pause : new int[] {1, 2, 4, 8}) {
            world.time.pass(Duration.ofSeconds(pause));
        }
        assertThat(caller.failure()).isInstanceOf(RefreshFailedException.class);
        assertThat(world.stored().attempt()).isNotNull();
        assertThat(session.destroyed()).isFalse();
    }

    @Test
    @Scenario(18)
    void aProcessThatDiedBeforeItWroteTheResultIsFollowedByOneThatRecoversIt() {
        try (World world = World.together();
                FileSessionStore disk = FileSessionStore.in(folder)) {
            diesBeforeWriting(world, disk);
        }
    }

    private static void diesBeforeWriting(World world, SessionStore disk) {
        var dying = new TroubledStore(disk);
        PasswordSession doomed = world.process().store(dying).build().login(world.asAlice());
        SessionData before = doomed.data();
        dying.deadly = record -> record.content().get("attempt") == null; // the result, not the attempt
        assertThatThrownBy(doomed::refresh).hasRootCauseInstanceOf(TroubledStore.Killed.class);
        assertThat(world.refreshes()).isEqualTo(1);

        PasswordSession session = world.process().store(disk).build().resume(world.alice.did());
        assertThat(world.refreshes())
                .as("refreshed at once, with the old token")
                .isEqualTo(2);
        assertThat(world.calls(REFRESH).get(1).tokenHash())
                .isEqualTo(world.calls(REFRESH).get(0).tokenHash());
        assertThat(session.data()).isNotEqualTo(before);
        world.time.advance(LONG);
        assertThat(read(session).status()).isEqualTo(200);
        assertThat(session.destroyed()).isFalse();
    }

    @Test
    @Scenario(19)
    void aProcessThatDiedWhileWritingLeavesTheOldRecordWhole() {
        try (World world = World.together()) {
            var dying = new TroubledStore(world.store);
            PasswordSession doomed = world.process().store(dying).build().login(world.asAlice());
            dying.deadly = record -> true;
            assertThatThrownBy(doomed::refresh).hasRootCauseInstanceOf(TroubledStore.Killed.class);
            assertThat(world.refreshes())
                    .as("no attempt without a record of it")
                    .isZero();
            assertThat(read(world.sibling()).status()).isEqualTo(200);
        }
    }

    @Test
    @Scenario(20)
    void aFullDiskStopsNoCallAndIsWrittenToLater() {
        try (World world = World.together()) {
            var disk = new TroubledStore(world.store);
            PasswordSession session = world.process().store(disk).build().login(world.asAlice());
            long before = world.stored().generation();
            world.time.advance(LONG);
            disk.failingWrites.set(3); // the attempt, the result, and the first try to write it down later
            assertThat(read(session).status()).isEqualTo(200);
            assertThat(world.refreshes()).isEqualTo(1);
            assertThat(world.stored().generation()).isEqualTo(before);
            world.heard.await("storeFailed", 1);
            world.time.pass(Duration.ofSeconds(5));
            world.heard.await("storeFailed", 3);
            assertThat(read(session).status()).isEqualTo(200);
            world.time.pass(Duration.ofSeconds(5));
            Aside.run(() -> {
                        while (world.stored().generation() == before) {
                            Thread.onSpinWait();
                        }
                    })
                    .get();
            assertThat(world.stored().current().refreshJwt())
                    .isEqualTo(session.data().refreshJwt());
            assertThat(world.refreshes()).isEqualTo(1);
        }
    }

    @Test
    @Scenario(20)
    void whatOnlyMemoryHoldsIsWrittenAtTheCloseAtTheLatest() {
        try (World world = World.together()) {
            var disk = new TroubledStore(world.store);
            PasswordSession session = world.process().store(disk).build().login(world.asAlice());
            disk.failingWrites.set(2);
            session.refresh();
            SessionData newest = session.data();
            session.close();
            assertThat(world.stored().current().refreshJwt()).isEqualTo(newest.refreshJwt());
        }
    }
}
