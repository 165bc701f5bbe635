// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atp4j.session.store.SessionStore.Watch;
import dev.atp4j.session.store.SessionStore.Watcher;
import dev.atp4j.session.store.StoreException;
import dev.atp4j.time.Time;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import redis.clients.jedis.BinaryJedisPubSub;
import redis.clients.jedis.exceptions.JedisException;

/** Tells a store's watchers what Redis publishes: one subscription for all of them, made anew whenever it breaks. */
final class Watches implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Watches.class.getName());

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration BEAT = Duration.ofSeconds(5);
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    private final Redis redis;
    private final Names names;
    private final Time time;
    private final Executor executor;
    private final RandomGenerator random;

    private final CopyOnWriteArrayList<Registered> watchers = new CopyOnWriteArrayList<>();
    private final AtomicBoolean started = new AtomicBoolean();
    private final CompletableFuture<Boolean> closed = new CompletableFuture<>();
    private volatile Subscription current = new Subscription(false);

    Watches(Redis redis, Names names, Time time, Executor executor, RandomGenerator random) {
        this.redis = redis;
        this.names = names;
        this.time = time;
        this.executor = executor;
        this.random = random;
    }

    /** Adds a watcher, and returns when nothing can escape it any more. */
    Watch watch(Watcher watcher) throws InterruptedException {
        var registered = new Registered(watcher);
        watchers.add(registered);
        if (!closed.isDone() && started.compareAndSet(false, true)) {
            var thread = new Thread(this::listen, "atp4j-redis-watch");
            thread.setDaemon(true);
            thread.start();
        }
        CompletableFuture<Boolean> up = current.up;
        boolean watching = false;
        try {
            await(CompletableFuture.anyOf(up, closed), PATIENCE);
            watching = up.isDone() && !up.isCompletedExceptionally() && !closed.isDone();
        } finally {
            if (!watching) {
                registered.close();
            }
        }
        if (!watching) {
            throw new StoreException(
                    StoreException.Kind.UNAVAILABLE,
                    "changes cannot be watched: Redis cannot be reached, or the store is closed",
                    null);
        }
        return registered;
    }

    private void listen() {
        boolean gap = false;
        long pause = FIRST_PAUSE_MILLIS;
        while (!closed.isDone()) {
            Subscription mine = current;
            try {
                redis.listen(mine, names.channel());
            } catch (StoreException e) {
                LOG.log(System.Logger.Level.DEBUG, "a watch has ended, and is begun anew", e);
            }
            if (mine.hasBeenUp()) {
                gap = true;
                pause = FIRST_PAUSE_MILLIS;
            }
            current = new Subscription(gap);
            try {
                await(closed, Duration.ofMillis(random.nextLong(pause / 2, pause + 1)));
            } catch (InterruptedException e) {
                return; // The thread is nobody's but ours, so this is the end of the program.
            }
            pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        }
    }

    /** Waits for an event, which may come as a failure, or until the time is over. */
    private void await(CompletableFuture<?> event, Duration most) throws InterruptedException {
        var over = new CompletableFuture<Boolean>();
        Time.Timer timer = time.after(most, () -> over.complete(true));
        try {
            CompletableFuture.anyOf(event, over).get();
        } catch (ExecutionException e) {
            // The event was a failure, and it has come. Who waits looks at it.
        } finally {
            timer.cancel();
        }
    }

    private void tell(Consumer<Watcher> news) {
        for (Registered registered : watchers) {
            try {
                news.accept(registered.watcher);
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "a watcher has failed", e);
            }
        }
    }

    @Override
    public void close() {
        closed.complete(true);
        watchers.clear();
        current.end();
    }

    private final class Registered implements Watch {

        private final Watcher watcher;

        Registered(Watcher watcher) {
            this.watcher = watcher;
        }

        @Override
        public void close() {
            watchers.remove(this);
        }
    }

    private final class Subscription extends BinaryJedisPubSub {

        private final boolean afterGap;

        /** Done when the subscription stands, or has failed. */
        private final CompletableFuture<Boolean> up = new CompletableFuture<>();

        private volatile long heard;

        Subscription(boolean afterGap) {
            this.afterGap = afterGap;
        }

        /** Asked when it is over. */
        boolean hasBeenUp() {
            return !up.completeExceptionally(new JedisException("never subscribed"));
        }

        @Override
        public void onSubscribe(byte[] channel, int channels) {
            heard = time.nanos();
            up.complete(true);
            if (closed.isDone()) {
                end();
                return;
            }
            beatLater();
            if (afterGap) {
                tell(Watcher::missed);
            }
        }

        @Override
        public void onMessage(byte[] channel, byte[] message) {
            heard = time.nanos();
            String text = new String(message, UTF_8);
            int end = text.indexOf(' ');
            try {
                long version = Long.parseLong(text.substring(0, Math.max(0, end)));
                Names.parse(Arrays.copyOfRange(message, end + 1, message.length))
                        .ifPresent(key -> tell(watcher -> watcher.changed(key, version)));
            } catch (NumberFormatException e) {
                LOG.log(System.Logger.Level.DEBUG, "a message of somebody else's was left unread");
            }
        }

        @Override
        public void onPong(byte[] pattern) {
            heard = time.nanos();
        }

        private void beatLater() {
            time.after(BEAT, () -> executor.execute(this::beat));
        }

        /** Shows whether anybody is there: without news, a dead connection looks like a quiet one. */
        private void beat() {
            if (closed.isDone() || current != this) {
                return;
            }
            if (time.nanos() - heard > Redis.SILENCE.toNanos()) {
                // The client would have given up by now if it had been told to; until it does, watchers have to look.
                tell(Watcher::missed);
            }
            try {
                ping();
            } catch (JedisException e) {
                LOG.log(System.Logger.Level.DEBUG, "a watch's connection is broken, as its reader will see", e);
            }
            beatLater();
        }

        void end() {
            try {
                if (isSubscribed()) {
                    unsubscribe();
                }
            } catch (JedisException e) {
                LOG.log(System.Logger.Level.DEBUG, "a watch's connection was broken before it was closed", e);
            }
        }
    }
}
