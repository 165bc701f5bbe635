// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads on which refreshes, retried logouts and listeners run unless the user brings an executor: as many as there is
 * work at the moment, shared by the whole JVM, none when there is nothing to do, and none that keeps the JVM alive.
 */
final class Workers {

    private static final long IDLE_SECONDS = 10;

    private static final AtomicInteger COUNT = new AtomicInteger();

    private static final ExecutorService POOL = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                var thread = new Thread(task, "atp4j-session-" + COUNT.incrementAndGet());
                thread.setDaemon(true);
                return thread;
            });

    private Workers() {}

    static Executor shared() {
        return POOL;
    }

    /** Stands behind an executor: what that one refuses, because it is full or shut down, is run here. */
    static Executor behind(Executor chosen) {
        return task -> {
            try {
                chosen.execute(task);
            } catch (RejectedExecutionException e) {
                POOL.execute(task);
            }
        };
    }
}
