// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

import java.time.Duration;

/**
 * Whether a service is to be spared: after some troubles in a row, or when it asks for it, all of its accounts wait. Then
 * one is tried, and the others follow if that was answered. Times are readings of a monotonic clock in nanoseconds.
 *
 * @param troubles how many requests in a row were not answered as they should be
 * @param open whether the service is being spared
 * @param until when the first account may be tried, if it is
 * @param trying whether one is being tried
 */
public record Breaker(int troubles, boolean open, long until, boolean trying) {

    /** This many troubles in a row are the service's, not those of one account or one connection. */
    private static final int MOST_TROUBLES = 3;

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Duration LONGEST_ASKED_FOR = Duration.ofHours(1);

    /** All is well. */
    public static final Breaker CLOSED = new Breaker(0, false, 0, false);

    /** Tells whether an account of the service may be worked on; follow it by {@link #admitting}. */
    public boolean admits(long now) {
        return !open || !trying && now - until >= 0;
    }

    /** Returns the state with one more account being worked on. */
    public Breaker admitting() {
        return open ? new Breaker(troubles, true, until, true) : this;
    }

    /** Returns the state after work that told nothing about the service. */
    public Breaker unsure() {
        return trying ? new Breaker(troubles, open, until, false) : this;
    }

    /**
     * Returns the state after one more trouble.
     *
     * @param now when it came
     * @param asked how long the service asked to wait, or zero
     * @param dice a random number from 0 (inclusive) to 1 (exclusive), which takes up to a half off a pause of our own
     */
    public Breaker troubled(long now, Duration asked, double dice) {
        Duration wanted = asked.compareTo(LONGEST_ASKED_FOR) < 0 ? asked : LONGEST_ASKED_FOR;
        if (open && !trying && now - until < 0) {
            // One of those that were on their way when the service began to be spared; they are no further trouble.
            long later = now + wanted.toNanos();
            return later - until > 0 ? new Breaker(troubles, true, later, false) : this;
        }
        int more = Math.min(troubles, 1000) + 1;
        if (more < MOST_TROUBLES && wanted.isZero()) {
            return new Breaker(more, false, 0, false);
        }
        Duration pause = FIRST.multipliedBy(1L << Math.min(Math.max(0, more - MOST_TROUBLES), 10));
        if (pause.compareTo(LONGEST) > 0) {
            pause = LONGEST;
        }
        pause = pause.minusMillis((long) (pause.toMillis() * dice / 2));
        if (wanted.compareTo(pause) > 0) {
            pause = wanted;
        }
        return new Breaker(more, true, now + pause.toNanos(), false);
    }
}
