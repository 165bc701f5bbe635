// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.jdbc;

import dev.atp4j.session.store.SessionKey;
import dev.atp4j.session.store.SessionStore.Lease;
import dev.atp4j.session.store.StoreException;
import dev.atp4j.time.Time;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * Gives turns, each a row that says whose the turn is and until when by the database's clock. Whoever has it moves that
 * moment on, so that the turn of one who dies ends by itself. Thread-safe.
 */
final class Leases {

    static final Duration TIME_TO_LIVE = Duration.ofSeconds(8);

    static final Duration RENEWED_EVERY = Duration.ofSeconds(2);

    private static final Duration LONGEST_WAIT = Duration.ofDays(365);

    private static final long FIRST_PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 200;

    /**
     * A turn is free when its time is over. One that ends later than any that is given now comes from a clock that was put
     * back since, and is free too. What one asks for twice, because the answer was lost, he gets.
     */
    private static final String TAKE = """
            INSERT INTO {t}leases AS held (did, slot, owner, fence, until)
            VALUES (?, ?, ?, 1, {later})
            ON CONFLICT (did, slot) DO UPDATE
            SET owner = excluded.owner, fence = held.fence + 1, until = {later}
            WHERE held.until <= {now} OR held.until > {later} OR held.owner = excluded.owner
            RETURNING fence""";

    private static final String RENEW = """
            UPDATE {t}leases
            SET until = {later}
            WHERE did = ? AND slot = ? AND owner = ? AND fence = ? AND until > {now}""";

    private static final String END = """
            UPDATE {t}leases
            SET until = {now}
            WHERE did = ? AND slot = ? AND owner = ? AND fence = ? AND until > {now}""";

    private final Database database;
    private final Time time;
    private final Executor executor;
    private final RandomGenerator random;
    private final String take;
    private final String renew;
    private final String end;

    Leases(Database database, Sql sql, Time time, Executor executor, RandomGenerator random) {
        this.database = database;
        this.time = time;
        this.executor = executor;
        this.random = random;
        this.take = sql.of(TAKE);
        this.renew = sql.of(RENEW);
        this.end = sql.of(END);
    }

    /** Asks again and again, with pauses that grow, until the turn is free or the wait is over. */
    Optional<Lease> take(SessionKey key, Duration wait) {
        long started = time.nanos();
        Duration patience = wait.isNegative() ? Duration.ZERO : wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
        String owner = UUID.randomUUID().toString();
        for (long pause = FIRST_PAUSE_MILLIS; ; pause = Math.min(pause * 3 / 2, LONGEST_PAUSE_MILLIS)) {
            Optional<Lease> taken = tryTo(key, owner);
            Duration left = patience.minusNanos(time.nanos() - started);
            if (taken.isPresent() || left.isNegative() || left.isZero()) {
                return taken;
            }
            Duration jittered = Duration.ofMillis(random.nextLong(pause / 2, pause + 1));
            pause(key, jittered.compareTo(left) < 0 ? jittered : left);
        }
    }

    private Optional<Lease> tryTo(SessionKey key, String owner) {
        long sent = time.nanos();
        long millis = TIME_TO_LIVE.toMillis();
        List<Long> fence = database.repeatable(
                "there is no waiting for a turn at " + key,
                connection -> Database.rows(
                        connection,
                        take,
                        row -> row.getLong("fence"),
                        key.did().value(),
                        key.slot(),
                        owner,
                        millis,
                        millis,
                        millis));
        if (fence.isEmpty()) {
            return Optional.empty();
        }
        var turn = new TimedLease(new Held(key, owner, fence.get(0)), sent);
        turn.renewLater();
        return Optional.of(turn);
    }

    private void pause(SessionKey key, Duration length) {
        var over = new CompletableFuture<Boolean>();
        Time.Timer timer = time.after(length, () -> over.complete(true));
        try {
            over.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(
                    StoreException.Kind.INTERRUPTED, "interrupted while waiting for a turn at " + key, e);
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        } finally {
            timer.cancel();
        }
    }

    /** A row that somebody has. The fence grows with each holder, so that nobody takes another's turn for his own. */
    private record Held(SessionKey key, String owner, long fence) {}

    private final class TimedLease implements Lease {

        private static final System.Logger LOG = System.getLogger(Leases.class.getName());

        private final Held row;

        /** When the last statement was sent that the database has confirmed, on the monotonic clock. */
        private volatile long confirmed;

        private volatile boolean over;
        private volatile Time.Timer timer = () -> {};

        TimedLease(Held row, long sent) {
            this.row = row;
            this.confirmed = sent;
        }

        @Override
        public boolean held() {
            return !over && time.nanos() - confirmed < TIME_TO_LIVE.toNanos();
        }

        void renewLater() {
            timer = time.after(RENEWED_EVERY, () -> executor.execute(this::renew));
            if (over) {
                timer.cancel();
            }
        }

        private void renew() {
            if (!held()) {
                return; // Somebody else may have it by now, and its holder may have been told so.
            }
            long sent = time.nanos();
            try {
                int rows = database.repeatable(
                        "the turn at " + row.key() + " is not renewed",
                        connection -> Database.write(
                                connection, renew, TIME_TO_LIVE.toMillis(), did(), slot(), row.owner(), row.fence()));
                if (rows == 0) {
                    over = true;
                } else if (held()) {
                    confirmed = sent;
                }
            } catch (StoreException e) {
                LOG.log(System.Logger.Level.DEBUG, "a turn may end before its time: {0}", e.getMessage());
            }
            renewLater();
        }

        @Override
        public void close() {
            if (over) {
                return;
            }
            over = true;
            timer.cancel();
            boolean interrupted = Thread.interrupted();
            try {
                database.repeatable(
                        "the turn at " + row.key() + " is not ended",
                        connection -> Database.write(connection, end, did(), slot(), row.owner(), row.fence()));
            } catch (StoreException e) {
                LOG.log(System.Logger.Level.DEBUG, "a turn ends by time: {0}", e.getMessage());
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        private String did() {
            return row.key().did().value();
        }

        private String slot() {
            return row.key().slot();
        }
    }
}
