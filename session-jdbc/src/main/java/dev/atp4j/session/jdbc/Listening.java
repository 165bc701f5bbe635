// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.jdbc;

import dev.atp4j.session.store.SessionStore.Watch;
import dev.atp4j.session.store.SessionStore.Watcher;
import dev.atp4j.time.Time;
import java.sql.Connection;
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

    private static final int LONGEST_ANSWER = 5_000;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Connections connections;
    private final String channel;
    private final Time time;
    private final RandomGenerator random;
    private final Watchers watchers = new Watchers();

    /** Guards {@link #listener}. */
    private final ReentrantLock lock = new ReentrantLock();

    private @Nullable Listener listener;

    Listening(Connections connections, String channel, Time time, RandomGenerator random) {
        this.connections = connections;
        this.channel = channel;
        this.time = time;
        this.random = random;
    }

    @Override
    public Watch watch(Watcher watcher) {
        watchers.add(watcher);
        try {
            if (!isListening()) {
                start(new Listener(connect()));
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

    /** Connecting takes time, so that another watcher may have been quicker. */
    private void start(Listener next) {
        boolean first;
        lock.lock();
        try {
            first = listener == null;
            if (first) {
                listener = next;
            }
        } finally {
            lock.unlock();
        }
        if (first) {
            var thread = new Thread(next, "atp4j-listen-" + channel);
            thread.setDaemon(true);
            thread.start();
        } else {
            next.leave();
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

    private Connection connect() throws SQLException {
        Connection connection = connections.take();
        try {
            if (!Notices.comeOver(connection)) {
                throw new SQLException(
                        "the driver of these connections ("
                                + connection.getClass().getName() + ") cannot tell of changes; use that of PostgreSQL",
                        "0A000");
            }
            connection.setAutoCommit(true);
            Database.execute(connection, "LISTEN \"" + channel + "\"");
            return connection;
        } catch (SQLException e) {
            giveBack(connection);
            throw e;
        }
    }

    /** The next who gets it from the pool must not hear what was meant for us. */
    private void giveBack(Connection connection) {
        try {
            try {
                Database.execute(connection, "UNLISTEN *");
            } finally {
                connections.give(connection);
            }
        } catch (SQLException e) {
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "a connection is lost: {0}",
                    Faults.scrubbed(e).getMessage());
        }
    }

    private final class Listener implements Runnable {

        /** Confined to the thread, once that has started. */
        private @Nullable Connection connection;

        private final CompletableFuture<Boolean> stopped = new CompletableFuture<>();

        Listener(Connection connection) {
            this.connection = connection;
        }

        void stop() {
            stopped.complete(true);
        }

        @Override
        public void run() {
            Duration pause = FIRST_PAUSE;
            while (!stopped.isDone()) {
                try {
                    if (connection == null) {
                        connection = connect();
                        pause = FIRST_PAUSE;
                        watchers.missed();
                    }
                    listen(connection);
                } catch (SQLException | RuntimeException e) {
                    LOG.log(System.Logger.Level.DEBUG, "changes are not heard of for the moment: {0}", told(e));
                    leave();
                    pause(pause);
                    pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
                }
            }
            leave();
        }

        private void listen(Connection connection) throws SQLException {
            long heard = time.nanos();
            while (!stopped.isDone()) {
                for (String notice : Notices.await(connection, LONGEST_LOOK)) {
                    heard = time.nanos();
                    tell(notice);
                }
                if (time.nanos() - heard > SIGN_OF_LIFE.toNanos()) {
                    Database.requireAlive(connection, LONGEST_ANSWER);
                    heard = time.nanos();
                }
            }
        }

        void leave() {
            if (connection != null) {
                giveBack(connection);
                connection = null;
            }
        }

        private void pause(Duration length) {
            long millis = length.toMillis();
            var over = new CompletableFuture<Boolean>();
            Time.Timer timer =
                    time.after(Duration.ofMillis(random.nextLong(millis / 2, millis + 1)), () -> over.complete(true));
            CompletableFuture.anyOf(over, stopped).join();
            timer.cancel();
        }
    }

    private static String told(Exception e) {
        return e instanceof SQLException s ? String.valueOf(Faults.scrubbed(s).getMessage()) : e.toString();
    }

    /** Tells a notice of the form {@code did#slot version}. What others send on the channel means nothing. */
    private void tell(String notice) {
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
