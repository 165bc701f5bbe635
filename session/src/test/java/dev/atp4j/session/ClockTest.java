// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import static dev.atp4j.session.World.TIMELINE;
import static dev.atp4j.session.World.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.Secret;
import dev.atp4j.http.Headers;
import dev.atp4j.pds.Fault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clocks that are wrong, tokens that tell no time, machines that slept. */
@Timeout(120)
class ClockTest {

    @ParameterizedTest
    @ValueSource(ints = {-24, 24, -24 * 365 * 30, 24 * 365 * 50})
    @Scenario(21)
    void aWallClockThatIsWrongCausesNoRefreshTooEarlyOrTooLate(int hours) {
        try (World world = World.together()) {
            world.time.jump(Duration.ofHours(hours));
            PasswordSession session = world.login();
            PasswordSession sibling = world.sibling();
            world.time.advance(Duration.ofMinutes(115));
            read(session);
            read(sibling);
            assertThat(world.refreshes()).isZero();
            assertThat(session.accessTimeLeft()).contains(Duration.ofMinutes(5));
            world.time.advance(Duration.ofMinutes(10));
            read(session);
            read(sibling);
            assertThat(world.refreshes()).isEqualTo(1);
            assertThat(world.calls(TIMELINE)).allMatch(call -> call.status() == 200);
        }
    }

    @Test
    @Scenario(21)
    void aWallClockThatJumpsChangesNothing() {
        try (World world = World.together()) {
            PasswordSession session = world.login();
            for (int jump : new int[] {-1000, 1000, -5, 5}) {
                world.time.jump(Duration.ofHours(jump));
                read(session);
                read(world.sibling());
                assertThat(session.accessTimeLeft()).contains(Duration.ofHours(2));
            }
            assertThat(world.refreshes()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Thu, 01 Jan 1970 00:00:00 GMT",
                "Fri, 31 Dec 9999 23:59:59 GMT",
                "yesterday",
                "",
                "Thu, 01 Jan 1970 00:00:00 +9999"
            })
    @Scenario(21)
    void aServerThatShowsAnAbsurdTimeDoesNoHarm(String date) {
        try (World world = World.together()) {
            PasswordSession session = world.login();
            world.time.advance(Duration.ofMinutes(30));
            world.fault(Fault.on(TIMELINE).answer(200, Headers.of("date", date), "{}"));
            read(session);
            assertThat(read(session).status()).isEqualTo(200);
            session.refresh();
            assertThat(session.accessTimeLeft()).contains(Duration.ofHours(2));
            assertThat(read(session).status()).isEqualTo(200);
            assertThat(world.refreshes()).isEqualTo(1);
            session.logout();
            assertThat(world.liveTokens()).isEmpty();
        }
    }

    @Test
    @Scenario(21)
    void theServersWordThatATokenIsExpiredIsTheTruth() {
        try (World world = World.apart()) {
            PasswordSession session = world.login();
            world.pds.time().advance(Duration.ofHours(3));
            assertThat(session.accessTimeLeft()).contains(Duration.ofHours(2));
            assertThat(read(session).status()).isEqualTo(200);
            assertThat(world.refreshes()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "opaque",
                "a.b.c",
                "....",
                "e30.bm9qc29u.x",
                "{}",
                "{\"exp\":1}",
                "{\"iat\":1767225600}",
                "{\"iat\":1767225600,\"exp\":\"soon\"}",
                "{\"iat\":1767225600,\"exp\":-1}",
                "{\"iat\":1767225600,\"exp\":1767225600}",
                "{\"iat\":1767225600,\"exp\":9223372036854775807}",
                "{\"iat\":-9223372036854775808,\"exp\":9223372036854775807}",
                "{\"iat\":1767225600,\"exp\":17672256000000}"
            })
    @Scenario({22, 23})
    void aTokenThatTellsNoTimeIsUsedUntilTheServerSaysThatItHasExpired(String claims) {
        try (World world = World.together()) {
            SessionData real = world.login().data();
            SessionData odd = SessionData.of(real.service(), real.did(), token(claims), real.refreshJwt());
            world.store.compareAndDelete(world.key(), world.stored().version());
            PasswordSession session =
                    world.process().proactiveRefresh(true).build().resume(odd, Resume.LAZY);
            assertThat(session.accessTimeLeft()).isEmpty();
            world.fault(Fault.on(TIMELINE).times(2).answer(200, Headers.empty(), "{}"));
            read(session);
            world.time.advance(Duration.ofDays(1));
            read(session);
            assertThat(world.refreshes()).as("nothing says that it has expired").isZero();
            world.fault(Fault.on(TIMELINE).error(400, "ExpiredToken", "Token has expired"));
            assertThat(read(session).status()).isEqualTo(200);
            assertThat(world.refreshes()).isEqualTo(1);
        }
    }

    private static Secret token(String claims) {
        return Secret.of(
                claims.startsWith("{")
                        ? "e30."
                                + Base64.getUrlEncoder()
                                        .withoutPadding()
                                        .encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                                + ".c2ln"
                        : claims);
    }

    @Test
    @Scenario(24)
    void aMachineThatWakesUpLooksIntoTheStoreBeforeItRefreshes() {
        try (World world = World.apart()) {
            PasswordSession sleeper = world.login();
            world.pds.time().advance(Duration.ofMinutes(90));
            PasswordSession other = world.sibling();
            other.refresh();
            world.pds.time().advance(Duration.ofMinutes(90));
            assertThat(read(sleeper).status()).isEqualTo(200);
            assertThat(world.refreshes()).as("the other's result was adopted").isEqualTo(1);
            assertThat(sleeper.data()).isEqualTo(other.data());
        }
    }
}
