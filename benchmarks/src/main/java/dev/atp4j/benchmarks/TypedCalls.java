// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.benchmarks;

import dev.atp4j.api.app.bsky.actor.GetProfile;
import dev.atp4j.client.AtpClient;
import dev.atp4j.http.Headers;
import dev.atp4j.http.HttpTransport;
import dev.atp4j.http.JdkHttpTransport;
import dev.atp4j.http.apache.ApacheHttpTransport;
import dev.atp4j.xrpc.XrpcClient;
import java.net.URI;
import java.util.function.Supplier;

/**
 * Calls per second in types, from the lambda that sets a parameter to the profile that was read, and requests per second
 * through the bare transport, against a server in another process.
 */
final class TypedCalls {

    private static final double GOAL = 0.93;

    private TypedCalls() {}

    static void run() throws Exception {
        try (ServerProcess server = ServerProcess.start(CannedServer.class)) {
            for (int threads : new int[] {1, 32}) {
                compare("JDK transport", JdkHttpTransport::new, server.origin(), threads);
                compare("Apache transport", ApacheHttpTransport::new, server.origin(), threads);
            }
        }
    }

    private static void compare(String name, Supplier<HttpTransport> maker, URI service, int threads) throws Exception {
        try (HttpTransport transport = maker.get()) {
            AtpClient client = AtpClient.of(new XrpcClient(transport, service));
            Headers headers = Headers.of("accept", "*/*").plus("user-agent", "atp4j");
            URI uri = URI.create(service + "/xrpc/app.bsky.actor.getProfile?actor=alice.test");
            Duel duel = Duel.of(
                    () -> client.call(GetProfile.QUERY, p -> p.actor("alice.test"))
                            .handle(),
                    () -> Throughput.bytes(transport, uri, headers),
                    threads);
            Report.row(
                    "throughput of a typed call / bare " + name + ", " + threads
                            + (threads == 1 ? " thread" : " threads"),
                    duel.ratio(),
                    ">= " + GOAL,
                    duel.ratio() >= GOAL,
                    String.format("bare: %,.0f requests/s", duel.rate()));
        }
    }
}
