// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import dev.atp4j.session.store.EndReason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A listener that writes down what it hears. Thread-safe. */
final class Heard implements SessionListener {

    private static final long PATIENCE_SECONDS = 30;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<String> events = new ArrayList<>();

    private void add(String event) {
        lock.lock();
        try {
            events.add(event);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void updated(PasswordSession session, SessionData data) {
        add("updated");
    }

    @Override
    public void updateFailed(PasswordSession session, String why) {
        add("updateFailed " + why);
    }

    @Override
    public void deleted(PasswordSession session, EndReason reason) {
        add("deleted " + reason);
    }

    @Override
    public void healFailed(PasswordSession session, String why) {
        add("healFailed " + why);
    }

    @Override
    public void deleteFailed(PasswordSession session, String why) {
        add("deleteFailed " + why);
    }

    @Override
    public void storeFailed(PasswordSession session, String why) {
        add("storeFailed " + why);
    }

    /** Returns what was heard so far. */
    List<String> all() {
        lock.lock();
        try {
            return List.copyOf(events);
        } finally {
            lock.unlock();
        }
    }

    /** Returns how many events of this kind were heard so far. */
    long count(String kind) {
        return all().stream()
                .filter(event -> event.equals(kind) || event.startsWith(kind + " "))
                .count();
    }

    /** Waits until so many events of this kind were heard. */
    void await(String kind, int count) {
        lock.lock();
        try {
            long left = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (count(kind) < count) {
                if (left <= 0) {
                    throw new IllegalStateException("heard only " + events);
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            lock.unlock();
        }
    }
}
