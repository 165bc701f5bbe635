// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells a session's listeners what happened: one event after the other, in order, on the executor, outside every lock.
 * Thread-safe.
 */
final class Listeners {

    private static final System.Logger LOG = System.getLogger(Listeners.class.getName());

    private static final CompletableFuture<Void> QUIET = CompletableFuture.completedFuture(null);

    private final List<SessionListener> listeners;
    private final Executor executor;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Queue<Consumer<SessionListener>> waiting;
    private boolean telling;
    private volatile @Nullable Thread teller;
    private CompletableFuture<Void> quiet = QUIET;

    /** What a session has that nobody listens to. */
    private static final Listeners NONE = new Listeners(List.of(), Runnable::run);

    static Listeners of(List<SessionListener> listeners, Executor executor) {
        return listeners.isEmpty() ? NONE : new Listeners(listeners, executor);
    }

    private Listeners(List<SessionListener> listeners, Executor executor) {
        this.listeners = listeners;
        this.executor = executor;
    }

    /** Puts an event behind those that are waiting. */
    void tell(Consumer<SessionListener> event) {
        if (listeners.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            if (waiting == null) {
                waiting = new ArrayDeque<>();
            }
            waiting.add(event);
            if (telling) {
                return;
            }
            telling = true;
            quiet = new CompletableFuture<>();
        } finally {
            lock.unlock();
        }
        try {
            executor.execute(this::tellAll);
        } catch (RuntimeException | Error e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "session listeners could not be told; they will be with the next event",
                    e);
            lock.lock();
            try {
                telling = false;
                quiet.complete(null);
            } finally {
                lock.unlock();
            }
        }
    }

    /** Returns what completes when every event so far has been told; a listener that asks need not wait for itself. */
    CompletableFuture<Void> quiet() {
        if (Thread.currentThread().equals(teller)) {
            return QUIET;
        }
        lock.lock();
        try {
            return quiet;
        } finally {
            lock.unlock();
        }
    }

    private void tellAll() {
        while (true) {
            Consumer<SessionListener> event;
            lock.lock();
            try {
                event = waiting == null ? null : waiting.poll();
                if (event == null) {
                    telling = false;
                    quiet.complete(null);
                    return;
                }
            } finally {
                lock.unlock();
            }
            teller = Thread.currentThread();
            for (SessionListener listener : listeners) {
                try {
                    event.accept(listener);
                } catch (RuntimeException | Error e) {
                    LOG.log(System.Logger.Level.WARNING, "a session listener failed; the session goes on", e);
                }
            }
            teller = null;
        }
    }
}
