// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.store;

import dev.atp4j.session.store.SessionStore.Lease;
import dev.atp4j.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Makes leases of turns that a server ends by its own clock unless they are renewed, for stores on such servers: asks for a
 * turn until it is free, renews it as long as it is held, and knows without asking when it may have been lost. Thread-safe.
 */
public final class TimedLeases implements AutoCloseable {

    /** How long the server is to let a turn live after it has given or renewed it. */
    public static final Duration TIME_TO_LIVE = Duration.ofSeconds(8);

    /** How long after it was given or renewed a turn is renewed again. */
    public static final Duration RENEWED_EVERY = Duration.ofSeconds(2);

    private static final System.Logger LOG = System.getLogger(TimedLeases.class.getName());

    private static final long FIRST_PAUSE_MILLIS = 60;
    private static final long LONGEST_PAUSE_MILLIS = 200;

    private final Time time;
    private final Executor executor;
    private final RandomGenerator random;
    private volatile boolean closed;

    /**
     * A turn that the server has given. A call that may have been heard twice must do what one does, and never touch the turn
     * of a later holder.
     */
    public interface Turn {

        /**
         * Gives the turn its full {@linkplain #TIME_TO_LIVE time to live} again.
         *
         * @return false if it has ended
         * @throws StoreException if the server does not confirm it; it is tried again later
         */
        boolean renew();

        /**
         * Ends the turn, if it has not ended yet.
         *
         * @throws StoreException if the server does not confirm it; then the turn ends by time
         */
        void end();
    }

    /**
     * Makes a store's leases.
     *
     * @param time the clock that pauses and times to live are measured by
     * @param executor where turns are renewed, which may block
     * @param random spreads the pauses of those who wait; thread-safe
     */
    public TimedLeases(Time time, Executor executor, RandomGenerator random) {
        this.time = time;
        this.executor = executor;
        this.random = random;
    }

    /**
     * Asks for a turn again and again, after pauses that grow from 60 to 200 milliseconds, until it is given or the wait is
     * over.
     *
     * @param key the session, for messages
     * @param wait how long to go on asking; zero or less to ask once
     * @param take asks the server once, which gives a turn or, if somebody else has it, none
     * @return the lease, or empty if the turn was not given in time
     * @throws StoreException what {@code take} throws; or of kind {@link StoreException.Kind#INTERRUPTED} if the thread was
     *     interrupted while it paused
     */
    public Optional<Lease> take(SessionKey key, Duration wait, Supplier<Optional<? extends Turn>> take) {
        long started = time.nanos();
        Duration patience = Turns.bounded(wait);
        for (long pause = FIRST_PAUSE_MILLIS; ; pause = Math.min(pause * 3 / 2, LONGEST_PAUSE_MILLIS)) {
            var sent = Moment.of(time);
            Optional<? extends Turn> turn = take.get();
            if (turn.isPresent()) {
                var held = new Held(key, turn.get(), sent);
                held.renewLater();
                return Optional.of(held);
            }
            Duration left = patience.minusNanos(time.nanos() - started);
            if (left.isNegative() || left.isZero()) {
                return Optional.empty();
            }
            Duration jittered = Duration.ofMillis(random.nextLong(pause / 2, pause + 1));
            if (jittered.compareTo(left) >= 0) {
                // Whoever waits on asks again at once: asking here too would double the server's work.
                pause(key, left);
                return Optional.empty();
            }
            pause(key, jittered);
        }
    }

    private void pause(SessionKey key, Duration length) {
        var over = new CompletableFuture<Boolean>();
        Time.Timer timer = time.after(length, () -> over.complete(true));
        try {
            over.get();
        } catch (InterruptedException e) {
            throw StoreException.interrupted(key, e);
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        } finally {
            timer.cancel();
        }
    }

    /** Renews no more. What is held ends with its time, if nobody ends it before. */
    @Override
    public void close() {
        closed = true;
    }

    /** A moment by both clocks: the monotonic one may stand still while a machine sleeps, and the other one may jump. */
    private record Moment(long nanos, Instant wall) {

        static Moment of(Time time) {
            return new Moment(time.nanos(), time.now());
        }

        /** Tells whether so much time has certainly not passed since. */
        boolean within(Duration time, Moment now) {
            return now.nanos - nanos < time.toNanos()
                    && Duration.between(wall, now.wall).compareTo(time) < 0;
        }
    }

    private final class Held implements Lease {

        private final SessionKey key;
        private final Turn turn;

        /** When the last call was sent that the server has confirmed: from then at the earliest it counts the time to live. */
        private volatile Moment confirmed;

        private volatile boolean over;
        private volatile Time.Timer timer = () -> {};

        Held(SessionKey key, Turn turn, Moment sent) {
            this.key = key;
            this.turn = turn;
            this.confirmed = sent;
        }

        @Override
        public boolean held() {
            return !over && confirmed.within(TIME_TO_LIVE, Moment.of(time));
        }

        void renewLater() {
            timer = time.after(RENEWED_EVERY, this::startToRenew);
            if (over) {
                timer.cancel();
            }
        }

        private void startToRenew() {
            try {
                executor.execute(this::renew);
            } catch (RejectedExecutionException e) {
                LOG.log(
                        System.Logger.Level.DEBUG,
                        "no thread to renew the turn at " + key + " with; tried again later",
                        e);
                renewLater();
            }
        }

        private void renew() {
            if (closed || !held()) {
                return; // Somebody else may have it by now, and its holder may have been told so.
            }
            var sent = Moment.of(time);
            try {
                if (!turn.renew()) {
                    over = true;
                } else if (held()) {
                    confirmed = sent;
                }
            } catch (StoreException e) {
                LOG.log(System.Logger.Level.DEBUG, "the turn at {0} may end before its time: {1}", key, e.getMessage());
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
                turn.end();
            } catch (StoreException e) {
                LOG.log(System.Logger.Level.DEBUG, "the turn at {0} ends by time: {1}", key, e.getMessage());
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
