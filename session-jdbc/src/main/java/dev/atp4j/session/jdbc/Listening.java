// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.jdbc;

import dev.atp4j.session.store.SessionStore.Watch;
import dev.atp4j.session.store.SessionStore.Watcher;
import dev.atp4j.time.Time;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Listens, on a connection and a thread of its own, to what PostgreSQL tells of changes, as long as somebody watches. After
 * each loss of the connection the watchers are told that they may have missed something.
 */
final class Listening implements Changes {

    private static final System.Logger LOG = System.getLogger(Listening.class.getName());

    /** How long a thread may go on that is no longer wanted. */
    private static final int LONGEST_LOOK = 250;

    /** So often a silent connection is asked for a sign of life. */
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(5);

    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    private final Connections connections;
    private final Telling telling;
    private final String channel;
    private final Time time;
    private final RandomGenerator random;
    private final Watchers watchers = new Watchers();

    /** Guards {@link #listener}. */
    private final ReentrantLock lock = new ReentrantLock();

    private @Nullable Listener listener;

    Listening(Connections connections, Telling telling, String channel, Time time, RandomGenerator random) {
        this.connections = connections;
        this.telling = telling;
        this.channel = channel;
        this.time = time;
        this.random = random;
    }

    @Override
    public Watch watch(Watcher watcher) {
        watchers.add(watcher);
        try {
            if (!isListening()) {
                start(Line.to(connections, channel));
            }
        } catch (SQLException e) {
            watchers.remove(watcher);
            throw Faults.unavailable("changes cannot be watched", e);
        }
        return () -> {
            watchers.remove(watcher);
            stopUnlessWatched();
        };
    }

    @Override
    public void close() {
        telling.close();
        watchers.clear();
        stopUnlessWatched();
    }

    private boolean isListening() {
        lock.lock();
        try {
            return listener != null;
        } finally {
            lock.unlock();
        }
    }

    private void start(Line line) throws SQLException {
        boolean hears = line.hears();
        if (!hears) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "changes are not told: only the driver of the PostgreSQL project hears of them; this is {0}",
                    line.connection().getMetaData().getDriverName());
        }
        var next = new Listener(line);
        if (hears && isFirst(next)) {
            var thread = new Thread(next, "atp4j-listen-" + channel);
            thread.setDaemon(true);
            thread.start();
        } else {
            line.leave();
        }
    }

    /** Connecting takes time: another watcher may have been quicker, and this one may have gone. */
    private boolean isFirst(Listener next) {
        lock.lock();
        try {
            boolean first = listener == null && !watchers.isEmpty();
            listener = first ? next : listener;
            return first;
        } finally {
            lock.unlock();
        }
    }

    private void stopUnlessWatched() {
        lock.lock();
        try {
            if (listener != null && watchers.isEmpty()) {
                listener.stop();
                listener = null;
            }
        } finally {
            lock.unlock();
        }
    }

    private final class Listener implements Runnable {

        /** Confined to the thread. */
        private @Nullable Line line;

        private final CompletableFuture<Boolean> stopped = new CompletableFuture<>();

        Listener(Line line) {
            this.line = line;
        }

        void stop() {
            stopped.complete(true);
        }

        @Override
        public void run() {
            long pause = FIRST_PAUSE_MILLIS;
            while (!stopped.isDone()) {
                try {
                    if (line == null) {
                        line = Line.to(connections, channel);
                        pause = FIRST_PAUSE_MILLIS;
                        watchers.missed();
                    }
                    listen(line);
                } catch (SQLException | RuntimeException e) {
                    LOG.log(System.Logger.Level.DEBUG, "changes are not heard of for the moment: {0}", Faults.told(e));
                    leave();
                    pause(random.nextLong(pause / 2, pause + 1));
                    pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
                }
            }
            leave();
        }

        private void listen(Line line) throws SQLException {
            long heard = time.nanos();
            while (!stopped.isDone()) {
                for (String notice : line.await(LONGEST_LOOK)) {
                    heard = time.nanos();
                    tell(notice);
                }
                if (time.nanos() - heard > SIGN_OF_LIFE.toNanos()) {
                    line.requireAlive();
                    heard = time.nanos();
                }
            }
        }

        private void leave() {
            if (line != null) {
                line.leave();
                line = null;
            }
        }

        private void pause(long millis) {
            var over = new CompletableFuture<Boolean>();
            Time.Timer timer = time.after(Duration.ofMillis(millis), () -> over.complete(true));
            CompletableFuture.anyOf(over, stopped).join();
            timer.cancel();
        }
    }

    /** Tells a notice of the form {@code did#slot version}. What others send on the channel means nothing. */
    private void tell(String notice) {
        if (notice.equals(Telling.MISSED)) {
            watchers.missed();
            return;
        }
        int hash = notice.indexOf('#');
        int space = notice.lastIndexOf(' ');
        if (hash < 0 || space < hash) {
            return;
        }
        try {
            long version = Long.parseLong(notice.substring(space + 1));
            Records.key(notice.substring(0, hash), notice.substring(hash + 1, space))
                    .ifPresent(key -> watchers.changed(key, version));
        } catch (NumberFormatException e) {
            LOG.log(System.Logger.Level.DEBUG, "a notice that is none of ours");
        }
    }
}
