// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Threads that do the same thing at the same time. */
final class Crew<T> {

    private final List<FutureTask<T>> tasks = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    private Crew() {}

    static <T> Crew<T> of(int size, Callable<T> work) {
        var crew = new Crew<T>();
        for (int i = 0; i < size; i++) {
            var task = new FutureTask<T>(work);
            var thread = new Thread(task, "crew-" + i);
            thread.setDaemon(true);
            crew.tasks.add(task);
            crew.threads.add(thread);
            thread.start();
        }
        return crew;
    }

    /** Waits until all have come to a point where they wait for something. */
    void awaitWaiting() {
        until(() -> threads.stream().allMatch(thread -> switch (thread.getState()) {
            case WAITING, TIMED_WAITING, TERMINATED -> true;
            default -> false;
        }));
    }

    void interrupt() {
        threads.forEach(Thread::interrupt);
    }

    /** Waits for all, and returns what they made. */
    List<T> results() throws Exception {
        List<T> results = new ArrayList<>();
        for (FutureTask<T> task : tasks) {
            try {
                results.add(task.get(60, TimeUnit.SECONDS));
            } catch (ExecutionException e) {
                if (e.getCause() instanceof Exception cause) {
                    throw cause;
                }
                throw e;
            }
        }
        return results;
    }

    /** Waits for something that other threads bring about. */
    static void until(BooleanSupplier reached) {
        long start = System.nanoTime();
        while (!reached.getAsBoolean()) {
            if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(20)) {
                throw new AssertionError("it did not happen within 20 seconds");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
    }
}
