// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import dev.atp4j.session.store.SessionKey;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Sessions that were loaded because somebody used their account, kept until nobody has for a while. One timer serves them
 * all, and there is none when nothing is kept. Thread-safe.
 */
final class Accounts implements AutoCloseable {

    /** A session is dropped this part of the idle time late at the most. */
    private static final int LATE_PART = 4;

    private final Settings settings;
    private final Duration idle;
    private final Function<SessionKey, PasswordSession> load;
    private final ConcurrentHashMap<SessionKey, PasswordSession> kept = new ConcurrentHashMap<>();
    private final AtomicBoolean timing = new AtomicBoolean();
    private volatile boolean closed;

    /**
     * Keeps nothing yet.
     *
     * @param load finds the session of a key that is not kept
     */
    Accounts(Settings settings, Duration idle, Function<SessionKey, PasswordSession> load) {
        this.settings = settings;
        this.idle = idle;
        this.load = load;
    }

    PasswordSession of(SessionKey key) {
        PasswordSession session = kept.get(key);
        if (session == null || !session.inUse()) {
            session = load.apply(key);
        }
        session.touch();
        if (session != kept.get(key)) {
            keep(key, session);
        }
        return session;
    }

    /** In one step with the waking, as dropping is with the rest: who is kept is awake. */
    private void keep(SessionKey key, PasswordSession session) {
        kept.compute(key, (k, before) -> {
            if (closed) {
                return before;
            }
            session.wake();
            return session;
        });
        watchTime();
    }

    int size() {
        return kept.size();
    }

    private void watchTime() {
        if (!kept.isEmpty() && timing.compareAndSet(false, true)) {
            settings.time()
                    .after(idle.dividedBy(LATE_PART), () -> settings.executor().execute(this::dropIdle));
        }
    }

    private void dropIdle() {
        try {
            kept.keySet().forEach(this::dropIfIdle);
        } finally {
            timing.set(false);
            watchTime();
        }
    }

    private void dropIfIdle(SessionKey key) {
        kept.computeIfPresent(key, (k, session) -> {
            if (!closed && session.inUse() && session.idle().compareTo(idle) < 0) {
                return session;
            }
            session.rest();
            return null;
        });
    }

    /** Drops all. */
    @Override
    public void close() {
        closed = true;
        kept.keySet().forEach(this::dropIfIdle);
    }
}
