// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import static dev.atp4j.session.World.DELETE;
import static dev.atp4j.session.World.PASSWORD;
import static dev.atp4j.session.World.REFRESH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.atp4j.Secret;
import dev.atp4j.data.LexMap;
import dev.atp4j.pds.EmbeddedPds;
import dev.atp4j.pds.Fault;
import dev.atp4j.pds.Gate;
import dev.atp4j.pds.VirtualTime;
import dev.atp4j.session.kernel.SessionState;
import dev.atp4j.session.kernel.StateJson;
import dev.atp4j.session.kernel.Status;
import dev.atp4j.session.store.ClaimingStore;
import dev.atp4j.session.store.FileSessionStore;
import dev.atp4j.session.store.SessionKey;
import dev.atp4j.session.store.SessionRecord;
import dev.atp4j.syntax.Did;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class FleetTest {

    /** After this long, a session of two hours wants to be refreshed. */
    private static final Duration DUE = Duration.ofMinutes(111);

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration HOLD = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    /** Creates accounts and leaves a session of each in the store. */
    private static List<SessionKey> accounts(World world, EmbeddedPds pds, int count) {
        List<SessionKey> keys = new ArrayList<>();
        // Whoever logged in does not run any more: his clock stands still.
        Sessions gone =
                world.process().time(new ClientTime(VirtualTime.stopped())).build();
        for (int i = 0; i < count; i++) {
            String handle = "bot" + i + ".test";
            pds.createAccount(handle, PASSWORD);
            Login login =
                    Login.as(handle, Secret.of(PASSWORD)).service(pds.url()).build();
            keys.add(gone.login(login).key());
        }
        return keys;
    }

    private static SessionState stored(World world, SessionKey key) {
        return StateJson.read(world.store.read(key).orElseThrow());
    }

    private static void until(BooleanSupplier condition) {
        Aside.run(() -> {
                    while (!condition.getAsBoolean()) {
                        Thread.onSpinWait();
                    }
                })
                .get();
    }

    /**
     * Waits until the fleet has found nothing more to do, and is done with what it found. Its timer is for its sleep then: it
     * waits for room only while it works.
     */
    private static void asleep(World world, Fleet fleet) {
        until(() -> {
            FleetStats before = fleet.stats();
            boolean timer = world.time.due(PAUSE) > 0;
            FleetStats after = fleet.stats();
            return timer && before.working() == 0 && after.working() == 0 && before.claimed() == after.claimed();
        });
    }

    /** Lets time pass from one look into the store to the next, until something is the case. */
    private static void eventually(World world, Fleet fleet, BooleanSupplier condition) {
        asleep(world, fleet);
        while (!condition.getAsBoolean()) {
            round(world, fleet);
        }
    }

    /** Waits until the fleet sleeps, and lets it look into the store once more. */
    private static void round(World world, Fleet fleet) {
        asleep(world, fleet);
        world.time.advance(PAUSE);
        asleep(world, fleet);
    }

    @Test
    void whatIsDueIsRefreshedAndTheRestIsLeftAlone() {
        try (World world = World.together()) {
            List<SessionKey> keys = accounts(world, world.pds, 40);
            try (Fleet fleet = world.process().build().fleet().start()) {
                round(world, fleet);
                assertThat(world.refreshes()).isZero();
                world.time.advance(DUE);
                eventually(world, fleet, () -> fleet.stats().refreshed() == 40);
                round(world, fleet);
                assertThat(world.refreshes()).isEqualTo(40);
                assertThat(keys).allMatch(key -> stored(world, key).ancestors().size() == 1);
                assertThat(keys).allMatch(key -> stored(world, key).attempt() == null);
                FleetStats stats = fleet.stats();
                assertThat(stats.claimed()).isEqualTo(40);
                assertThat(stats.failed() + stats.adopted() + stats.over()).isZero();
                assertThat(stats.refreshedPerSecond()).isPositive();
                assertThat(fleet.stats().since(stats).refreshed()).isZero();
            }
        }
    }

    @Test
    void fleetsShareTheWorkAndEachSessionIsRefreshedOnce() {
        try (World world = World.together()) {
            accounts(world, world.pds, 60);
            world.time.advance(DUE);
            List<Fleet> fleets = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                fleets.add(world.process().build().fleet().atOnce(4).batch(2).start());
            }
            until(() -> fleets.stream().mapToLong(f -> f.stats().refreshed()).sum() == 60);
            fleets.forEach(Fleet::close);
            assertThat(world.refreshes()).isEqualTo(60);
            assertThat(fleets.stream().mapToLong(f -> f.stats().claimed()).sum())
                    .isEqualTo(60);
        }
    }

    @Test
    void whatCannotBeReadIsNoReasonToSleep() {
        try (World world = World.together()) {
            SessionKey damaged = accounts(world, world.pds, 6).get(0);
            world.time.advance(DUE);
            var store = new TroubledStore(world.store);
            store.unreadable = record -> record.key().equals(damaged);
            Sessions sessions = world.process().store(store).build();
            try (Fleet fleet = sessions.fleet().atOnce(4).batch(2).start()) {
                asleep(world, fleet);
                assertThat(fleet.stats().refreshed()).isEqualTo(5);
            }
        }
    }

    @Test
    void aSessionThatASiblingWasQuickerToRefreshIsAdopted() {
        try (World world = World.together()) {
            PasswordSession sibling = world.login();
            world.time.advance(DUE);
            var store = new TroubledStore(world.store);
            store.afterClaim = claimed -> claimed.forEach(record -> sibling.refresh());
            try (Fleet fleet = world.process().store(store).build().fleet().start()) {
                eventually(world, fleet, () -> fleet.stats().adopted() == 1);
                assertThat(world.refreshes()).isEqualTo(1);
                assertThat(fleet.stats().refreshed()).isZero();
            }
        }
    }

    @Test
    void whatFailsIsTriedAgainAfterItsBackoff() {
        try (World world = World.together()) {
            SessionKey key = accounts(world, world.pds, 1).get(0);
            world.time.advance(DUE);
            world.fault(Fault.on(REFRESH).times(2).error(500, "InternalServerError", ""));
            try (Fleet fleet = world.process().build().fleet().start()) {
                eventually(world, fleet, () -> fleet.stats().failed() == 1);
                assertThat(stored(world, key).backoff().failures()).isEqualTo(1);
                round(world, fleet);
                assertThat(fleet.stats().failed()).isEqualTo(2);
                round(world, fleet);
                assertThat(world.refreshes()).as("two seconds have not passed").isEqualTo(2);
                round(world, fleet);
                assertThat(fleet.stats().refreshed()).isEqualTo(1);
                assertThat(stored(world, key).backoff().failures()).isZero();
            }
            world.heard.await("updateFailed", 2);
        }
    }

    @Test
    void whatIsTriedAgainIsNotTakenUpTwice() {
        try (World world = World.together()) {
            accounts(world, world.pds, 1);
            world.time.advance(DUE);
            world.fault(Fault.on(REFRESH).error(500, "InternalServerError", ""));
            try (Fleet fleet = world.process().build().fleet().start()) {
                eventually(world, fleet, () -> fleet.stats().failed() == 1);
                Gate gate = world.hold(REFRESH, 1);
                asleep(world, fleet);
                world.time.advance(PAUSE);
                gate.awaitArrivals(1);
                world.time.awaitTimerWithin(PAUSE);
                world.time.advance(PAUSE);
                world.time.awaitTimerWithin(PAUSE);
                assertThat(fleet.stats().claimed()).isEqualTo(2);
                assertThat(fleet.stats().working()).isEqualTo(1);
                gate.open();
                asleep(world, fleet);
                assertThat(fleet.stats().failed()).isEqualTo(1);
                assertThat(fleet.stats().refreshed()).isEqualTo(1);
            }
        }
    }

    @Test
    void aWorkerWhoseClockIsWrongByDaysNeitherWaitsNorHurries() {
        try (World world = World.together()) {
            SessionKey key = accounts(world, world.pds, 1).get(0);
            world.time.advance(DUE);
            world.fault(Fault.on(REFRESH).error(500, "InternalServerError", ""));
            try (Fleet fleet = world.process().build().fleet().start()) {
                eventually(world, fleet, () -> fleet.stats().failed() == 1);
                asleep(world, fleet);
            }
            world.time.jump(Duration.ofDays(-30));
            try (Fleet fleet = world.process().build().fleet().start()) {
                round(world, fleet);
                assertThat(fleet.stats().refreshed()).isEqualTo(1);
                assertThat(stored(world, key).backoff().failures()).isZero();
            }
        }
    }

    @Test
    void aSessionThatIsOverIsToldToListenersOnce() {
        try (World world = World.together()) {
            SessionKey key = accounts(world, world.pds, 1).get(0);
            world.pds.accounts().resetPassword(key.did(), "another");
            world.time.advance(DUE);
            try (Fleet fleet = world.process().build().fleet().start()) {
                eventually(world, fleet, () -> fleet.stats().over() == 1);
                round(world, fleet);
            }
            assertThat(stored(world, key).status()).isEqualTo(Status.DEAD);
            assertThat(world.heard.all()).endsWith("deleted REVOKED");
            assertThat(world.heard.count("deleted")).isEqualTo(1);
            assertThat(world.refreshes()).isEqualTo(1);
        }
    }

    @Test
    void aLogoutThatSomebodyElseLeftUnfinishedIsFinished() {
        try (World world = World.together()) {
            Sessions gone =
                    world.process().time(new ClientTime(VirtualTime.stopped())).build();
            PasswordSession session = gone.login(world.asAlice());
            world.fault(Fault.on(DELETE).times(2).html(502));
            assertThat(catchThrowable(session::logout)).isInstanceOf(LogoutUnconfirmedException.class);
            try (Fleet fleet = world.process().build().fleet().start()) {
                round(world, fleet);
                assertThat(world.count(DELETE)).as("others are given a minute").isEqualTo(1);
                world.time.advance(Duration.ofMinutes(1));
                eventually(world, fleet, () -> fleet.stats().failed() == 1);
                asleep(world, fleet);
                assertThat(world.liveTokens()).hasSize(1);
                world.time.advance(Duration.ofMinutes(1));
                eventually(world, fleet, () -> fleet.stats().ended() == 1);
            }
            assertThat(world.liveTokens()).isEmpty();
            assertThat(world.stored().pendingDeletes()).isEmpty();
            assertThat(world.count(DELETE)).isEqualTo(3);
        }
    }

    @Test
    void aServiceThatIsDownIsSparedWhileOthersGoOn() {
        try (World world = World.together();
                EmbeddedPds other = EmbeddedPds.builder().time(world.pds.time()).start()) {
            accounts(world, world.pds, 20);
            accounts(world, other, 20);
            world.time.advance(DUE);
            var down = Fault.on(REFRESH).always().error(503, "ServiceUnavailable", "");
            world.fault(down);
            try (Fleet fleet =
                    world.process().build().fleet().atOnce(1).hold(HOLD).start()) {
                until(() -> fleet.stats().refreshed() == 20);
                asleep(world, fleet);
                assertThat(other.journal().count(REFRESH)).isEqualTo(20);
                assertThat(world.refreshes())
                        .as("of 20 accounts, one after the other")
                        .isEqualTo(3);
                assertThat(fleet.stats().postponed()).isEqualTo(17);
                world.pds.faults().clear();
                world.time.advance(HOLD);
                eventually(world, fleet, () -> fleet.stats().refreshed() == 40);
                assertThat(world.refreshes()).isEqualTo(23);
            }
        }
    }

    @Test
    void aServiceThatAsksToWaitIsLeftAloneForThatTime() {
        try (World world = World.together()) {
            accounts(world, world.pds, 10);
            world.time.advance(DUE);
            world.fault(Fault.on(REFRESH).retryAfter(Duration.ofMinutes(5)));
            try (Fleet fleet = world.process()
                    .build()
                    .fleet()
                    .atOnce(1)
                    .hold(Duration.ofSeconds(10))
                    .start()) {
                until(() -> fleet.stats().postponed() == 9);
                for (int i = 0; i < 290; i++) {
                    round(world, fleet);
                }
                assertThat(world.refreshes()).isEqualTo(1);
                eventually(world, fleet, () -> fleet.stats().refreshed() == 10);
                assertThat(world.refreshes()).isEqualTo(11);
            }
        }
    }

    @Test
    void noMoreIsClaimedThanThereIsRoomFor() {
        try (World world = World.together()) {
            accounts(world, world.pds, 10);
            world.time.advance(DUE);
            Gate gate = world.hold(REFRESH, 4);
            try (Fleet fleet =
                    world.process().build().fleet().atOnce(4).batch(3).start()) {
                gate.awaitArrivals(3);
                assertThat(fleet.stats().claimed()).isEqualTo(3);
                world.time.pass(Duration.ofMillis(50));
                gate.awaitArrivals(4);
                assertThat(fleet.stats().claimed()).as("a part of a batch").isEqualTo(4);
                assertThat(fleet.stats().working()).isEqualTo(4);
                world.time.pass(Duration.ofMillis(50));
                world.time.pass(Duration.ofMillis(50));
                assertThat(fleet.stats().claimed()).isEqualTo(4);
                gate.open();
                while (fleet.stats().refreshed() < 10) {
                    world.time.advance(Duration.ofMillis(50));
                }
                assertThat(world.refreshes()).isEqualTo(10);
            }
        }
    }

    @Test
    void closingFinishesWhatIsBegunAndBeginsNothing() {
        try (World world = World.together()) {
            List<SessionKey> keys = accounts(world, world.pds, 5);
            world.time.advance(DUE);
            Gate gate = world.hold(REFRESH, 2);
            Fleet fleet = world.process().build().fleet().atOnce(2).batch(2).start();
            gate.awaitArrivals(2);
            Aside<Boolean> close = Aside.run(fleet::close);
            assertThat(close.over()).isFalse();
            gate.open();
            close.get();
            assertThat(fleet.stats().refreshed()).isEqualTo(2);
            assertThat(fleet.stats().working()).isZero();
            assertThat(world.refreshes()).isEqualTo(2);
            assertThat(keys.stream()
                            .filter(key -> stored(world, key).ancestors().size() == 1))
                    .hasSize(2);
            fleet.close();
        }
    }

    @Test
    void closingDoesNotWaitForEver() {
        try (World world = World.together()) {
            accounts(world, world.pds, 1);
            world.time.advance(DUE);
            Gate gate = world.hold(REFRESH, 1);
            Fleet fleet = world.process().build().fleet().start();
            gate.awaitArrivals(1);
            world.time.awaitTimerWithin(PAUSE);
            Aside<Boolean> close = Aside.run(fleet::close);
            until(() -> world.time.due(PAUSE) == 0); // it has begun, and looks into the store no more
            while (!close.over()) {
                world.time.advance(Duration.ofSeconds(1));
            }
            close.get();
            assertThat(fleet.stats().working()).isEqualTo(1);
            gate.open();
        }
    }

    @Test
    void whatAFleetThatDiedHadClaimedIsTakenUpByAnother() {
        try (World world = World.together()) {
            accounts(world, world.pds, 3);
            world.time.advance(DUE);
            ((ClaimingStore) world.store).claimDue(3, HOLD); // and dies
            try (Fleet fleet = world.process().build().fleet().start()) {
                round(world, fleet);
                assertThat(world.refreshes()).isZero();
                world.time.advance(HOLD);
                eventually(world, fleet, () -> fleet.stats().refreshed() == 3);
            }
        }
    }

    @Test
    void aStoreThatFailsIsAskedAgainAndNotInHaste() {
        try (World world = World.together()) {
            accounts(world, world.pds, 1);
            world.time.advance(DUE);
            var store = new TroubledStore(world.store);
            store.failingClaims.set(3);
            try (Fleet fleet = world.process().store(store).build().fleet().start()) {
                for (int pause : new int[] {2, 4, 8}) {
                    world.time.pass(Duration.ofSeconds(pause));
                }
                eventually(world, fleet, () -> fleet.stats().refreshed() == 1);
            }
            assertThat(store.failingClaims.get()).isZero();
        }
    }

    @Test
    void aResultThatTheStoreDidNotTakeIsWrittenAtTheClose() {
        try (World world = World.together()) {
            SessionKey key = accounts(world, world.pds, 1).get(0);
            world.time.advance(DUE);
            var store = new TroubledStore(world.store);
            Gate gate = world.hold(REFRESH, 1);
            Fleet fleet = world.process().store(store).build().fleet().start();
            gate.awaitArrivals(1);
            store.failingWrites.set(1);
            gate.open();
            until(() -> fleet.stats().refreshed() == 1);
            assertThat(stored(world, key).ancestors()).isEmpty();
            fleet.close();
            assertThat(stored(world, key).ancestors()).hasSize(1);
        }
    }

    @Test
    void aRecordThatCannotBeReadStopsNobody() {
        try (World world = World.together()) {
            SessionKey odd = SessionKey.of(Did.parse("did:plc:odd"));
            LexMap content = LexMap.builder().put("dueMillis", 0L).build();
            world.store.compareAndSet(odd, 0, SessionRecord.of(odd, 1, content));
            accounts(world, world.pds, 1);
            world.time.advance(DUE);
            try (Fleet fleet = world.process().build().fleet().start()) {
                eventually(world, fleet, () -> fleet.stats().refreshed() == 1);
                asleep(world, fleet);
                assertThat(fleet.stats().failed()).isEqualTo(1);
            }
        }
    }

    @Test
    void aFleetNeedsAStoreThatKnowsWhatIsDue() {
        Sessions sessions = Sessions.builder()
                .store(FileSessionStore.in(folder.resolve("store")))
                .build();
        assertThatThrownBy(sessions::fleet)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ClaimingStore")
                .hasMessageContaining("FileSessionStore")
                .hasMessageContaining("refresh themselves");
    }

    @Test
    void numbersThatMakeNoSenseAreRefused() {
        Fleet.Builder builder = Sessions.builder().build().fleet();
        assertThatThrownBy(() -> builder.atOnce(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.batch(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.hold(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.pause(Duration.ofSeconds(-1))).isInstanceOf(IllegalArgumentException.class);
    }
}
