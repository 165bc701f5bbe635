// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import dev.atp4j.http.HttpTransport;
import dev.atp4j.http.TransportRequest.Reach;
import dev.atp4j.xrpc.XrpcClient;
import java.net.URI;
import java.util.concurrent.ConcurrentHashMap;

/** The clients of the servers that sessions talk to: one for all sessions of a server. Thread-safe. */
final class Clients {

    /** More servers than one program talks to; past this, each session has a client of its own. */
    private static final int MOST = 10_000;

    private record Server(URI origin, Reach reach) {}

    private final HttpTransport transport;
    private final ConcurrentHashMap<Server, XrpcClient> clients = new ConcurrentHashMap<>();

    Clients(HttpTransport transport) {
        this.transport = transport;
    }

    XrpcClient of(URI origin, Reach reach) {
        var server = new Server(origin, reach);
        XrpcClient client = clients.get(server);
        if (client != null) {
            return client;
        }
        var made = new XrpcClient(transport, origin, reach);
        return clients.size() < MOST ? clients.computeIfAbsent(server, s -> made) : made;
    }
}
