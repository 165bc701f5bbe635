// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.redis;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that renew leases and ping subscriptions: shared by the JVM's stores, gone when idle, keeping no JVM alive. */
final class Background {

    private static final long IDLE_SECONDS = 10;

    private static final AtomicInteger COUNT = new AtomicInteger();

    static final Executor THREADS = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                var thread = new Thread(task, "atp4j-redis-" + COUNT.incrementAndGet());
                thread.setDaemon(true);
                return thread;
            });

    private Background() {}
}
