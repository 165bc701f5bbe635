// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.bluesky;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** A video service on loopback that gives prepared answers by method, and keeps what it was asked. */
final class FakeVideoService implements AutoCloseable {

    /** What it was asked. */
    record Asked(String method, String query, String authorization, String contentType, int length) {}

    private record Answer(int status, String body) {}

    private final HttpServer server;
    private final Map<String, Queue<Answer>> answers = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    FakeVideoService() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    URI origin() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    void on(String method, int status, String body) {
        answers.computeIfAbsent(method, m -> new ConcurrentLinkedQueue<>()).add(new Answer(status, body));
    }

    List<Asked> asked(String method) {
        List<Asked> found = new ArrayList<>(asked);
        found.removeIf(one -> !one.method().equals(method));
        return found;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestURI().getPath().replace("/xrpc/app.bsky.video.", "");
            var headers = exchange.getRequestHeaders();
            int length = exchange.getRequestBody().readAllBytes().length;
            asked.add(new Asked(
                    method,
                    String.valueOf(exchange.getRequestURI().getRawQuery()),
                    String.valueOf(headers.getFirst("authorization")),
                    String.valueOf(headers.getFirst("content-type")),
                    length));
            Answer answer =
                    answers.getOrDefault(method, new ConcurrentLinkedQueue<>()).poll();
            byte[] body =
                    (answer == null ? "{\"error\":\"Unprepared\"}" : answer.body()).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("content-type", "application/json");
            exchange.sendResponseHeaders(answer == null ? 501 : answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
