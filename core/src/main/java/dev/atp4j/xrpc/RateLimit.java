// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.xrpc;

import dev.atp4j.http.Headers;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A server's statement of how often it may be called ({@code RateLimit-*}).
 *
 * @param limit how many calls the window allows
 * @param remaining how many of them are left
 * @param reset when the window ends, by the server's clock, or null if not stated
 * @param policy the policy as stated, such as {@code 30;w=300}, or null
 */
public record RateLimit(
        OptionalLong limit,
        OptionalLong remaining,
        @Nullable Instant reset,
        @Nullable String policy) {

    /** Smaller numbers of seconds are no moment of these times, but a span, which the AT Protocol does not send here. */
    private static final long PLAUSIBLE_MOMENT = 1_000_000_000;

    private static final int POLICY = 100;

    /** Reads what is readable of an answer's header fields. */
    static Optional<RateLimit> of(Headers headers) {
        OptionalLong limit = number(headers, "ratelimit-limit");
        OptionalLong remaining = number(headers, "ratelimit-remaining");
        OptionalLong reset = number(headers, "ratelimit-reset");
        String policy = headers.first("ratelimit-policy")
                .map(text -> ServerText.clean(text, POLICY))
                .orElse(null);
        if (limit.isEmpty() && remaining.isEmpty() && reset.isEmpty() && policy == null) {
            return Optional.empty();
        }
        Instant moment = reset.isPresent() && reset.getAsLong() >= PLAUSIBLE_MOMENT
                ? Instant.ofEpochSecond(reset.getAsLong())
                : null;
        return Optional.of(new RateLimit(limit, remaining, moment, policy));
    }

    private static OptionalLong number(Headers headers, String name) {
        return headers.first(name).map(RateLimit::number).orElse(OptionalLong.empty());
    }

    /** Reads a number of at most ten digits, which is enough for the seconds of any sensible moment or span. */
    static OptionalLong number(String text) {
        String digits = text.strip();
        if (digits.isEmpty() || digits.length() > 10) {
            return OptionalLong.empty();
        }
        long number = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9') {
                return OptionalLong.empty();
            }
            number = 10 * number + c - '0';
        }
        return OptionalLong.of(number);
    }
}
