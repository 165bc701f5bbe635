// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.benchmarks;

import dev.atp4j.http.Headers;
import dev.atp4j.http.HttpTransport;
import dev.atp4j.http.RequestBody;
import dev.atp4j.http.TransportRequest;
import dev.atp4j.http.TransportResponse;
import dev.atp4j.session.PasswordSession;
import dev.atp4j.session.Sessions;
import dev.atp4j.xrpc.XrpcRequest;
import dev.atp4j.xrpc.XrpcResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a session adds to a request: the same request through a session and through the bare transport, on a transport that
 * costs nothing, so that the difference is the session's own work and garbage and nothing else.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class SessionOverheadBenchmark {

    private static final URI SERVICE = URI.create("http://127.0.0.1:9");
    private static final byte[] BODY = "x".repeat(1000).getBytes(StandardCharsets.US_ASCII);

    private final HttpTransport transport = new FreeTransport();
    private final PasswordSession session =
            Fixtures.session(Sessions.builder().transport(transport).build(), SERVICE, 1);
    private final XrpcRequest request = XrpcRequest.query("app.bsky.actor.getProfile")
            .param("actor", "alice.test")
            .build();
    private final Headers headers = Headers.of("accept", "*/*")
            .plus("authorization", "Bearer " + session.data().accessJwt().expose());

    /** One request through a session; the answer's body is in memory then. */
    @Benchmark
    public XrpcResponse session() {
        return session.send(request);
    }

    /** The same request, built and sent by hand, and its body read into memory. */
    @Benchmark
    public byte[] bare() throws IOException {
        var raw = new TransportRequest(
                "GET",
                URI.create("http://127.0.0.1:9/xrpc/app.bsky.actor.getProfile?actor=alice.test"),
                headers,
                RequestBody.empty(),
                Duration.ofSeconds(30),
                TransportRequest.Reach.ANY);
        try (TransportResponse response = transport.send(raw)) {
            return response.body().readAllBytes();
        }
    }

    /** Answers at once, from memory. */
    private static final class FreeTransport implements HttpTransport {

        private static final Headers HEADERS = Headers.of("content-type", "application/json")
                .plus("content-length", "1000")
                .plus("date", "Thu, 01 Jan 2026 00:00:00 GMT");

        @Override
        public TransportResponse send(TransportRequest request) {
            return new TransportResponse() {
                private final InputStream body = new ByteArrayInputStream(BODY);

                @Override
                public int status() {
                    return 200;
                }

                @Override
                public Headers headers() {
                    return HEADERS;
                }

                @Override
                public InputStream body() {
                    return body;
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public void close() {}
    }
}
