// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.http.Headers;
import dev.atp4j.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;

class ServerClockTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Duration awake = Duration.ZERO;
    private Duration asleep = Duration.ZERO;

    /** The time of a laptop whose monotonic clock stands still while it sleeps. */
    private final ServerClock clock = new ServerClock(new Time() {
        @Override
        public Instant now() {
            return START.plusSeconds(7).plus(awake).plus(asleep);
        }

        @Override
        public long nanos() {
            return awake.toNanos();
        }

        @Override
        public Timer after(Duration delay, Runnable task) {
            throw new UnsupportedOperationException();
        }
    });

    private boolean answer() {
        Instant server = START.plus(awake).plus(asleep);
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(server.atOffset(ZoneOffset.UTC));
        return clock.observe(Headers.of("date", date), awake.toNanos());
    }

    @Test
    void theServersTimeIsCarriedOnByTheMonotonicClock() {
        assertThat(clock.now()).isEqualTo(START.plusSeconds(7));
        assertThat(clock.known()).isFalse();
        assertThat(answer()).as("a first lesson").isTrue();
        awake = Duration.ofMinutes(3);
        assertThat(clock.now()).isEqualTo(START.plus(awake));
        assertThat(answer()).as("nothing new").isFalse();
    }

    @Test
    void anAnswerAfterASleepIsBelievedAtOnce() {
        answer();
        awake = Duration.ofMinutes(1);
        asleep = Duration.ofHours(9);
        assertThat(answer()).as("worth to work out lifespans again").isTrue();
        assertThat(clock.now()).isEqualTo(START.plus(awake).plus(asleep));
        assertThat(answer()).isFalse();
    }
}
