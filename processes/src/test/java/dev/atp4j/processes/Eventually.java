// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.processes;

import dev.atp4j.time.Time;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what other processes do in the background. */
final class Eventually {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long GLANCE = TimeUnit.MILLISECONDS.toNanos(10);

    private Eventually() {}

    static void become(String what, BooleanSupplier condition) {
        long end = Time.system().nanos() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (Time.system().nanos() - end > 0) {
                throw new AssertionError("not within " + PATIENCE.toSeconds() + " seconds: " + what);
            }
            LockSupport.parkNanos(GLANCE);
        }
    }
}
