// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.bluesky;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on loopback that keeps one account's preferences as the bytes that it is sent. */
final class FakePreferences implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger writes = new AtomicInteger();
    private volatile String document;
    private volatile Runnable afterWrite = () -> {};

    FakePreferences(String list) {
        set(list);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/xrpc/app.bsky.actor.getPreferences", this::get);
        server.createContext("/xrpc/app.bsky.actor.putPreferences", this::put);
        server.start();
    }

    static LexList list(String json) {
        return LexJson.parseMapLenient(("{\"list\":" + json + "}").getBytes(StandardCharsets.UTF_8))
                .getList("list")
                .orElseThrow();
    }

    URI origin() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    LexList list() {
        return LexJson.parseMapLenient(document.getBytes(StandardCharsets.UTF_8))
                .getList("preferences")
                .orElseThrow();
    }

    int writes() {
        return writes.get();
    }

    void set(String list) {
        answer("{\"preferences\":" + list + "}");
    }

    void answer(String document) {
        this.document = document;
    }

    /** Has something happen after the next write. */
    void afterWrite(Runnable event) {
        afterWrite = () -> {
            afterWrite = () -> {};
            event.run();
        };
    }

    void afterEachWrite(Runnable event) {
        afterWrite = event;
    }

    private void get(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = document.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("content-type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private void put(HttpExchange exchange) throws IOException {
        try (exchange) {
            document = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            writes.incrementAndGet();
            afterWrite.run();
            exchange.sendResponseHeaders(200, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }
}
