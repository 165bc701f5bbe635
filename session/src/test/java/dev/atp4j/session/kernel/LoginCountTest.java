// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

import static dev.atp4j.session.kernel.Given.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import dev.atp4j.session.kernel.LoginCount.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins in windows. */
class LoginCountTest {

    private static final Duration SHORT = Duration.ofMinutes(5);
    private static final Duration LONG = Duration.ofDays(1);
    private static final List<LoginLimit> LIMITS = List.of(new LoginLimit(3, SHORT), new LoginLimit(5, LONG));

    private LoginCount count = LoginCount.NONE;

    private Duration attempt(Instant now) {
        return attempt(LIMITS, now);
    }

    private Duration attempt(List<LoginLimit> limits, Instant now) {
        LoginCount.Turn turn = count.attempt(limits, false, now);
        // What is kept is what was written and read again.
        count = LoginCount.read(turn.next().write());
        assertThat(count).isEqualTo(turn.next());
        return turn.pause();
    }

    @Test
    void aWindowBeginsWithItsFirstLoginAndEndsAfterItsLength() {
        for (int i = 0; i < 3; i++) {
            assertThat(attempt(NOW.plusSeconds(60L * i))).isZero();
        }
        assertThat(attempt(NOW.plusSeconds(180))).isEqualTo(Duration.ofMinutes(2));
        assertThat(attempt(NOW.plusSeconds(299))).isEqualTo(Duration.ofSeconds(1));
        assertThat(attempt(NOW.plusSeconds(300))).isZero();
        assertThat(attempt(NOW.plusSeconds(300))).isZero();
        assertThat(attempt(NOW.plusSeconds(600))).as("the long window").isEqualTo(LONG.minusSeconds(600));
        assertThat(attempt(NOW.plus(LONG))).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2,1", "3,2", "10,9", "30,27", "300,270"})
    void whatASessionDoesByItselfLeavesSomeToThePeople(int limit, int automatic) {
        List<LoginLimit> limits = List.of(new LoginLimit(limit, SHORT));
        int used = 0;
        while (count.attempt(limits, true, NOW).pause().isZero()) {
            count = count.attempt(limits, true, NOW).next();
            used++;
        }
        assertThat(used).isEqualTo(automatic);
        assertThat(count.left(limits, NOW)).isEqualTo(limit - automatic);
        assertThat(count.attempt(limits, true, NOW).pause()).isEqualTo(SHORT);
    }

    @Test
    void aLoginOfTheFutureCountsAsOneOfNow() {
        for (int i = 0; i < 3; i++) {
            attempt(NOW.plus(Duration.ofDays(400)));
        }
        assertThat(attempt(NOW)).isEqualTo(SHORT);
        assertThat(attempt(NOW.plusSeconds(100))).isEqualTo(SHORT.minusSeconds(100));
        assertThat(attempt(NOW.plus(SHORT))).isZero();
    }

    @Test
    void aServerCanOnlyTighten() {
        attempt(NOW);
        count = count.told(new Told(99L, Duration.ofSeconds(100), "100;w=300", null), NOW);
        assertThat(count.left(LIMITS, NOW)).isEqualTo(2);
        count = count.told(new Told(1L, Duration.ofSeconds(100), "3;w=300", null), NOW);
        assertThat(count.left(LIMITS, NOW)).isEqualTo(1);
        count = count.told(new Told(0L, Duration.ofSeconds(100), "2;w=300", null), NOW);
        assertThat(attempt(NOW)).as("a second more, for rounding").isEqualTo(Duration.ofSeconds(101));
        assertThat(attempt(NOW.plusSeconds(101))).isZero();
        assertThat(count.left(LIMITS, NOW.plusSeconds(101)))
                .as("what was learned is over with its window")
                .isEqualTo(2);
    }

    @Test
    void aWindowThatOnlyTheServerKnowsIsAdded() {
        attempt(NOW);
        count = count.told(new Told(0L, Duration.ofHours(7), "10; w=36000", null), NOW);
        assertThat(attempt(NOW)).isEqualTo(Duration.ofHours(7).plusSeconds(1));
        assertThat(attempt(NOW.plus(Duration.ofHours(7)).plusSeconds(1))).isZero();
    }

    @Test
    void nothingThatAServerSaysBlocksForLongerThanItsWindowOrADay() {
        Duration year = Duration.ofDays(365);
        count = LoginCount.NONE.told(new Told(0L, year, "0;w=31536000", null), NOW);
        assertThat(attempt(NOW)).isEqualTo(LONG);
        count = LoginCount.NONE.told(new Told(0L, year, "1;w=60", null), NOW);
        assertThat(attempt(NOW)).isEqualTo(Duration.ofMinutes(1));
        count = LoginCount.NONE.told(new Told(null, null, null, year), NOW);
        assertThat(attempt(NOW)).isEqualTo(LONG);
        count = LoginCount.NONE.told(new Told(0L, year, null, null), NOW);
        assertThat(attempt(NOW)).isEqualTo(LONG);
        count = LoginCount.NONE;
        for (int i = 1; i < 1000; i++) {
            count = count.told(new Told(0L, null, "1;w=" + i, null), NOW);
        }
        assertThat(count.windows()).hasSizeLessThan(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "10", "10;w=0", "10;w=", "-1;w=300", "99999999999;w=1", "10;w=99999999999"})
    void aPolicyThatIsNoneIsPassedOver(String policy) {
        count = count.told(new Told(null, null, policy, null), NOW);
        assertThat(count.windows()).allMatch(w -> w.limit().per().equals(SHORT));
    }

    @Test
    void aLoginThatWasNotSentIsTakenBack() {
        attempt(NOW);
        attempt(NOW);
        count = count.notSent(NOW);
        assertThat(count.left(LIMITS, NOW)).isEqualTo(2);
        count = count.notSent(NOW).notSent(NOW).notSent(NOW);
        assertThat(count.left(LIMITS, NOW)).isEqualTo(3);
    }

    @Test
    void twoCountsOfTheSameLoginsGiveTheTighterOne() {
        LoginCount none = LoginCount.NONE;
        attempt(NOW);
        LoginCount one = count;
        attempt(NOW);
        assertThat(one.merged(count, NOW)).isEqualTo(count);
        assertThat(count.merged(one, NOW)).isEqualTo(count);
        assertThat(none.merged(count, NOW)).isEqualTo(count);
        assertThat(count.merged(none, NOW)).isEqualTo(count);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"windows\":7}",
                "{\"windows\":[7]}",
                "{\"windows\":[{}]}",
                "{\"windows\":[{\"lengthMillis\":1000,\"limit\":1,\"began\":\"soon\"}]}",
                "{\"windows\":[{\"lengthMillis\":-1,\"limit\":1,\"began\":\"2026-01-01T00:00:00Z\"}]}",
                "{\"windows\":[{\"lengthMillis\":0,\"limit\":1,\"began\":\"2026-01-01T00:00:00Z\"}]}",
                "{\"windows\":[{\"lengthMillis\":1000,\"limit\":-1,\"began\":\"2026-01-01T00:00:00Z\"}]}"
            })
    void aDamagedNoteCountsNothing(String json) {
        LexMap note = LexJson.parseMapLenient(json.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(LoginCount.read(note)).isEqualTo(LoginCount.NONE);
    }

    @Test
    void aPolicyOfAWholeDayIsBelieved() {
        count = count.told(new Told(3L, Duration.ofHours(1), "10;w=86400", null), NOW);
        assertThat(count.left(List.of(), NOW)).isEqualTo(3);
        LoginCount longer = LoginCount.NONE.told(new Told(3L, Duration.ofHours(1), "10;w=86401", null), NOW);
        assertThat(longer).isEqualTo(LoginCount.NONE);
    }

    @Test
    void aWaitOfNoTimeBlocksNothing() {
        for (Duration none : new Duration[] {Duration.ZERO, Duration.ofSeconds(-5)}) {
            assertThat(LoginCount.NONE.told(new Told(null, null, null, none), NOW))
                    .isEqualTo(LoginCount.NONE);
        }
    }

    @Test
    void eightWindowsAreKeptAndTheirNewsIsHeardAfterThat() {
        for (int i = 1; i <= 20; i++) {
            count = count.told(new Told(5L, null, "9;w=" + 100 * i, null), NOW);
        }
        assertThat(count.windows()).hasSize(8);
        count = count.told(new Told(1L, null, "9;w=100", null), NOW);
        assertThat(count.left(List.of(), NOW)).isEqualTo(1);
    }
}
