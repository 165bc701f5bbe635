// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The last login that a session made by itself, or tried to: what keeps all who share the store from the next one.
 *
 * @param since when it began
 * @param pause how long to leave it at that. Kept beside the moment, so that clocks that differ do no lasting harm
 * @param mark what tells its password from others, or empty if there was none
 * @param open whether it is not known yet how it ended
 * @param why why it failed, for people; empty if it did not
 */
public record Healing(Instant since, Duration pause, String mark, boolean open, String why) {

    private static final Duration LONGEST = Duration.ofDays(1);

    /** How long whoever has begun to log in is given to finish. */
    private static final Duration UNDER_WAY = Duration.ofMinutes(1);

    /** Brings numbers to sense that may come from a damaged record. */
    public Healing {
        if (pause.isNegative()) {
            pause = Duration.ZERO;
        } else if (pause.compareTo(LONGEST) > 0) {
            pause = LONGEST;
        }
    }

    /** Returns the later one of two, so that no login is forgotten. */
    static @Nullable Healing later(@Nullable Healing one, @Nullable Healing other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return other.since.isAfter(one.since) ? other : one;
    }

    /** Returns this login, failed. */
    Healing failed(Duration pause, String why) {
        return new Healing(since, pause, mark, false, why);
    }

    /** Returns this login, at its good end. */
    Healing worked() {
        return new Healing(since, pause, mark, false, "");
    }

    /** Returns how long to wait before the next login with the same password. */
    public Duration remaining(Instant now) {
        Duration age = Duration.between(since, now);
        if (age.compareTo(pause) >= 0 || age.negated().compareTo(pause) > 0) {
            // What seems to lie so far in the future was written by a clock that was wrong.
            return Duration.ZERO;
        }
        Duration left = pause.minus(age);
        return left.compareTo(pause) > 0 ? pause : left;
    }

    /** Tells whether somebody may be at it right now. */
    boolean underWay(Instant now) {
        return open && Duration.between(since, now).abs().compareTo(UNDER_WAY) < 0;
    }
}
