// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.http.apache;

import dev.atp4j.time.Time;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * All connections of a transport, each with the moment at which it is closed come what may. One timer serves them all: it
 * is set anew only when a connection gets a moment before its own, so an ordinary exchange sets none.
 *
 * <p>There is no limit to connections: each belongs to a thread that waits for it.
 */
final class ConnectionPool {

    private static final long NEVER = Long.MAX_VALUE;

    private final Time time;
    private final long origin;

    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Connection> open = new HashSet<>();
    private final Map<Route, ArrayDeque<Connection>> idle = new HashMap<>();
    private long alarm = NEVER;
    private Time.@Nullable Timer timer;
    private boolean closed;

    ConnectionPool(Time time) {
        this.time = time;
        this.origin = time.nanos();
    }

    /** Returns the pool's clock: nanoseconds since it was made. */
    long now() {
        return time.nanos() - origin;
    }

    /** Returns an idle connection that is still good, or null. */
    @Nullable
    Connection lease(Route route, long deadline) {
        while (true) {
            Connection connection = poll(route, deadline);
            if (connection == null || connection.isFit()) {
                return connection;
            }
            discard(connection);
        }
    }

    private @Nullable Connection poll(Route route, long deadline) {
        lock.lock();
        try {
            checkOpen();
            ArrayDeque<Connection> waiting = idle.get(route);
            Connection connection = waiting == null ? null : waiting.pollLast();
            if (connection != null) {
                connection.idle = false;
                limit(connection, deadline);
            }
            return connection;
        } finally {
            lock.unlock();
        }
    }

    /** Returns a connection that has yet to be made. */
    Connection create(Route route, long deadline) {
        var connection = new Connection(route);
        lock.lock();
        try {
            checkOpen();
            open.add(connection);
            limit(connection, deadline);
        } finally {
            lock.unlock();
        }
        return connection;
    }

    /** Takes a connection back for later exchanges, for some time. */
    void release(Connection connection, Duration idleTime) {
        lock.lock();
        try {
            if (open.contains(connection)) {
                connection.idle = true;
                idle.computeIfAbsent(connection.route, route -> new ArrayDeque<>())
                        .addLast(connection);
                limit(connection, now() + idleTime.toNanos());
            }
        } finally {
            lock.unlock();
        }
    }

    /** Closes a connection. */
    void discard(Connection connection) {
        lock.lock();
        try {
            open.remove(connection);
        } finally {
            lock.unlock();
        }
        connection.close();
    }

    /** Closes all connections, and makes every further call fail. */
    void close() {
        List<Connection> all;
        lock.lock();
        try {
            closed = true;
            all = List.copyOf(open);
            open.clear();
            idle.clear();
            if (timer != null) {
                timer.cancel();
            }
        } finally {
            lock.unlock();
        }
        all.forEach(Connection::close);
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the transport is closed");
        }
    }

    private void limit(Connection connection, long until) {
        connection.until = until;
        setAlarm(until);
    }

    private void setAlarm(long moment) {
        if (moment >= alarm) {
            return;
        }
        if (timer != null) {
            timer.cancel();
        }
        alarm = moment;
        timer = time.after(Duration.ofNanos(moment - now()), this::closeExpired);
    }

    private void closeExpired() {
        var expired = new ArrayList<Connection>();
        lock.lock();
        try {
            alarm = NEVER;
            long now = now();
            long next = NEVER;
            for (Iterator<Connection> all = open.iterator(); all.hasNext(); ) {
                Connection connection = all.next();
                if (connection.until > now) {
                    next = Math.min(next, connection.until);
                } else {
                    all.remove();
                    expired.add(connection);
                    ArrayDeque<Connection> waiting = idle.get(connection.route);
                    if (connection.idle && waiting != null) {
                        waiting.remove(connection);
                    }
                }
            }
            idle.values().removeIf(ArrayDeque::isEmpty);
            setAlarm(next);
        } finally {
            lock.unlock();
        }
        expired.forEach(Connection::cut);
    }
}
