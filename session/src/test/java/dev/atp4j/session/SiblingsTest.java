// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import static dev.atp4j.session.World.REFRESH;
import static dev.atp4j.session.World.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.pds.Gate;
import dev.atp4j.session.store.EndReason;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What others write to a store that tells of it reaches running sessions before they need it. */
@Timeout(120)
class SiblingsTest {

    @Test
    void aSiblingsRefreshReachesARunningSession() {
        try (World world = World.together()) {
            PasswordSession one = world.login();
            var heard = new Heard();
            PasswordSession two = world.sibling(listening(world).listener(heard));
            one.refresh();
            heard.await("updated", 1);
            assertThat(two.data().refreshJwt()).isEqualTo(one.data().refreshJwt());
            assertThat(heard.all()).containsExactly("updated");
            world.time.advance(Duration.ofMinutes(110));
            one.refresh();
            heard.await("updated", 2);
            world.time.advance(Duration.ofMinutes(110));
            assertThat(read(two).status()).isEqualTo(200);
            assertThat(world.refreshes()).isEqualTo(2);
        }
    }

    @Test
    void aSiblingsRefreshMovesTheTimerOfTheNextOne() {
        try (World world = World.together()) {
            PasswordSession one = world.login();
            var heard = new Heard();
            world.sibling(listening(world).proactiveRefresh(true).listener(heard));
            assertThat(world.time.due(Duration.ofMinutes(110))).isEqualTo(1);
            world.time.advance(Duration.ofMinutes(60));
            one.refresh();
            heard.await("updated", 1);
            assertThat(world.time.due(Duration.ofMinutes(109))).isZero();
            assertThat(world.time.due(Duration.ofMinutes(110))).isEqualTo(1);
        }
    }

    @Test
    void aSiblingsLogoutEndsARunningSession() {
        try (World world = World.together()) {
            PasswordSession one = world.login();
            PasswordSession two = world.sibling(listening(world));
            one.logout();
            await(two::destroyed);
            assertThat(two.endReason()).contains(EndReason.LOGGED_OUT);
            one.close();
            two.close();
            assertThat(world.heard.count("deleted")).isEqualTo(1);
        }
    }

    @Test
    void aSessionThatIsOverIsNotBroughtBackByALaterLogin() {
        try (World world = World.together()) {
            PasswordSession one = listening(world).build().login(world.asAlice());
            one.logout();
            PasswordSession two = world.login();
            two.refresh();
            assertThat(one.destroyed()).isTrue();
            assertThat(one.endReason()).contains(EndReason.LOGGED_OUT);
        }
    }

    @Test
    void whatAProcessWritesItselfIsNotReadAgain() {
        try (World world = World.together()) {
            var view = new TroubledStore(world.store);
            PasswordSession session = world.process().store(view).build().login(world.asAlice());
            world.heard.await("updated", 1);
            view.telling = true;
            int reads = view.reads.get();
            session.refresh();
            world.heard.await("updated", 2);
            session.close();
            assertThat(view.reads.get() - reads).as("the refresh's own reading").isEqualTo(1);
        }
    }

    @Test
    void whatIsToldDuringARefreshIsLookedAtAfterIt() {
        try (World world = World.together()) {
            var lockless = new TroubledStore(world.store);
            lockless.lockless = true;
            PasswordSession one = world.process().store(lockless).build().login(world.asAlice());
            PasswordSession two = world.sibling(listening(world));
            Gate gate = world.hold(REFRESH, 1);
            Aside<Boolean> refresh = Aside.run(two::refresh);
            gate.awaitArrivals(1);
            one.logout();
            assertThat(two.destroyed()).isFalse();
            gate.open();
            assertThat(refresh.failure())
                    .satisfiesAnyOf(
                            failure -> assertThat(failure).isNull(),
                            failure -> assertThat(failure).isInstanceOf(SessionOverException.class));
            await(two::destroyed);
            SharedStoreTest.awaitNoTokens(world);
        }
    }

    @Test
    void whatIsToldDuringALookIsLookedAtAfterIt() {
        try (World world = World.together()) {
            var view = new TroubledStore(world.store);
            PasswordSession two = world.process().store(view).build().login(world.asAlice());
            PasswordSession one = world.sibling();
            var looked = new CompletableFuture<Boolean>();
            view.afterRead = () -> {
                view.afterRead = () -> {};
                one.refresh();
                looked.complete(true);
            };
            view.telling = true;
            one.refresh();
            looked.join();
            await(() -> two.data().refreshJwt().equals(world.stored().current().refreshJwt()));
        }
    }

    @Test
    void afterTellingMayHaveFailedAllSessionsLook() {
        try (World world = World.together()) {
            var view = new TroubledStore(world.store);
            PasswordSession two = world.process().store(view).build().login(world.asAlice());
            PasswordSession one = world.sibling();
            one.refresh();
            assertThat(two.data().refreshJwt()).isNotEqualTo(one.data().refreshJwt());
            view.missed();
            await(() -> two.data().refreshJwt().equals(one.data().refreshJwt()));
            assertThat(world.refreshes()).isEqualTo(1);
        }
    }

    @Test
    void aStoreThatCannotBeWatchedIsTriedAgainAndFailsNoSession() {
        try (World world = World.together()) {
            var view = new TroubledStore(world.store);
            view.telling = true;
            view.failingWatches.set(2);
            PasswordSession two = world.process().store(view).build().login(world.asAlice());
            assertThat(read(two).status()).isEqualTo(200);
            PasswordSession one = world.sibling();
            world.time.pass(Duration.ofSeconds(1));
            world.time.pass(Duration.ofSeconds(2));
            await(() -> view.watches.get() == 1);
            one.refresh();
            await(() -> two.data().refreshJwt().equals(one.data().refreshJwt()));
        }
    }

    @Test
    void whatHappenedBeforeTheStoreCouldBeWatchedIsLookedAtThen() {
        try (World world = World.together()) {
            var view = new TroubledStore(world.store);
            view.telling = true;
            view.failingWatches.set(1);
            PasswordSession two = world.process().store(view).build().login(world.asAlice());
            PasswordSession one = world.sibling();
            one.refresh();
            world.time.pass(Duration.ofSeconds(1));
            await(() -> two.data().refreshJwt().equals(one.data().refreshJwt()));
        }
    }

    @Test
    void oneWatchServesAllSessionsAndEndsWithThem() {
        try (World world = World.together()) {
            var view = new TroubledStore(world.store);
            Sessions sessions = world.process().store(view).build();
            assertThat(view.watches).as("nothing to hear of yet").hasValue(0);
            PasswordSession session = sessions.login(world.asAlice());
            sessions.resume(world.alice.did());
            assertThat(view.watches).hasValue(1);
            sessions.close();
            assertThat(view.watches).hasValue(0);
            world.sibling().refresh();
            assertThat(read(session).status()).isEqualTo(200);
        }
    }

    /** Starts to describe a process whose store tells it what others do. */
    private static Sessions.Builder listening(World world) {
        return world.process().store(world.store);
    }

    /** Waits for what goes on in the background. */
    static void await(BooleanSupplier something) {
        Aside.run(() -> {
                    while (!something.getAsBoolean()) {
                        Thread.onSpinWait();
                    }
                })
                .get();
    }
}
