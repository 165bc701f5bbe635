// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import dev.atp4j.http.Headers;
import dev.atp4j.time.Time;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * The servers' time of day, learned from the {@code Date} of their answers and carried on by the monotonic clock, so that
 * a wall clock that is wrong or jumps does no harm. Thread-safe.
 */
final class ServerClock {

    /** How long a reading is good for; reading every answer's date would cost more than it tells. */
    private static final long FRESH = Duration.ofMinutes(10).toNanos();

    /** How far the wall clock may leave the monotonic one before a sleep is suspected, in which only one of them went on. */
    private static final Duration APART = Duration.ofMinutes(1);

    private record Reading(Instant server, long nanos, Instant wall) {}

    private final Time time;
    private volatile @Nullable Reading reading;

    ServerClock(Time time) {
        this.time = time;
    }

    /**
     * Learns from an answer, if the last lesson was long ago, or the machine seems to have slept since. Tells whether that
     * was the first lesson, or one of these.
     */
    boolean observe(Headers headers, long nanos) {
        Reading last = reading;
        Instant wall = time.now();
        boolean slept = last != null && apart(last, nanos, wall);
        if (last != null && !slept && nanos - last.nanos < FRESH) {
            return false;
        }
        String date = headers.first("date").orElse(null);
        if (date == null) {
            return false;
        }
        try {
            Instant server = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            reading = new Reading(server, nanos, wall);
            return last == null || slept;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean apart(Reading last, long nanos, Instant wall) {
        Duration difference = Duration.between(last.wall, wall).minusNanos(nanos - last.nanos);
        return difference.abs().compareTo(APART) > 0;
    }

    /** Tells whether anything was learned. */
    boolean known() {
        return reading != null;
    }

    /** Returns the servers' time, or this machine's as long as nothing was learned. */
    Instant now() {
        Reading last = reading;
        return last == null ? time.now() : last.server.plusNanos(time.nanos() - last.nanos);
    }
}
