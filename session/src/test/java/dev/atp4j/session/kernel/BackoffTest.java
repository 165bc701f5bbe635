// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static Backoff failed(Backoff before, double dice) {
        return before.after(NOW, Duration.ZERO, dice, "why");
    }

    @Test
    void pausesDoubleUpToAMinuteAndThenToAQuarterOfAnHour() {
        var pauses = new ArrayList<Long>();
        Backoff backoff = Backoff.NONE;
        for (int i = 0; i < 40; i++) {
            backoff = failed(backoff, 0);
            pauses.add(backoff.pause().toSeconds());
        }
        assertThat(pauses)
                .startsWith(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L, 60L, 60L, 60L, 900L)
                .endsWith(900L);
        assertThat(backoff.failures()).isEqualTo(40);
    }

    @Test
    void theDiceTakeOffHalfAtTheMost() {
        assertThat(failed(Backoff.NONE, 0.999).pause()).isBetween(Duration.ofMillis(500), Duration.ofMillis(510));
        assertThat(failed(Backoff.NONE, 0.5).pause()).isEqualTo(Duration.ofMillis(750));
    }

    @Test
    void whatTheServerAsksForIsObeyedUpToAnHour() {
        assertThat(Backoff.NONE.after(NOW, Duration.ofMinutes(5), 0.9, "").pause())
                .isEqualTo(Duration.ofMinutes(5));
        assertThat(Backoff.NONE.after(NOW, Duration.ofDays(1), 0.9, "").pause()).isEqualTo(Duration.ofHours(1));
        assertThat(Backoff.NONE.after(NOW, Duration.ofMillis(3), 0, "").pause()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void theRestOfAPauseIsCountedFromItsStart() {
        Backoff backoff = Backoff.NONE.after(NOW, Duration.ofMinutes(5), 0, "");
        assertThat(backoff.remaining(NOW)).isEqualTo(Duration.ofMinutes(5));
        assertThat(backoff.remaining(NOW.plusSeconds(240))).isEqualTo(Duration.ofMinutes(1));
        assertThat(backoff.remaining(NOW.plusSeconds(300))).isZero();
        assertThat(backoff.remaining(NOW.plus(Duration.ofDays(30)))).isZero();
        assertThat(Backoff.NONE.remaining(NOW)).isZero();
    }

    @Test
    void aClockThatIsBehindByDaysWaitsNoLongerThanThePause() {
        Backoff backoff = Backoff.NONE.after(NOW, Duration.ofMinutes(5), 0, "");
        assertThat(backoff.remaining(NOW.minus(Duration.ofDays(30)))).isEqualTo(Duration.ofMinutes(5));
        assertThat(backoff.remaining(Instant.MIN)).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void absurdNumbersOutOfAFileAreBroughtToSense() {
        var absurd = new Backoff(Integer.MIN_VALUE, Instant.MAX, Duration.ofMillis(Long.MAX_VALUE), "");
        assertThat(absurd.remaining(NOW)).isBetween(Duration.ZERO, Duration.ofHours(1));
        assertThat(absurd.after(NOW, Duration.ZERO, 0.5, "").pause())
                .isPositive()
                .isLessThan(Duration.ofHours(1));
        var negative = new Backoff(Integer.MAX_VALUE, NOW, Duration.ofSeconds(-5), "");
        assertThat(negative.remaining(NOW)).isZero();
        assertThat(negative.after(NOW, Duration.ZERO, 0, "").failures()).isPositive();
    }
}
