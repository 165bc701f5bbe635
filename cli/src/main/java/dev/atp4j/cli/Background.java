// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.cli;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Threads for what sessions do beside a command's own work: refreshes, retried logouts, listeners. A command waits for it
 * before it ends; a demonstration of sudden death does not. Thread-safe.
 */
final class Background implements Executor {

    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        var thread = new Thread(task, "atp-background");
        thread.setDaemon(true);
        return thread;
    });
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition quiet = lock.newCondition();
    private int atWork;
    private boolean stopped;

    /** Runs a task on a thread of its own; drops it if work was stopped. */
    @Override
    public void execute(Runnable task) {
        lock.lock();
        try {
            if (stopped) {
                return;
            }
            atWork++;
            threads.execute(() -> {
                try {
                    task.run();
                } finally {
                    done();
                }
            });
        } finally {
            lock.unlock();
        }
    }

    private void done() {
        lock.lock();
        try {
            atWork--;
            quiet.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits, no longer than this, until there is nothing to do. Tells whether that is so. */
    boolean awaitQuiet(Duration wait) {
        lock.lock();
        try {
            long left = wait.toNanos();
            while (atWork > 0 && left > 0) {
                left = quiet.awaitNanos(left);
            }
            return atWork == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Takes on nothing more, and interrupts what is being done. */
    void stop() {
        lock.lock();
        try {
            stopped = true;
        } finally {
            lock.unlock();
        }
        threads.shutdownNow();
    }
}
