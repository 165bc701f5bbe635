// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds.server;

import dev.atp4j.http.Headers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts calls in fixed windows that start with their first call. Guarded by the lock of the box. */
final class RateLimiter {

    private final Map<String, Window> windows = new HashMap<>();

    /**
     * A rule.
     *
     * @param name what it is called; rules of one name share their counts
     * @param points how many points a window allows
     * @param window how long a window lasts
     */
    record Rule(String name, int points, Duration window) {}

    /**
     * What a call costs under a rule.
     *
     * @param rule the rule
     * @param key whose count it is
     * @param points how much
     */
    record Charge(Rule rule, String key, int points) {}

    /**
     * How a count stands.
     *
     * @param rule the rule
     * @param remaining how many points are left
     * @param left how long the window still lasts
     * @param exceeded whether the call is one too many
     */
    record Status(Rule rule, int remaining, Duration left, boolean exceeded) {

        /** Returns what the client is told. */
        Headers headers(Instant now) {
            Headers headers = Headers.of("ratelimit-limit", Integer.toString(rule.points()))
                    .plus("ratelimit-reset", Long.toString(now.plus(left).getEpochSecond()))
                    .plus("ratelimit-remaining", Integer.toString(remaining))
                    .plus(
                            "ratelimit-policy",
                            rule.points() + ";w=" + rule.window().toSeconds());
            long seconds = left.plusSeconds(1).minusNanos(1).toSeconds();
            return exceeded ? headers.plus("retry-after", Long.toString(seconds)) : headers;
        }
    }

    /** A count. */
    private static final class Window {
        final Instant end;
        int consumed;

        Window(Instant end) {
            this.end = end;
        }
    }

    /** Charges a call and returns the tightest count: the first that is exceeded, else the one with the least left. */
    @Nullable
    Status consume(List<Charge> charges, Instant now) {
        Status tightest = null;
        for (Charge charge : charges) {
            Status status = consume(charge, now);
            if (tightest == null
                    || !tightest.exceeded() && (status.exceeded() || status.remaining() < tightest.remaining())) {
                tightest = status;
            }
        }
        return tightest;
    }

    private Status consume(Charge charge, Instant now) {
        Rule rule = charge.rule();
        Window window = windows.compute(
                rule.name() + " " + charge.key(),
                (key, open) -> open != null && open.end.isAfter(now) ? open : new Window(now.plus(rule.window())));
        window.consumed += charge.points();
        int remaining = Math.max(0, rule.points() - window.consumed);
        return new Status(rule, remaining, Duration.between(now, window.end), window.consumed > rule.points());
    }
}
