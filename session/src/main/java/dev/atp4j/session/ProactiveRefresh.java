// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import dev.atp4j.session.kernel.Outcome;
import dev.atp4j.time.Time;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Refreshes a session's tokens before they run out, so that in calm weather no call ever meets an expired one. Each
 * process picks its own moment, so that those who share a session don't all come at once; the first one's result is
 * adopted by the others. A session that nobody uses any more is not kept from being collected. Thread-safe.
 */
final class ProactiveRefresh {

    private static final Duration MARGIN = Duration.ofMinutes(10);
    private static final Duration JITTER = Duration.ofMinutes(5);

    /** Of a token that lives shorter than two hours, margin and jitter take no more than these parts. */
    private static final int MARGIN_PART = 12;

    private static final int JITTER_PART = 24;

    private final Settings settings;
    private final WeakReference<Keeper> keeper;
    private final ReentrantLock lock = new ReentrantLock();

    private Time.@Nullable Timer timer;
    private long scheduledFor;
    private boolean resting;
    private boolean stopped;

    ProactiveRefresh(Settings settings, Keeper keeper) {
        this.settings = settings;
        this.keeper = new WeakReference<>(keeper);
    }

    /** Sets the timer for the tokens that are live now, unless it is set for them already. */
    void schedule(Live live) {
        Live.Lifespan lifespan = live.lifespan();
        if (!settings.proactive()
                || !live.active()
                || lifespan == null
                || !live.state().current().refreshable()) {
            return;
        }
        Duration lifetime = Duration.ofNanos(lifespan.until() - lifespan.from());
        Duration margin = shorter(MARGIN, lifetime.dividedBy(MARGIN_PART));
        Duration jitter = shorter(JITTER, lifetime.dividedBy(JITTER_PART));
        Duration early =
                margin.plusNanos((long) (jitter.toNanos() * settings.random().nextDouble()));
        set(live.generation(), lifespan.left(settings.time().nanos()).minus(early));
    }

    /** Calls off what is set, for good. */
    void stop() {
        lock.lock();
        try {
            stopped = true;
            callOff();
        } finally {
            lock.unlock();
        }
    }

    /** Calls off what is set, and sets nothing before {@link #wake}. */
    void rest() {
        lock.lock();
        try {
            resting = true;
            scheduledFor = 0;
            callOff();
        } finally {
            lock.unlock();
        }
    }

    /** Ends a rest; what is live now is still to be scheduled. */
    void wake() {
        lock.lock();
        try {
            resting = false;
        } finally {
            lock.unlock();
        }
    }

    private void callOff() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void set(long generation, Duration delay) {
        lock.lock();
        try {
            if (stopped || resting || generation == scheduledFor || overtaken(generation)) {
                return;
            }
            callOff();
            scheduledFor = generation;
            timer = settings.time().after(delay.isNegative() ? Duration.ZERO : delay, () -> due(generation));
        } finally {
            lock.unlock();
        }
    }

    /** Tells whether newer tokens came while these were looked at: who published them sets the timer, or has set it. */
    private boolean overtaken(long generation) {
        Keeper awake = keeper.get();
        return awake == null || awake.live().generation() != generation;
    }

    private void due(long generation) {
        Keeper awake = keeper.get();
        if (awake == null || awake.live().generation() != generation) {
            return;
        }
        var unused = awake.joinRefresh(generation).whenComplete((finish, failure) -> {
            if (finish != null && finish.outcome() instanceof Outcome.Later later) {
                again(generation, later.pause());
            }
        });
    }

    private void again(long generation, Duration pause) {
        lock.lock();
        try {
            if (!stopped && !resting && generation == scheduledFor) {
                timer = settings.time().after(pause, () -> {
                    Keeper awake = keeper.get();
                    if (awake != null) {
                        awake.waitedOut();
                    }
                    due(generation);
                });
            }
        } finally {
            lock.unlock();
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
