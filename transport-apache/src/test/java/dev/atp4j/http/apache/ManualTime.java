// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.http.apache;

import dev.atp4j.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A clock that stands still until a test moves it. */
final class ManualTime implements Time {

    private record Alarm(long at, Runnable task) {}

    private final List<Alarm> alarms = new ArrayList<>();
    private long nanos = 42;
    private int timersSet;

    synchronized void advance(Duration span) {
        nanos += span.toNanos();
        List<Alarm> due = alarms.stream().filter(alarm -> alarm.at <= nanos).toList();
        alarms.removeAll(due);
        due.forEach(alarm -> alarm.task.run());
    }

    synchronized int timersSet() {
        return timersSet;
    }

    synchronized int timersWaiting() {
        return alarms.size();
    }

    @Override
    public Instant now() {
        throw new AssertionError("the time of day is nobody's business here");
    }

    @Override
    public synchronized long nanos() {
        return nanos;
    }

    @Override
    public synchronized Timer after(Duration delay, Runnable task) {
        var alarm = new Alarm(nanos + delay.toNanos(), task);
        alarms.add(alarm);
        timersSet++;
        return () -> cancel(alarm);
    }

    private synchronized void cancel(Alarm alarm) {
        alarms.remove(alarm);
    }
}
