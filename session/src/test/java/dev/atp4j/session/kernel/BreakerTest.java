// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BreakerTest {

    /** Close to where a monotonic clock turns over: only differences count. */
    private static final long NOW = Long.MAX_VALUE - 5;

    private static Breaker troubled(Breaker breaker, int times) {
        Breaker next = breaker;
        for (int i = 0; i < times; i++) {
            next = next.troubled(NOW, Duration.ZERO, 0);
        }
        return next;
    }

    private static long after(Duration time) {
        return NOW + time.toNanos();
    }

    @Test
    void aTroubleOrTwoAreTheAccountsOwn() {
        Breaker two = troubled(Breaker.CLOSED, 2);
        assertThat(two.admits(NOW)).isTrue();
        assertThat(two.admitting()).isEqualTo(two);
    }

    @Test
    void threeTroublesInARowSpareTheServiceForASecond() {
        Breaker open = troubled(Breaker.CLOSED, 3);
        assertThat(open.admits(NOW)).isFalse();
        assertThat(open.admits(after(Duration.ofMillis(999)))).isFalse();
        assertThat(open.admits(after(Duration.ofSeconds(1)))).isTrue();
    }

    @Test
    void afterThePauseOneAccountIsTriedAndTheOthersFollowIfItWasAnswered() {
        Breaker trying = troubled(Breaker.CLOSED, 3).admitting();
        assertThat(trying.admits(after(Duration.ofHours(5))))
                .as("one at a time")
                .isFalse();
        assertThat(trying.unsure().admits(after(Duration.ofSeconds(1))))
                .as("another one, if the first told nothing")
                .isTrue();
        assertThat(Breaker.CLOSED.admits(NOW)).isTrue();
    }

    @Test
    void pausesDoubleUpToAMinuteAndTheDiceTakeOffHalfAtTheMost() {
        List<Long> pauses = new ArrayList<>();
        Breaker breaker = troubled(Breaker.CLOSED, 2);
        for (int i = 0; i < 9; i++) {
            breaker = breaker.admitting().troubled(NOW, Duration.ZERO, 0);
            pauses.add(Duration.ofNanos(breaker.until() - NOW).toSeconds());
        }
        assertThat(pauses).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
        Breaker lucky = breaker.admitting().troubled(NOW, Duration.ZERO, 0.999);
        assertThat(Duration.ofNanos(lucky.until() - NOW)).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(31));
    }

    @Test
    void whatAServiceAsksForIsObeyedAtOnceUpToAnHour() {
        Breaker asked = Breaker.CLOSED.troubled(NOW, Duration.ofMinutes(5), 0.5);
        assertThat(asked.admits(after(Duration.ofSeconds(299)))).isFalse();
        assertThat(asked.admits(after(Duration.ofMinutes(5)))).isTrue();
        assertThat(Breaker.CLOSED.troubled(NOW, Duration.ofDays(9), 0).admits(after(Duration.ofHours(1))))
                .isTrue();
    }

    @Test
    void troublesOfThoseWhoWereOnTheirWayDoNotMakeThePauseLonger() {
        Breaker open = troubled(Breaker.CLOSED, 3);
        assertThat(troubled(open, 60)).isEqualTo(open);
        Breaker longer = open.troubled(NOW, Duration.ofSeconds(30), 0);
        assertThat(longer.admits(after(Duration.ofSeconds(29)))).isFalse();
        assertThat(longer.troubled(NOW, Duration.ofSeconds(7), 0)).isEqualTo(longer);
        assertThat(longer.admits(after(Duration.ofSeconds(30)))).isTrue();
    }

    @Test
    void aTroubleAtTheEndOfThePauseIsAFurtherOne() {
        Breaker open = troubled(Breaker.CLOSED, 3);
        assertThat(open.troubled(after(Duration.ofSeconds(1)), Duration.ZERO, 0).troubles())
                .isEqualTo(4);
    }
}
