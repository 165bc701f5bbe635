// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.processes;

import dev.atp4j.http.HttpTransport;
import dev.atp4j.http.TransportRequest;
import dev.atp4j.http.TransportResponse;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The points at which a process can be made to stop: before and after everything that it does with its store, and before and
 * after each refreshSession call. Thread-safe.
 */
final class Points {

    private final Consumer<String> halted;
    private final Set<String> passed = ConcurrentHashMap.newKeySet();
    private final AtomicInteger left = new AtomicInteger();
    private volatile String halt = "";

    /**
     * Makes points, at none of which the process stops yet.
     *
     * @param halted is told where the process has stopped, to wait there for its end
     */
    Points(Consumer<String> halted) {
        this.halted = halted;
    }

    /** Has the process stop when it comes to a point for the Nth time from now. */
    void haltAt(String point, int times) {
        halt = point;
        left.set(times);
    }

    /** Returns which points the process has come to so far. */
    Set<String> passed() {
        return new TreeSet<>(passed);
    }

    /** Does a step between two points. */
    <T> T around(String step, Supplier<T> work) {
        point("before " + step);
        T result = work.get();
        point("after " + step);
        return result;
    }

    private void point(String where) {
        passed.add(where);
        if (where.equals(halt) && left.getAndUpdate(n -> Math.max(0, n - 1)) == 1) {
            halted.accept(where);
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new IllegalStateException("a stopped process goes on", e);
            }
        }
    }

    /** Returns a transport with points around its refreshSession calls. */
    HttpTransport over(HttpTransport transport) {
        return new HttpTransport() {
            @Override
            public TransportResponse send(TransportRequest request) {
                return request.uri().getPath().endsWith("com.atproto.server.refreshSession")
                        ? around("refreshSession", () -> transport.send(request))
                        : transport.send(request);
            }

            @Override
            public void close() {
                transport.close();
            }
        };
    }
}
