// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.client;

import dev.atp4j.AtpException;
import dev.atp4j.http.TransportException;
import dev.atp4j.xrpc.XrpcResponseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * How often, and after what pause, a call that met passing trouble is sent again. Only what may be sent twice is: queries,
 * writes of records under a known key, and what {@link CallOptions.Builder#repeatable} says.
 *
 * <p>If the server says how long to wait ({@code Retry-After}, or the end of an exhausted rate limit), it is waited so long,
 * or not at all if that is longer than the longest pause. Else the pauses double, less a random part.
 *
 * @param most how often a call is sent again at the most
 * @param first the pause before the first repetition
 * @param longest the longest pause
 */
public record Retries(int most, Duration first, Duration longest) {

    /** Statuses that another try may not meet. */
    private static final Set<Integer> PASSING = Set.of(408, 425, 429, 500, 502, 503, 504, 522, 524);

    /** Keeps clients that were all told the same moment from coming all at once. */
    private static final Duration SPREAD = Duration.ofMillis(250);

    private static final Retries STANDARD = new Retries(3, Duration.ofMillis(500), Duration.ofSeconds(30));
    private static final Retries NONE = new Retries(0, Duration.ZERO, Duration.ZERO);

    /**
     * Checks the figures.
     *
     * @throws IllegalArgumentException if one is negative
     */
    public Retries {
        if (most < 0 || first.isNegative() || longest.isNegative()) {
            throw new IllegalArgumentException("retries cannot be negative: " + most + ", " + first + ", " + longest);
        }
    }

    /**
     * Returns what a client does unless told otherwise: three repetitions, after half a second, one and two, and pauses that
     * the server asks for up to half a minute.
     *
     * @return the retries
     */
    public static Retries standard() {
        return STANDARD;
    }

    /**
     * Returns no retries at all.
     *
     * @return the retries
     */
    public static Retries none() {
        return NONE;
    }

    /** Returns how long to wait before the call is sent again, or nothing if it is not. */
    Optional<Duration> pause(AtpException trouble, int failures, Instant now, RandomGenerator random) {
        if (failures >= most || !passing(trouble)) {
            return Optional.empty();
        }
        Optional<Duration> asked =
                trouble instanceof XrpcResponseException answer ? answer.retryAfter(now) : Optional.empty();
        if (asked.isPresent()) {
            return asked.filter(wait -> wait.compareTo(longest) <= 0).map(wait -> wait.plus(part(SPREAD, random)));
        }
        Duration doubled = first.multipliedBy(1L << Math.min(failures, 20));
        Duration whole = doubled.compareTo(longest) < 0 ? doubled : longest;
        return Optional.of(whole.minus(part(whole.dividedBy(2), random)));
    }

    private static boolean passing(AtpException trouble) {
        return trouble instanceof XrpcResponseException answer
                ? PASSING.contains(answer.status())
                : trouble instanceof TransportException && trouble.retryable();
    }

    private static Duration part(Duration of, RandomGenerator random) {
        return Duration.ofNanos((long) (of.toNanos() * random.nextDouble()));
    }
}
