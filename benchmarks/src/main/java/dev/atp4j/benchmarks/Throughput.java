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
import java.util.function.Supplier;

/** Requests per second through a session and through the bare transport, against a server in another process. */
final class Throughput {

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
            Duel.Work ours = () -> session.send(request);
            Duel.Work bare = () -> bytes(transport, uri, headers);
            Duel duel = Duel.of(ours, bare, threads);
            Report.row(
                    "throughput of a session / bare " + name + ", " + threads + (threads == 1 ? " thread" : " threads"),
                    duel.ratio(),
                    ">= 0.97",
                    duel.ratio() >= 0.97,
                    String.format("bare: %,.0f requests/s", duel.rate()));
        }
    }

    static byte[] bytes(HttpTransport transport, URI uri, Headers headers) throws IOException {
        var request = new TransportRequest(
                "GET", uri, headers, RequestBody.empty(), Duration.ofSeconds(30), TransportRequest.Reach.ANY);
        try (TransportResponse response = transport.send(request)) {
            return response.body().readAllBytes();
        }
    }
}
