// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Something that goes on in a thread of its own. */
final class Aside<T> {

    private static final long PATIENCE_SECONDS = 60;
    private static final long SMALL_STACK = 256 * 1024;

    private final CompletableFuture<T> result = new CompletableFuture<>();
    private final Thread thread;

    private Aside(Callable<T> task) {
        thread = new Thread(
                null,
                () -> {
                    try {
                        result.complete(task.call());
                    } catch (Exception | AssertionError e) {
                        result.completeExceptionally(e);
                    }
                },
                "aside",
                SMALL_STACK);
        thread.setDaemon(true);
        thread.start();
    }

    static <T> Aside<T> call(Callable<T> task) {
        return new Aside<>(task);
    }

    static Aside<Boolean> run(Runnable task) {
        return new Aside<>(() -> {
            task.run();
            return true;
        });
    }

    /** Starts the same thing in many threads. */
    static <T> List<Aside<T>> crowd(int count, Callable<T> task) {
        var crowd = new ArrayList<Aside<T>>();
        for (int i = 0; i < count; i++) {
            crowd.add(call(task));
        }
        return crowd;
    }

    void interrupt() {
        thread.interrupt();
    }

    /** Waits for the result, or throws what the task threw. */
    T get() {
        Throwable failure = failure();
        if (failure instanceof RuntimeException e) {
            throw e;
        } else if (failure != null) {
            throw new AssertionError(failure);
        }
        return result.join();
    }

    /** Waits for the end, and returns what the task threw, or null. */
    Throwable failure() {
        try {
            result.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return null;
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (TimeoutException e) {
            var stuck = new AssertionError("it does not end");
            stuck.setStackTrace(thread.getStackTrace());
            throw stuck;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    boolean over() {
        return result.isDone();
    }
}
