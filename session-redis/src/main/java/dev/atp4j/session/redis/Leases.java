// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atp4j.session.store.SessionKey;
import dev.atp4j.session.store.SessionStore.Lease;
import dev.atp4j.session.store.StoreException;
import dev.atp4j.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;

/**
 * The turns that one store has. Redis ends each after a time to live, by its own clock; while any is held, one call every two
 * seconds keeps all of them alive.
 */
final class Leases implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Leases.class.getName());

    static final Duration TIME_TO_LIVE = Duration.ofSeconds(8);
    static final Duration RENEWAL = Duration.ofSeconds(2);

    private static final long FIRST_PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 200;
    private static final Duration LONGEST_WAIT = Duration.ofDays(365);

    private static final byte[] TIME_TO_LIVE_MILLIS =
            Long.toString(TIME_TO_LIVE.toMillis()).getBytes(UTF_8);

    private final Redis redis;
    private final Names names;
    private final Time time;
    private final Executor executor;
    private final RandomGenerator random;

    private final Set<Held> all = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean renewing = new AtomicBoolean();
    private volatile boolean closed;

    Leases(Redis redis, Names names, Time time, Executor executor, RandomGenerator random) {
        this.redis = redis;
        this.names = names;
        this.time = time;
        this.executor = executor;
        this.random = random;
    }

    Optional<Lease> take(SessionKey key, Duration wait) throws InterruptedException {
        Duration patience = wait.isNegative() ? Duration.ZERO : wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
        long start = time.nanos();
        // A fence number may come again if Redis loses its newest writes; this does not.
        String owner = Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
        for (long pause = FIRST_PAUSE_MILLIS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS)) {
            Optional<Lease> lease = tryToTake(key, owner);
            Duration left = patience.minusNanos(time.nanos() - start);
            if (lease.isPresent() || left.isNegative() || left.isZero()) {
                return lease;
            }
            Duration next = Duration.ofMillis(random.nextLong(pause / 2, pause + 1));
            Waits.pause(next.compareTo(left) < 0 ? next : left, time);
        }
    }

    private Optional<Lease> tryToTake(SessionKey key, String owner) {
        byte[] name = names.lease(key);
        long sent = time.nanos();
        long fence = redis.run(
                        "there is no taking turns at " + key,
                        Script.TAKE_LEASE,
                        List.of(name, names.fence()),
                        List.of(owner.getBytes(UTF_8), TIME_TO_LIVE_MILLIS))
                .number();
        if (fence == 0) {
            return Optional.empty();
        }
        var held = new Held(key, name, (fence + " " + owner).getBytes(UTF_8), sent);
        all.add(held);
        startToRenew();
        return Optional.of(held);
    }

    private void startToRenew() {
        if (!closed && !all.isEmpty() && renewing.compareAndSet(false, true)) {
            renewLater();
        }
    }

    private void renewLater() {
        time.after(RENEWAL, () -> {
            try {
                executor.execute(this::renew);
            } catch (RejectedExecutionException e) {
                LOG.log(System.Logger.Level.DEBUG, "no thread to renew leases with; tried again later", e);
                renewLater();
            }
        });
    }

    private void renew() {
        try {
            List<Held> now = List.copyOf(all);
            if (!now.isEmpty()) {
                renew(now);
            }
        } catch (StoreException e) {
            LOG.log(System.Logger.Level.DEBUG, "leases could not be renewed", e);
        } finally {
            if (closed || all.isEmpty()) {
                renewing.set(false);
                startToRenew(); // for one that was taken meanwhile
            } else {
                renewLater();
            }
        }
    }

    private void renew(List<Held> now) {
        List<byte[]> keys = new ArrayList<>();
        List<byte[]> arguments = new ArrayList<>();
        arguments.add(TIME_TO_LIVE_MILLIS);
        for (Held held : now) {
            keys.add(held.name);
            arguments.add(held.value);
        }
        long sent = time.nanos();
        List<?> kept = redis.run("leases cannot be renewed", Script.RENEW_LEASES, keys, arguments)
                .list();
        for (int i = 0; i < now.size(); i++) {
            if (kept.get(i).equals(1L)) {
                now.get(i).confirmed = sent;
            } else {
                now.get(i).lose();
            }
        }
    }

    /** Renews no more. What is held ends with its time. */
    @Override
    public void close() {
        closed = true;
    }

    private final class Held implements Lease {

        private final SessionKey key;
        private final byte[] name;
        private final byte[] value;

        /** When the last call was sent that Redis has confirmed: from then at the earliest it counts the time to live. */
        private volatile long confirmed;

        private volatile boolean over;

        Held(SessionKey key, byte[] name, byte[] value, long sent) {
            this.key = key;
            this.name = name;
            this.value = value;
            this.confirmed = sent;
        }

        @Override
        public boolean held() {
            return !over && time.nanos() - confirmed < TIME_TO_LIVE.toNanos();
        }

        void lose() {
            over = true;
            all.remove(this);
        }

        @Override
        public void close() {
            over = true;
            if (!all.remove(this)) {
                return;
            }
            try {
                redis.run("a turn cannot be ended", Script.RELEASE_LEASE, List.of(name), List.of(value));
            } catch (StoreException e) {
                LOG.log(System.Logger.Level.DEBUG, "the turn at " + key + " ends by time, as Redis was not told", e);
            }
        }
    }
}
