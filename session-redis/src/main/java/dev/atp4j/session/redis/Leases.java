// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atp4j.session.store.SessionKey;
import dev.atp4j.session.store.SessionStore.Lease;
import dev.atp4j.session.store.TimedLeases;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Gives turns, each a key with a time to live, which Redis counts by its own clock. Thread-safe. */
final class Leases implements AutoCloseable {

    private static final byte[] TIME_TO_LIVE = Redis.bytes(TimedLeases.TIME_TO_LIVE.toMillis());

    private final Redis redis;
    private final Names names;
    private final TimedLeases timed;
    private final RandomGenerator random;

    Leases(Redis redis, Names names, TimedLeases timed, RandomGenerator random) {
        this.redis = redis;
        this.names = names;
        this.timed = timed;
        this.random = random;
    }

    Optional<Lease> take(SessionKey key, Duration wait) {
        // A fence number may come again if Redis loses its newest writes; this does not.
        String owner = Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
        return timed.take(key, wait, () -> tryTo(key, owner));
    }

    private Optional<Named> tryTo(SessionKey key, String owner) {
        byte[] name = names.lease(key);
        long fence = redis.run(
                        "there is no taking turns at " + key,
                        Script.TAKE_LEASE,
                        List.of(name, names.fence()),
                        List.of(owner.getBytes(UTF_8), TIME_TO_LIVE))
                .number();
        return fence == 0 ? Optional.empty() : Optional.of(new Named(key, name, (fence + " " + owner).getBytes(UTF_8)));
    }

    /** Renews no more. */
    @Override
    public void close() {
        timed.close();
    }

    /** A key, and what it holds as long as the turn has not ended. */
    private final class Named implements TimedLeases.Turn {

        private final SessionKey key;
        private final byte[] name;
        private final byte[] value;

        Named(SessionKey key, byte[] name, byte[] value) {
            this.key = key;
            this.name = name;
            this.value = value;
        }

        @Override
        public boolean renew() {
            return redis.run(
                                    "the turn at " + key + " is not renewed",
                                    Script.RENEW_LEASE,
                                    List.of(name),
                                    List.of(TIME_TO_LIVE, value))
                            .number()
                    == 1;
        }

        @Override
        public void end() {
            redis.run("the turn at " + key + " is not ended", Script.END_LEASE, List.of(name), List.of(value));
        }
    }
}
