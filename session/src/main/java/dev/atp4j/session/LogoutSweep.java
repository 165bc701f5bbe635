// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import dev.atp4j.session.kernel.Held;
import dev.atp4j.session.store.SessionKey;
import dev.atp4j.time.Time;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Looks now and then for logouts that no server has confirmed yet, perhaps of processes that are gone, and asks again: soon
 * after the start, and then at intervals. A {@link Sessions} that nobody has any more ends it. Thread-safe.
 */
final class LogoutSweep implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(LogoutSweep.class.getName());

    /** A start is a bad moment for what is not urgent. */
    private static final Duration FIRST = Duration.ofSeconds(10);

    /** How many sessions are read at a time; a store of more is gone through in several sweeps. */
    static final int MOST = 10_000;

    private final Settings settings;
    private final StoredSessions stored;
    private final Duration interval;
    private final ReentrantLock lock = new ReentrantLock();
    private Time.@Nullable Timer timer;
    private boolean closed;

    /** The last session that the sweep before has gone through; null to begin anew. */
    private volatile @Nullable SessionKey passed;

    /**
     * Does nothing yet.
     *
     * @param interval from one sweep to the next; zero for none at all
     */
    LogoutSweep(Settings settings, StoredSessions stored, Duration interval) {
        this.settings = settings;
        this.stored = stored;
        this.interval = interval;
    }

    void start() {
        if (!interval.isZero()) {
            next(FIRST.compareTo(interval) < 0 ? FIRST : interval);
        }
    }

    /** Sets the timer somewhere in the second half of the time, so that those who share a store don't all come at once. */
    private void next(Duration longest) {
        Duration delay =
                longest.minusNanos((long) (longest.toNanos() * settings.random().nextDouble() / 2));
        var self = new WeakReference<>(this);
        lock.lock();
        try {
            if (!closed) {
                timer = settings.time().after(delay, () -> {
                    LogoutSweep awake = self.get();
                    if (awake != null) {
                        awake.settings.executor().execute(awake::sweep);
                    }
                });
            }
        } finally {
            lock.unlock();
        }
    }

    private void sweep() {
        try {
            StoredSessions.Part part =
                    stored.part(passed, MOST, state -> !state.pendingDeletes().isEmpty());
            passed = part.last();
            part.found().forEach(this::finish);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "unfinished logouts are looked for again later", e);
        } finally {
            next(interval);
        }
    }

    private void finish(Held held) {
        var clock = new ServerClock(settings.time());
        if (held.state().deletesPause(clock.now()).isZero()) {
            new Keeper(settings, clock, held, step -> {}).finishDeletesOnce();
        }
    }

    /** Sets no timer any more. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            if (timer != null) {
                timer.cancel();
            }
        } finally {
            lock.unlock();
        }
    }
}
