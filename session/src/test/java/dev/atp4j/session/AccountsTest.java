// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import static dev.atp4j.session.World.GET;
import static dev.atp4j.session.World.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atp4j.Secret;
import dev.atp4j.session.kernel.SessionState;
import dev.atp4j.session.kernel.StateJson;
import dev.atp4j.session.kernel.Tokens;
import dev.atp4j.session.store.SessionKey;
import dev.atp4j.syntax.Did;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One process with many accounts. */
@Timeout(120)
class AccountsTest {

    private static final int MANY = 5_000;
    private static final Duration IDLE = Duration.ofMinutes(10);
    private static final Duration EVER = Duration.ofDays(365);

    @Test
    void anAccountIsServedOnDemand() {
        try (World world = World.together()) {
            world.login();
            Sessions sessions = world.process().build();
            int asked = world.count(GET);
            assertThat(read(sessions.account(world.alice.did())).status()).isEqualTo(200);
            assertThat(world.count(GET)).as("nobody was asked").isEqualTo(asked);
            assertThat(sessions.account(world.key())).isSameAs(sessions.account(world.alice.did()));
            assertThatThrownBy(() -> sessions.account(Did.parse("did:plc:nobody")))
                    .isInstanceOf(NoSessionException.class);
        }
    }

    @Test
    void whoResumesASessionThatIsInUseGetsTheSameOne() {
        try (World world = World.together()) {
            world.login();
            Sessions sessions = world.process().build();
            PasswordSession first = sessions.resume(world.key(), Resume.LAZY);
            List<Aside<PasswordSession>> crowd = Aside.crowd(8, () -> sessions.resume(world.key(), Resume.LAZY));
            crowd.forEach(one -> assertThat(one.get()).isSameAs(first));
            assertThat(sessions.account(world.key())).isSameAs(first);
            first.close();
            assertThat(sessions.resume(world.key(), Resume.LAZY))
                    .as("a closed one is not given out again")
                    .isNotSameAs(first);
        }
    }

    @Test
    void manyWhoLoadAnAccountAtTheSameTimeGetOneSession() {
        try (World world = World.together()) {
            world.login();
            Sessions sessions = world.process().build();
            List<Aside<PasswordSession>> crowd = Aside.crowd(16, () -> sessions.account(world.key()));
            assertThat(crowd.stream().map(Aside::get).distinct()).hasSize(1);
        }
    }

    @Test
    void aResumedSessionIsAsNewAsTheStore() {
        try (World world = World.together()) {
            PasswordSession other = world.login();
            var view = new TroubledStore(world.store);
            Sessions sessions = world.process().store(view).build();
            PasswordSession session = sessions.resume(world.key(), Resume.LAZY);
            other.refresh();
            assertThat(sessions.resume(world.key(), Resume.LAZY)).isSameAs(session);
            assertThat(session.data().refreshJwt()).isEqualTo(other.data().refreshJwt());
            other.logout();
            assertThatThrownBy(() -> sessions.resume(world.key(), Resume.LAZY))
                    .isInstanceOf(SessionOverException.class);
            assertThat(session.destroyed()).isTrue();
        }
    }

    @Test
    void aLoginGivesANewSessionAndTheOneBeforeAdoptsIt() {
        try (World world = World.together()) {
            Sessions sessions = world.process().store(world.store).build();
            PasswordSession before = sessions.login(world.asAlice());
            PasswordSession after = sessions.login(world.asAlice());
            assertThat(after).isNotSameAs(before);
            SiblingsTest.await(
                    () -> before.data().refreshJwt().equals(after.data().refreshJwt()));
            assertThat(sessions.account(world.key())).isSameAs(after);
        }
    }

    @Test
    void thousandsOfAccountsCostNoThreadAndNoTimerEachAndAreDroppedWhenIdle() {
        try (World world = World.together()) {
            List<SessionKey> keys = many(world);
            Sessions sessions = world.process().build();
            int threads = Thread.activeCount();
            List<WeakReference<PasswordSession>> loaded = new ArrayList<>();
            keys.forEach(key -> loaded.add(new WeakReference<>(sessions.account(key))));
            assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads + 4);
            assertThat(world.time.due(EVER)).as("one timer for all").isEqualTo(1);
            assertThat(loaded).allMatch(one -> one.get() != null);
            world.time.advance(IDLE.dividedBy(2));
            sessions.account(keys.get(0));
            world.time.pass(IDLE.dividedBy(4));
            world.time.pass(IDLE.dividedBy(4));
            awaitCollected(loaded.subList(1, MANY));
            assertThat(loaded.get(0).get()).as("was used since").isNotNull();
            world.time.pass(IDLE.dividedBy(4));
            world.time.pass(IDLE.dividedBy(4));
            SiblingsTest.await(() -> world.time.due(EVER) == 0);
            awaitCollected(loaded);
        }
    }

    @Test
    void aDroppedAccountsTimerIsCalledOff() {
        try (World world = World.together()) {
            List<SessionKey> keys = many(world);
            Sessions sessions = world.process().proactiveRefresh(true).build();
            keys.forEach(sessions::account);
            assertThat(world.time.due(EVER)).isEqualTo(MANY + 1);
            for (int i = 0; i < 4; i++) {
                world.time.pass(IDLE.dividedBy(4));
            }
            SiblingsTest.await(() -> world.time.due(EVER) == 0);
            sessions.account(keys.get(0));
            assertThat(world.time.due(EVER)).as("its own, and that of all").isEqualTo(2);
            sessions.close();
            assertThat(world.time.due(Duration.ofHours(1).plus(IDLE))).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void aDroppedSessionThatSomebodyHasGoesOnAndIsGivenOutAgain() {
        try (World world = World.together()) {
            world.login();
            Sessions sessions = world.process().idleAfter(Duration.ofMinutes(1)).build();
            PasswordSession session = sessions.account(world.key());
            for (int i = 0; i < 4; i++) {
                world.time.pass(Duration.ofSeconds(15));
            }
            SiblingsTest.await(() -> world.time.due(EVER) == 0);
            world.time.advance(Duration.ofHours(3));
            assertThat(read(session).status()).isEqualTo(200);
            assertThat(world.refreshes()).isEqualTo(1);
            assertThat(sessions.account(world.key())).isSameAs(session);
        }
    }

    @Test
    void aSessionThatWasResumedIsKeptFreshHoweverIdleItsAccount() {
        try (World world = World.together()) {
            world.login();
            Sessions sessions = world.process()
                    .proactiveRefresh(true)
                    .idleAfter(Duration.ofMinutes(1))
                    .build();
            PasswordSession session = sessions.resume(world.key(), Resume.LAZY);
            assertThat(sessions.account(world.key())).isSameAs(session);
            for (int i = 0; i < 4; i++) {
                world.time.pass(Duration.ofSeconds(15));
            }
            world.heard.await("updated", 1);
            world.time.advance(Duration.ofMinutes(110));
            world.heard.await("updated", 2);
            assertThat(session.destroyed()).isFalse();
        }
    }

    private static void awaitCollected(List<WeakReference<PasswordSession>> sessions) {
        for (int i = 0; sessions.stream().anyMatch(one -> one.get() != null); i++) {
            assertThat(i).as("collections").isLessThan(200);
            System.gc();
            Aside.run(() -> {}).get();
        }
    }

    /** Stores sessions of many accounts, and returns their keys. */
    private static List<SessionKey> many(World world) {
        world.login();
        SessionState alice = world.stored();
        List<SessionKey> keys = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            SessionKey key = SessionKey.of(Did.parse("did:web:account" + i + ".example.com"));
            var tokens = new Tokens(
                    1,
                    alice.current().accessJwt(),
                    Secret.of(alice.current().refreshJwt().expose() + i),
                    world.time.now());
            SessionState state = SessionState.opened(key, alice.service(), alice.pds(), alice.profile(), tokens)
                    .asVersion(1);
            world.store.compareAndSet(key, 0, StateJson.write(state, world.time.now()));
            keys.add(key);
        }
        return keys;
    }
}
