// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.benchmarks;

import dev.atp4j.http.Headers;
import dev.atp4j.http.HttpTransport;
import dev.atp4j.http.JdkHttpTransport;
import dev.atp4j.http.RequestBody;
import dev.atp4j.http.TransportRequest;
import dev.atp4j.http.TransportResponse;
import dev.atp4j.http.apache.ApacheHttpTransport;
import dev.atp4j.session.PasswordSession;
import dev.atp4j.session.Sessions;
import dev.atp4j.xrpc.XrpcRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Requests per second through a session and through the bare transport, against a server in another process. The two take
 * turns, pair by pair, so that a machine whose speed drifts does not favour either; the median of the pairs' ratios counts.
 */
final class Throughput {

    private static final int PAIRS = 15;
    private static final Duration ROUND = Duration.ofMillis(700);

    private Throughput() {}

    static void run() throws Exception {
        try (ServerProcess server = ServerProcess.start(CannedServer.class)) {
            for (int threads : new int[] {1, 32}) {
                compare("JDK transport", JdkHttpTransport::new, server.origin(), threads);
                compare("Apache transport", ApacheHttpTransport::new, server.origin(), threads);
            }
        }
    }

    private static void compare(String name, Supplier<HttpTransport> maker, URI service, int threads) throws Exception {
        try (HttpTransport transport = maker.get();
                Sessions sessions = Sessions.builder().transport(transport).build()) {
            PasswordSession session = Fixtures.session(sessions, service, 1);
            XrpcRequest request = XrpcRequest.query("app.bsky.actor.getProfile")
                    .param("actor", "alice.test")
                    .build();
            Headers headers = Headers.of("accept", "*/*")
                    .plus(
                            "authorization",
                            "Bearer " + session.data().accessJwt().expose());
            URI uri = URI.create(service + "/xrpc/app.bsky.actor.getProfile?actor=alice.test");
            Work ours = () -> session.send(request);
            Work bare = () -> bytes(transport, uri, headers);
            for (int i = 0; i < 4; i++) {
                perSecond(ours, threads);
                perSecond(bare, threads);
            }
            List<Double> ratios = new ArrayList<>();
            List<Double> rates = new ArrayList<>();
            for (int i = 0; i < PAIRS; i++) {
                boolean oursFirst = i % 2 == 0;
                double first = perSecond(oursFirst ? ours : bare, threads);
                double second = perSecond(oursFirst ? bare : ours, threads);
                double session1 = oursFirst ? first : second;
                double bare1 = oursFirst ? second : first;
                ratios.add(session1 / bare1);
                rates.add(bare1);
            }
            Report.row(
                    "throughput of a session / bare " + name + ", " + threads + (threads == 1 ? " thread" : " threads"),
                    Report.median(ratios),
                    ">= 0.97",
                    Report.median(ratios) >= 0.97,
                    String.format("bare: %,.0f requests/s", Report.median(rates)));
        }
    }

    private interface Work {
        Object once() throws IOException;
    }

    private static byte[] bytes(HttpTransport transport, URI uri, Headers headers) throws IOException {
        var request = new TransportRequest(
                "GET", uri, headers, RequestBody.empty(), Duration.ofSeconds(30), TransportRequest.Reach.ANY);
        try (TransportResponse response = transport.send(request)) {
            return response.body().readAllBytes();
        }
    }

    private static double perSecond(Work work, int threads) throws InterruptedException {
        var failure = new AtomicReference<Throwable>();
        long[] counts = new long[threads];
        var start = new CountDownLatch(1);
        var all = new ArrayList<Thread>();
        long[] end = new long[1];
        for (int t = 0; t < threads; t++) {
            int mine = t;
            var thread = new Thread(() -> {
                try {
                    start.await();
                    long n = 0;
                    while (System.nanoTime() < end[0]) {
                        work.once();
                        n++;
                    }
                    counts[mine] = n;
                } catch (Throwable e) {
                    failure.set(e);
                }
            });
            all.add(thread);
            thread.start();
        }
        long begin = System.nanoTime();
        end[0] = begin + ROUND.toNanos();
        start.countDown();
        for (Thread thread : all) {
            thread.join();
        }
        if (failure.get() != null) {
            throw new IllegalStateException("a request failed", failure.get());
        }
        return Arrays.stream(counts).sum() / ((System.nanoTime() - begin) / 1e9);
    }
}
