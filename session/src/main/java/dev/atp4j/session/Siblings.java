// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import dev.atp4j.session.store.SessionKey;
import dev.atp4j.session.store.SessionStore;
import dev.atp4j.session.store.StoreException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Listens to what others write to the store, and has the sessions here look at it, so that they adopt it before they fail.
 * Sessions work without: what is not told is found out when it is needed. Thread-safe.
 */
final class Siblings implements SessionStore.Watcher, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Siblings.class.getName());

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final int MOST_DOUBLINGS = 8;

    private final Settings settings;
    private final Roster roster;
    private final AtomicBoolean opened = new AtomicBoolean();

    /** What has been told and not looked at; one task at a time looks, since many changes may come at once. */
    private final Queue<Keeper> waiting = new ConcurrentLinkedQueue<>();

    private final AtomicBoolean looking = new AtomicBoolean();

    private final ReentrantLock lock = new ReentrantLock();
    private SessionStore.@Nullable Watch watch;
    private boolean closed;

    Siblings(Settings settings, Roster roster) {
        this.settings = settings;
        this.roster = roster;
    }

    /** Begins to listen, unless that was done before. Never throws: a store that is down is tried again later. */
    void listen() {
        if (!opened.getAndSet(true)) {
            listen(0);
        }
    }

    private void listen(int failures) {
        try {
            keep(settings.store().watch(this));
        } catch (RuntimeException e) {
            Duration full = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
            Duration pause =
                    full.minusNanos((long) (full.toNanos() * settings.random().nextDouble() / 2));
            LOG.log(
                    failures == 0 ? System.Logger.Level.WARNING : System.Logger.Level.DEBUG,
                    "the session store can''t be watched ({0}); sessions go on without, and it is tried again in {1}",
                    e instanceof StoreException ? e.getMessage() : e.getClass().getName(),
                    pause);
            settings.time().after(pause, () -> settings.executor().execute(() -> listenAgain(failures + 1)));
            return;
        }
        if (failures > 0) {
            missed();
        }
    }

    private void listenAgain(int failures) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
        } finally {
            lock.unlock();
        }
        listen(failures);
    }

    private void keep(SessionStore.Watch begun) {
        lock.lock();
        try {
            if (!closed) {
                watch = begun;
                return;
            }
        } finally {
            lock.unlock();
        }
        begun.close();
    }

    @Override
    public void changed(SessionKey key, long version) {
        roster.each(key, session -> told(session.keeper(), version));
        look();
    }

    @Override
    public void missed() {
        roster.each(session -> told(session.keeper(), 0));
        look();
    }

    private void told(Keeper keeper, long version) {
        if (keeper.told(version)) {
            waiting.add(keeper);
        }
    }

    private void look() {
        if (!waiting.isEmpty() && looking.compareAndSet(false, true)) {
            try {
                settings.executor().execute(this::lookAtAll);
            } catch (RuntimeException | Error e) {
                looking.set(false);
                LOG.log(System.Logger.Level.WARNING, "changes in the session store are looked at later", e);
            }
        }
    }

    private void lookAtAll() {
        try {
            for (Keeper keeper = waiting.poll(); keeper != null; keeper = waiting.poll()) {
                keeper.look();
            }
        } finally {
            looking.set(false);
            look();
        }
    }

    @Override
    public void close() {
        SessionStore.Watch open;
        lock.lock();
        try {
            closed = true;
            open = watch;
            watch = null;
        } finally {
            lock.unlock();
        }
        if (open != null) {
            open.close();
        }
    }
}
