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
        if (!closed && session != kept.get(key)) {
            kept.put(key, session);
            session.wake();
            watchTime();
        }
        return session;
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
            kept.forEach((key, session) -> {
                if (closed || session.idle().compareTo(idle) >= 0 || !session.inUse()) {
                    drop(key, session);
                }
            });
        } finally {
            timing.set(false);
            watchTime();
        }
    }

    private void drop(SessionKey key, PasswordSession session) {
        kept.remove(key, session);
        session.rest();
        if (session == kept.get(key)) {
            // Somebody has come for it meanwhile, and woken it too early.
            session.wake();
        }
    }

    /** Drops all. */
    @Override
    public void close() {
        closed = true;
        kept.forEach(this::drop);
    }
}
