// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance;

import dev.atp4j.http.Headers;
import dev.atp4j.http.HttpTransport;
import dev.atp4j.http.TransportException;
import dev.atp4j.http.TransportRequest;
import dev.atp4j.http.TransportResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Tells a lie about what a server answers. */
record LyingTransport(Lie lie, HttpTransport truth) implements HttpTransport {

    @Override
    public TransportResponse send(TransportRequest request) {
        String path = request.uri().getPath();
        if (lie == Lie.STUTTER && request.body().replayable() && !path.endsWith(".createAccount")) {
            truth.send(request).close();
        }
        TransportResponse response = truth.send(request);
        String type = response.headers().first("content-type").orElse("application/json");
        if (!path.startsWith("/xrpc/") || !type.startsWith("application/json")) {
            return response;
        }
        try (response) {
            String text = new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
            Answer told = lie.about(
                    path.substring("/xrpc/".length()),
                    request.headers().first("authorization").map(value -> value.substring(value.indexOf(' ') + 1)),
                    new Answer(response.status(), response.headers(), text));
            return new Told(told);
        } catch (IOException e) {
            throw new TransportException(TransportException.Kind.BROKEN, true, "broken answer", e);
        }
    }

    @Override
    public void close() {
        truth.close();
    }

    private record Told(Answer answer) implements TransportResponse {

        @Override
        public int status() {
            return answer.status();
        }

        @Override
        public Headers headers() {
            return answer.headers().without("content-length");
        }

        @Override
        public InputStream body() {
            return new ByteArrayInputStream(answer.text().getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void close() {}
    }
}
