// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.redis;

import dev.atp4j.time.Time;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Waits that end by an injected clock. */
final class Waits {

    private Waits() {}

    /** Waits for an event, which may come as a failure, or until the time is over. */
    static void until(CompletableFuture<?> event, Duration most, Time time) throws InterruptedException {
        var over = new CompletableFuture<Boolean>();
        Time.Timer timer = time.after(most, () -> over.complete(true));
        try {
            CompletableFuture.anyOf(event, over).get();
        } catch (ExecutionException e) {
            // The event was a failure, and it has come. Who waits looks at it.
        } finally {
            timer.cancel();
        }
    }

    /** Waits. */
    static void pause(Duration pause, Time time) throws InterruptedException {
        until(new CompletableFuture<>(), pause, time);
    }
}
