// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.store;

import dev.atp4j.time.Time;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

/**
 * Lets threads take turns, one queue for each key, first come, first served. Not reentrant: a turn belongs to no thread,
 * so any thread may end it. Thread-safe.
 *
 * @param <K> what the turns are about
 */
final class Turns<K> {

    private static final Duration LONGEST = Duration.ofDays(365);

    private final Time time;

    /** The head of a queue has the turn. A key is here only while somebody has its turn. */
    private final ConcurrentHashMap<K, ArrayDeque<Place>> queues = new ConcurrentHashMap<>();

    Turns(Time time) {
        this.time = time;
    }

    /** Returns a wait that can be counted in nanoseconds: none instead of a negative one, a year instead of a longer. */
    static Duration bounded(Duration wait) {
        return wait.isNegative() ? Duration.ZERO : wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }

    /** Waits for a turn; only waiting is cut short by an interrupt, so a free turn is always given. */
    Optional<SessionStore.Lease> take(K key, Duration wait) throws InterruptedException {
        Duration patience = bounded(wait);
        var place = new Place(key);
        queues.compute(key, (k, queue) -> {
            if (queue == null) {
                queue = new ArrayDeque<>();
                place.turn.complete(true);
            } else if (patience.isZero()) {
                return queue;
            }
            queue.add(place);
            return queue;
        });
        boolean taken = false;
        try {
            taken = place.hasComeWithin(patience);
            return taken ? Optional.of(place) : Optional.empty();
        } finally {
            if (!taken) {
                place.close();
            }
        }
    }

    private final class Place implements SessionStore.Lease {

        private final K key;

        /** True once this place's turn has come, false once it no longer waits for it. */
        private final CompletableFuture<Boolean> turn = new CompletableFuture<>();

        private volatile boolean left;

        Place(K key) {
            this.key = key;
        }

        boolean hasComeWithin(Duration wait) throws InterruptedException {
            if (turn.isDone() || wait.isZero()) {
                return turn.getNow(false);
            }
            Time.Timer timer = time.after(wait, () -> turn.complete(false));
            try {
                return turn.get();
            } catch (ExecutionException e) {
                throw new AssertionError(e);
            } finally {
                timer.cancel();
            }
        }

        @Override
        public boolean held() {
            return !left && turn.getNow(false);
        }

        @Override
        public void close() {
            left = true;
            queues.computeIfPresent(key, (k, queue) -> {
                boolean hadTheTurn = queue.peekFirst() == this;
                queue.remove(this);
                while (hadTheTurn && !queue.isEmpty() && !queue.getFirst().turn.complete(true)) {
                    // It has stopped waiting, and will find itself gone when it comes to leave.
                    queue.removeFirst();
                }
                return queue.isEmpty() ? null : queue;
            });
        }
    }
}
