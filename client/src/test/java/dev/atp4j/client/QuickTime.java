// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.client;

import dev.atp4j.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes only by waiting, and then at once. */
final class QuickTime implements Time {

    private final List<Duration> pauses = new CopyOnWriteArrayList<>();
    private final AtomicLong passed = new AtomicLong();

    /** Returns how long was waited. */
    List<Duration> pauses() {
        return pauses;
    }

    @Override
    public Instant now() {
        return Instant.parse("2026-01-01T00:00:00Z").plusNanos(passed.get());
    }

    @Override
    public long nanos() {
        return passed.get();
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        pauses.add(delay);
        passed.addAndGet(delay.toNanos());
        task.run();
        return () -> {};
    }
}
