// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance.compare;

import com.sun.net.httpserver.HttpServer;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Another host: it answers every call with an empty object, and remembers what it was given. */
final class Stranger implements AutoCloseable {

    private final HttpServer server;
    private final List<String> received = new CopyOnWriteArrayList<>();

    Stranger() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            received.add(exchange.getRequestHeaders().getOrDefault("Authorization", List.of()) + body);
            byte[] answer = "{}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("content-type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Returns a DID document of the stage's account that has this host for its PDS. */
    LexMap document(Stage stage) {
        return document(stage.account().did(), url().toString());
    }

    static LexMap document(String did, String endpoint) {
        return LexMap.builder()
                .put("id", did)
                .put(
                        "service",
                        LexList.of(LexMap.builder()
                                .put("id", "#atproto_pds")
                                .put("type", "AtprotoPersonalDataServer")
                                .put("serviceEndpoint", endpoint)
                                .build()))
                .build();
    }

    int calls() {
        return received.size();
    }

    /** Tells whether anybody sent it this. */
    boolean has(String secret) {
        return received.stream().anyMatch(each -> each.contains(secret));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
