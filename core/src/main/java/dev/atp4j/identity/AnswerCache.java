// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.identity;

import dev.atp4j.time.Time;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Remembers answers, refusals too, for a while. Thread-safe. Whoever asks does so outside the lock, so two threads may
 * ask the same at once.
 */
final class AnswerCache<K, V> {

    /**
     * How long answers are good for.
     *
     * @param fresh how long an answer is used without asking again
     * @param stale how long an answer is used when asking again gets none
     * @param refused how long a definitive refusal is used without asking again
     * @param size how many answers are kept
     */
    record Limits(Duration fresh, Duration stale, Duration refused, int size) {}

    /** What was learned by asking at one moment: a value or a refusal. */
    private record Answer<V>(@Nullable V value, @Nullable IdentityException refusal, long nanos) {}

    private final Limits limits;
    private final Time time;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<K, Answer<V>> answers;

    AnswerCache(Limits limits, Time time) {
        this.limits = limits;
        this.time = time;
        this.answers = new LeastRecentlyUsed<>(limits.size());
    }

    /**
     * Returns what is remembered, or asks.
     *
     * @throws IdentityException as asked, or as remembered
     */
    V get(K key, Function<K, V> source) {
        Answer<V> known = recall(key);
        if (known == null) {
            return ask(key, source);
        }
        Duration age = Duration.ofNanos(time.nanos() - known.nanos());
        IdentityException refusal = known.refusal();
        if (refusal != null && age.compareTo(limits.refused()) < 0) {
            throw new IdentityException(refusal.kind(), String.valueOf(refusal.getMessage()), refusal);
        }
        V value = known.value();
        if (value != null && age.compareTo(limits.fresh()) < 0) {
            return value;
        }
        try {
            return ask(key, source);
        } catch (IdentityException e) {
            if (value != null && e.retryable() && age.compareTo(limits.stale()) < 0) {
                return value;
            }
            throw e;
        }
    }

    /**
     * Asks, and remembers the answer.
     *
     * @throws IdentityException as asked
     */
    V ask(K key, Function<K, V> source) {
        long asked = time.nanos();
        try {
            V value = source.apply(key);
            remember(key, new Answer<>(value, null, asked));
            return value;
        } catch (IdentityException e) {
            if (!e.retryable()) {
                remember(key, new Answer<>(null, e, asked));
            }
            throw e;
        }
    }

    private @Nullable Answer<V> recall(K key) {
        lock.lock();
        try {
            return answers.get(key);
        } finally {
            lock.unlock();
        }
    }

    private void remember(K key, Answer<V> answer) {
        lock.lock();
        try {
            // An answer that took long must not hide that of whoever asked later and heard sooner.
            answers.merge(key, answer, (known, late) -> late.nanos() - known.nanos() < 0 ? known : late);
        } finally {
            lock.unlock();
        }
    }

    private static final class LeastRecentlyUsed<K, V> extends LinkedHashMap<K, V> {

        private static final long serialVersionUID = 1L;

        private final int size;

        LeastRecentlyUsed(int size) {
            super(16, 0.75f, true);
            this.size = size;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > size;
        }
    }
}
