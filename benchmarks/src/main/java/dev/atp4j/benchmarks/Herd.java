// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.benchmarks;

import dev.atp4j.Secret;
import dev.atp4j.http.JdkHttpTransport;
import dev.atp4j.pds.EmbeddedPds;
import dev.atp4j.pds.Fault;
import dev.atp4j.pds.VirtualTime;
import dev.atp4j.session.Login;
import dev.atp4j.session.PasswordSession;
import dev.atp4j.session.Sessions;
import dev.atp4j.session.store.MemorySessionStore;
import dev.atp4j.xrpc.XrpcRequest;
import dev.atp4j.xrpc.XrpcResponseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A thousand threads that meet an expired token at the same moment, and calls to a deactivated account. */
final class Herd {

    private static final int THREADS = 1000;
    private static final Duration LIFETIME = Duration.ofSeconds(2);
    private static final String GET_SESSION = "com.atproto.server.getSession";
    private static final String REFRESH = "com.atproto.server.refreshSession";

    private Herd() {}

    static void run() throws Exception {
        thousandThreads();
        deactivated();
    }

    private static void thousandThreads() throws Exception {
        var waits = new ArrayList<Double>();
        int failures = 0;
        int refreshes = 0;
        for (int round = 0; round < 5; round++) {
            try (EmbeddedPds pds = EmbeddedPds.builder()
                            .time(VirtualTime.running())
                            .accessLifetime(LIFETIME)
                            .start();
                    var transport = new StopwatchTransport(new JdkHttpTransport());
                    Sessions sessions = Sessions.builder()
                            .transport(transport)
                            .store(new MemorySessionStore())
                            .proactiveRefresh(false)
                            .timeout(Duration.ofDays(1))
                            .build()) {
                pds.createAccount("alice.test", "password");
                PasswordSession session = sessions.login(Login.as("alice.test", Secret.of("password"))
                        .service(pds.url())
                        .build());
                Thread.sleep(LIFETIME.plusMillis(500).toMillis());
                pds.journal().clear();
                Result result = together(session, transport);
                failures += result.failures;
                refreshes += pds.journal().count(REFRESH);
                waits.add(result.longestWait / result.refreshTime);
            }
        }
        Report.row(
                "refreshes for 1,000 threads that meet an expired token (5 rounds)",
                refreshes,
                "= 5",
                refreshes == 5,
                "");
        Report.row("failed calls among them", failures, "= 0", failures == 0, "");
        double ratio = Report.median(waits);
        Report.row("longest wait for the new token / time of the refresh itself", ratio, "<= 1.1", ratio <= 1.1, "");
    }

    private record Result(int failures, double longestWait, double refreshTime) {}

    private static Result together(PasswordSession session, StopwatchTransport transport) throws InterruptedException {
        var ready = new CountDownLatch(THREADS);
        var start = new CountDownLatch(1);
        var failures = new AtomicInteger();
        XrpcRequest request = XrpcRequest.query("app.bsky.feed.getTimeline").build();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            var thread = new Thread(
                    null,
                    () -> {
                        try {
                            ready.countDown();
                            start.await();
                            session.send(request);
                        } catch (RuntimeException | InterruptedException e) {
                            failures.incrementAndGet();
                        }
                    },
                    "herd-" + i,
                    256 * 1024);
            threads.add(thread);
            thread.start();
        }
        ready.await();
        long begin = System.nanoTime();
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        return new Result(failures.get(), transport.lastServed() - begin, transport.refreshed() - begin);
    }

    private static void deactivated() {
        try (EmbeddedPds pds = EmbeddedPds.builder().start();
                Sessions sessions = Sessions.builder()
                        .time(pds.time())
                        .proactiveRefresh(false)
                        .build()) {
            pds.createAccount("alice.test", "password");
            PasswordSession session = sessions.login(Login.as("alice.test", Secret.of("password"))
                    .service(pds.url())
                    .build());
            pds.faults()
                    .add(Fault.on(GET_SESSION)
                            .times(5)
                            .answer(
                                    401,
                                    dev.atp4j.http.Headers.of("content-type", "application/json"),
                                    "{\"error\":\"AccountDeactivated\",\"message\":\"Account is deactivated\"}"));
            pds.journal().clear();
            for (int i = 0; i < 5; i++) {
                try {
                    session.send(XrpcRequest.query(GET_SESSION).build());
                } catch (XrpcResponseException e) {
                    if (!e.is("AccountDeactivated")) {
                        throw e;
                    }
                }
            }
            long refreshes = pds.journal().count(REFRESH);
            Report.row(
                    "refreshes for 5 calls answered 401 AccountDeactivated",
                    (double) refreshes,
                    "= 0",
                    refreshes == 0,
                    "");
        }
    }
}
