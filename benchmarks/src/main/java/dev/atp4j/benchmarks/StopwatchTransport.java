// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.benchmarks;

import dev.atp4j.http.Headers;
import dev.atp4j.http.HttpTransport;
import dev.atp4j.http.TransportRequest;
import dev.atp4j.http.TransportResponse;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Passes session calls on and lets a refresh take as long as one over the internet does. All other calls it answers itself,
 * at once, and notes when each thread made them: that is the moment at which the thread had its new token.
 */
final class StopwatchTransport implements HttpTransport {

    private static final long REFRESH_MILLIS = 300;
    private static final byte[] ANSWER = "{}".getBytes(StandardCharsets.UTF_8);

    private final HttpTransport transport;
    private final ConcurrentHashMap<Thread, Long> served = new ConcurrentHashMap<>();
    private volatile long refreshed;

    StopwatchTransport(HttpTransport transport) {
        this.transport = transport;
    }

    /** Returns when the refresh was answered. */
    long refreshed() {
        return refreshed;
    }

    /** Returns when the last thread went on. */
    long lastServed() {
        return served.values().stream().mapToLong(Long::longValue).max().orElseThrow();
    }

    @Override
    public TransportResponse send(TransportRequest request) {
        String path = request.uri().getPath();
        if (!path.startsWith("/xrpc/com.atproto.server.")) {
            served.put(Thread.currentThread(), System.nanoTime());
            return new Answer(new ByteArrayInputStream(ANSWER));
        }
        TransportResponse response = transport.send(request);
        if (path.endsWith("refreshSession")) {
            try {
                Thread.sleep(REFRESH_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            refreshed = System.nanoTime();
        }
        return response;
    }

    @Override
    public void close() {
        transport.close();
    }

    private record Answer(InputStream body) implements TransportResponse {
        @Override
        public int status() {
            return 200;
        }

        @Override
        public Headers headers() {
            return Headers.of("content-type", "application/json");
        }

        @Override
        public void close() {}
    }
}
