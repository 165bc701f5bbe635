// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.jdbc;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads on which turns are renewed and changes looked for; none when there is nothing to do. */
final class Threads {

    private static final long IDLE_SECONDS = 10;

    private static final Executor SHARED = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                var thread = new Thread(task, "atp4j-jdbc");
                thread.setDaemon(true);
                return thread;
            });

    private Threads() {}

    static Executor shared() {
        return SHARED;
    }

    /** Stands behind an executor: what that one refuses, because it is full or shut down, is run here. */
    static Executor behind(Executor chosen) {
        return task -> {
            try {
                chosen.execute(task);
            } catch (RejectedExecutionException e) {
                SHARED.execute(task);
            }
        };
    }
}
