// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.client;

import dev.atp4j.http.Headers;
import dev.atp4j.http.HttpTransport;
import dev.atp4j.http.TransportException;
import dev.atp4j.http.TransportRequest;
import dev.atp4j.http.TransportResponse;
import dev.atp4j.xrpc.XrpcClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/** A transport that gives prepared answers, and keeps what it was asked. */
final class Script implements HttpTransport {

    private final Deque<Supplier<TransportResponse>> answers = new ArrayDeque<>();
    private final List<TransportRequest> requests = new ArrayList<>();
    private final List<String> bodies = new ArrayList<>();
    private int open;

    Script json(String body) {
        return answer(200, Headers.of("content-type", "application/json; charset=utf-8"), body);
    }

    Script error(int status, String name) {
        return answer(status, Headers.of("content-type", "application/json"), "{\"error\":\"" + name + "\"}");
    }

    Script answer(int status, Headers headers, String body) {
        return answer(status, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    Script answer(int status, Headers headers, byte[] body) {
        answers.add(() -> new Answer(status, headers, body));
        return this;
    }

    Script trouble(TransportException.Kind kind) {
        answers.add(() -> {
            throw new TransportException(kind, kind != TransportException.Kind.CONNECT, "scripted " + kind, null);
        });
        return this;
    }

    AtpClient.Builder client() {
        return AtpClient.builder(new XrpcClient(this, URI.create("https://pds.test")));
    }

    int calls() {
        return requests.size();
    }

    TransportRequest request(int index) {
        return requests.get(index);
    }

    TransportRequest last() {
        return requests.get(requests.size() - 1);
    }

    String lastBody() {
        return bodies.get(bodies.size() - 1);
    }

    @Override
    public TransportResponse send(TransportRequest request) {
        requests.add(request);
        try (InputStream body = request.body().open()) {
            bodies.add(new String(body.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return answers.remove().get();
    }

    @Override
    public void close() {}

    /** Returns how many answers nobody has closed. */
    int open() {
        return open;
    }

    private final class Answer implements TransportResponse {

        private final int status;
        private final Headers headers;
        private final InputStream body;
        private boolean closed;

        Answer(int status, Headers headers, byte[] bytes) {
            this.status = status;
            this.headers = headers;
            this.body = new ByteArrayInputStream(bytes);
            open++;
        }

        @Override
        public int status() {
            return status;
        }

        @Override
        public Headers headers() {
            return headers;
        }

        @Override
        public InputStream body() {
            return body;
        }

        @Override
        public void close() {
            open -= closed ? 0 : 1;
            closed = true;
        }
    }
}
