// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import dev.atp4j.http.Headers;
import dev.atp4j.session.kernel.Held;
import dev.atp4j.session.kernel.SessionState;
import dev.atp4j.session.kernel.Tokens;
import dev.atp4j.xrpc.XrpcClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * All that a call needs to know of a session, in one immutable piece that is swapped as a whole.
 *
 * @param held what this process holds
 * @param client calls the account's server
 * @param credentials the header fields with the access token
 * @param lifespan from when until when the access token is good, on the monotonic clock; null if that is not known
 * @param since when this process got these tokens, on the monotonic clock
 */
record Live(
        Held held,
        XrpcClient client,
        Headers credentials,
        @Nullable Lifespan lifespan,
        long since) {

    /** Servers tell the time in whole seconds, so a token may seem to come from a moment that is not there yet. */
    private static final Duration ROUNDING = Duration.ofSeconds(2);

    /** From when until when a token is good, in nanoseconds of the monotonic clock. */
    record Lifespan(long from, long until) {

        boolean over(long nanos) {
            return until - nanos <= 0;
        }

        Duration left(long nanos) {
            return Duration.ofNanos(until - nanos);
        }
    }

    SessionState state() {
        return held.state();
    }

    long generation() {
        return held.state().generation();
    }

    boolean active() {
        return held.state().active();
    }

    /** Tells whether the access token is certainly past its time. */
    boolean expired(long nanos) {
        return lifespan != null && lifespan.over(nanos);
    }

    /** Tells whether the access token lasts for some time yet. */
    boolean lasts(Duration time, long nanos) {
        return lifespan != null && lifespan.left(nanos).compareTo(time) > 0;
    }

    /**
     * Works out when an access token runs out. If it came from the store, the times in it may be another machine's, so an
     * age that can't be true is taken for what it is: unknown. Then the server's own answer decides.
     */
    static @Nullable Lifespan lifespan(Tokens tokens, ServerClock clock, long nanos) {
        Duration lifetime = tokens.lifetime();
        if (lifetime == null) {
            return null;
        }
        Duration age = Duration.between(tokens.receivedAt(), clock.now());
        if (age.isNegative() && age.compareTo(ROUNDING.negated()) > 0) {
            age = Duration.ZERO;
        }
        boolean believable = !age.isNegative() && (clock.known() || age.compareTo(lifetime) < 0);
        if (!believable) {
            return null;
        }
        long left = lifetime.minus(age).isNegative() ? 0 : lifetime.minus(age).toNanos();
        return new Lifespan(nanos + left - lifetime.toNanos(), nanos + left);
    }
}
