// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import static dev.atp4j.session.World.DELETE;
import static dev.atp4j.session.World.PASSWORD;
import static dev.atp4j.session.World.REFRESH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.atp4j.Secret;
import dev.atp4j.data.LexMap;
import dev.atp4j.pds.Fault;
import dev.atp4j.pds.VirtualTime;
import dev.atp4j.session.store.EndReason;
import dev.atp4j.session.store.SessionKey;
import dev.atp4j.session.store.SessionRecord;
import dev.atp4j.session.store.StoreException;
import dev.atp4j.syntax.Did;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HealthTest {

    private static SessionHealth of(World world) {
        return world.process().build().health(world.key()).orElseThrow();
    }

    @Test
    void anActiveSessionTellsWhenItWasOpenedAndRefreshedAndWhenItWillBe() {
        try (World world = World.together()) {
            PasswordSession session = world.login();
            SessionHealth fresh = of(world);
            assertThat(fresh.state()).isEqualTo(SessionHealth.State.ACTIVE);
            assertThat(fresh.service()).contains(world.pds.url());
            assertThat(fresh.handle()).contains("alice.test");
            assertThat(fresh.reason()).isEmpty();
            assertThat(fresh.openedAt()).contains(VirtualTime.START);
            assertThat(fresh.refreshedAt()).contains(VirtualTime.START);
            assertThat(fresh.nextRefresh()).contains(VirtualTime.START.plus(Duration.ofMinutes(110)));
            assertThat(fresh.failures()).isZero();
            assertThat(fresh.why()).isEmpty();
            world.time.advance(Duration.ofHours(1));
            session.refresh();
            SessionHealth later = of(world);
            assertThat(later.openedAt()).contains(VirtualTime.START);
            assertThat(later.refreshedAt()).contains(VirtualTime.START.plus(Duration.ofHours(1)));
            assertThat(later.nextRefresh()).contains(VirtualTime.START.plus(Duration.ofMinutes(170)));
            assertThat(session.health()).isEqualTo(later);
            assertThat(later.toString()).doesNotContain("eyJ");
        }
    }

    @Test
    void failuresAndTheirCauseAreShown() {
        try (World world = World.together()) {
            PasswordSession session =
                    world.process().timeout(Duration.ofMillis(500)).build().login(world.asAlice());
            world.fault(Fault.on(REFRESH).error(502, "UpstreamFailure", ""));
            assertThat(catchThrowable(session::refresh)).isInstanceOf(RefreshFailedException.class);
            SessionHealth health = of(world);
            assertThat(health.state()).isEqualTo(SessionHealth.State.ACTIVE);
            assertThat(health.failures()).isEqualTo(1);
            assertThat(health.why()).contains("502");
            assertThat(health.unanswered()).isTrue();
            assertThat(health.nextRefresh()).contains(VirtualTime.START.plus(Duration.ofSeconds(1)));
        }
    }

    @Test
    void aSessionThatIsOverTellsWhy() {
        try (World world = World.together()) {
            PasswordSession session = world.login();
            world.pds.accounts().resetPassword(world.alice.did(), "another");
            assertThat(catchThrowable(session::refresh)).isInstanceOf(SessionOverException.class);
            SessionHealth health = of(world);
            assertThat(health.state()).isEqualTo(SessionHealth.State.DEAD);
            assertThat(health.reason()).contains(EndReason.REVOKED);
            assertThat(health.openedAt()).contains(VirtualTime.START);
            assertThat(health.refreshedAt()).isEmpty();
            assertThat(health.nextRefresh()).isEmpty();
        }
    }

    @Test
    void aLogoutThatIsNotConfirmedShowsWhatIsPending() {
        try (World world = World.together()) {
            PasswordSession session = world.login();
            world.fault(Fault.on(DELETE).html(502));
            assertThat(catchThrowable(session::logout)).isInstanceOf(LogoutUnconfirmedException.class);
            SessionHealth health = of(world);
            assertThat(health.state()).isEqualTo(SessionHealth.State.LOGGED_OUT);
            assertThat(health.pendingDeletes()).isEqualTo(1);
            assertThat(health.failures()).isEqualTo(1);
            assertThat(health.why()).contains("502");
        }
    }

    @Test
    void theWholeStoreIsShownWithWhatCannotBeRead() {
        try (World world = World.together()) {
            world.login();
            world.pds.createAccount("bob.test", PASSWORD);
            PasswordSession bob = world.process()
                    .build()
                    .login(Login.as("bob.test", Secret.of(PASSWORD))
                            .service(world.pds.url())
                            .build());
            bob.logout();
            SessionKey odd = SessionKey.of(Did.parse("did:plc:odd"));
            LexMap content = LexMap.builder().put("state", "SLEEPING").build();
            world.store.compareAndSet(odd, 0, SessionRecord.of(odd, 1, content));
            Sessions sessions = world.process().build();
            Map<SessionKey, SessionHealth> all;
            try (Stream<SessionHealth> health = sessions.health()) {
                all = health.collect(Collectors.toMap(SessionHealth::key, Function.identity()));
            }
            assertThat(all.keySet()).containsExactlyInAnyOrder(world.key(), bob.key(), odd);
            assertThat(all.get(bob.key()).state()).isEqualTo(SessionHealth.State.LOGGED_OUT);
            assertThat(all.get(odd).state()).isEqualTo(SessionHealth.State.UNREADABLE);
            assertThat(all.get(odd).why()).contains("did:plc:odd").contains("cannot be read");
            assertThat(sessions.health(SessionKey.of(Did.parse("did:plc:nobody"))))
                    .isEmpty();
        }
    }

    @Test
    void healthIsReadOneByOneAndAStoreThatIsDownIsNoRecordThatCannotBeRead() {
        try (World world = World.together()) {
            world.login();
            var store = new TroubledStore(world.store);
            Sessions sessions = world.process().store(store).build();
            try (Stream<SessionHealth> health = sessions.health()) {
                store.failingReads.set(1);
                assertThat(catchThrowable(health::toList)).isInstanceOf(StoreException.class);
            }
        }
    }

    @Test
    void nobodyKnowsHowOldACopyIs() {
        try (World world = World.together()) {
            SessionData copy = world.login().data();
            Sessions elsewhere = world.process()
                    .store(new dev.atp4j.session.store.MemorySessionStore(world.time))
                    .build();
            assertThat(elsewhere.resume(copy, Resume.LAZY).health().openedAt()).isEmpty();
        }
    }
}
