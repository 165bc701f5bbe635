// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

import java.time.Duration;
import java.time.Instant;

/**
 * After a failed refresh: when the next one may be tried, by anybody who shares the store.
 *
 * @param failures how many failed in a row
 * @param since when the last one failed
 * @param pause how long to wait from then. Kept beside the moment, so that a machine whose clock is off by days still
 *     waits no longer than this
 * @param why what happened, for people
 */
public record Backoff(int failures, Instant since, Duration pause, String why) {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final int PATIENT = 12;
    private static final Duration LONGEST_WHEN_PATIENT = Duration.ofMinutes(15);
    private static final Duration LONGEST_ASKED_FOR = Duration.ofHours(1);

    /** Nothing failed. */
    public static final Backoff NONE = new Backoff(0, Instant.EPOCH, Duration.ZERO, "");

    /** Brings numbers to sense that may come from a damaged record. */
    public Backoff {
        failures = Math.max(0, failures);
        if (pause.isNegative()) {
            pause = Duration.ZERO;
        } else if (pause.compareTo(LONGEST_ASKED_FOR) > 0) {
            pause = LONGEST_ASKED_FOR;
        }
    }

    /**
     * Returns the state after one more failure: one second doubling up to a minute, and after a dozen failures a quarter
     * of an hour, of which the dice take up to a half off; or what the server asked for if that is longer, up to an hour.
     * All of it is far within the two hours in which a lost rotation can be recovered.
     *
     * @param now when it failed
     * @param asked what the server asked for, or zero
     * @param dice a random number from 0 (inclusive) to 1 (exclusive)
     * @param why what happened
     */
    Backoff after(Instant now, Duration asked, double dice, String why) {
        Duration full = FIRST.multipliedBy(1L << Math.min(failures, 16));
        Duration longest = failures < PATIENT ? LONGEST : LONGEST_WHEN_PATIENT;
        if (full.compareTo(longest) > 0) {
            full = longest;
        }
        Duration wait = full.minusMillis((long) (full.toMillis() * dice / 2));
        return new Backoff(Math.max(failures, failures + 1), now, wait.compareTo(asked) > 0 ? wait : asked, why);
    }

    /**
     * Returns how long is left to wait.
     *
     * @param now the time of day
     * @return from zero to {@link #pause()}
     */
    public Duration remaining(Instant now) {
        if (failures == 0) {
            return Duration.ZERO;
        }
        Duration left = pause.minus(Duration.between(since, now));
        if (left.isNegative()) {
            return Duration.ZERO;
        }
        return left.compareTo(pause) > 0 ? pause : left;
    }
}
