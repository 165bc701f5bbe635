// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import dev.atp4j.time.Time;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The moment by which a caller wants to be served. */
final class Deadline {

    private final Time time;
    private final long end;

    private Deadline(Time time, long end) {
        this.time = time;
        this.end = end;
    }

    static Deadline in(Duration allowed, Time time) {
        return new Deadline(time, time.nanos() + allowed.toNanos());
    }

    /** Returns what is left, negative when it is over. */
    Duration left() {
        return Duration.ofNanos(end - time.nanos());
    }

    /**
     * Waits for a future, but no longer than this deadline allows. Giving up leaves the future as it is.
     *
     * @return what the future gave, or null if the time was over
     * @throws InterruptedException if the thread was interrupted
     */
    <T> @Nullable T await(CompletableFuture<T> future) throws InterruptedException {
        if (time.equals(Time.system())) {
            return awaitDirectly(future);
        }
        var waiter = future.<@Nullable T>thenApply(value -> value);
        Time.Timer timer = time.after(left(), () -> waiter.complete(null));
        try {
            return waiter.get();
        } catch (ExecutionException e) {
            throw failure(e);
        } finally {
            timer.cancel();
        }
    }

    /** Waits by the machine's own clock, which takes no timer: a thousand waiters would crowd the one thread of those. */
    private <T> @Nullable T awaitDirectly(CompletableFuture<T> future) throws InterruptedException {
        try {
            return future.get(Math.max(0, end - time.nanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return null;
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    private static RuntimeException failure(ExecutionException e) {
        return e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
    }
}
