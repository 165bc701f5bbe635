// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.http;

import dev.atp4j.http.TransportRequest.Reach;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/**
 * A program whose names are in a file, and whose JVM remembers none of them. It sends a secret to a name that is public as
 * long as it is being checked, and this machine's afterwards; and prints what came of it.
 */
final class RebindingChild {

    private RebindingChild() {}

    /**
     * Runs.
     *
     * @param args the file of names, a folder, and the scheme
     */
    public static void main(String[] args) throws Exception {
        Security.setProperty("networkaddress.cache.ttl", "0");
        Path names = Path.of(args[0]);
        var tls = new LoopbackTls(Path.of(args[1]), "ip:127.0.0.1");
        boolean secure = args[2].equals("https");
        // Tries a connection before the tests, so that a server that hears nothing is known to hear.
        try (LoopbackServer server = secure ? server(tls.server()) : server();
                var transport = new JdkHttpTransport(tls.client())) {
            try (var answer = transport.send(request(server.uri("/"), RequestBody.empty(), Reach.ANY))) {
                System.out.println("known " + answer.status());
            }
            Files.writeString(names, "1.1.1.1 rebinding.example.com\n");
            InetAddress.getByName("rebinding.example.com");
            var swap = RequestBody.reopenable(() -> swap(names), 7, "text/plain");
            URI uri = URI.create(args[2] + "://rebinding.example.com:" + server.port() + "/");
            try (var answer = transport.send(request(uri, swap, Reach.PUBLIC))) {
                System.out.println("answered " + answer.status());
            } catch (TransportException e) {
                System.out.println("refused " + e.kind() + " " + e.mayHaveArrived());
            }
            System.out.println("swapped " + Files.readString(names).startsWith("127"));
            System.out.println("connections " + (server.connections() - 1));
            System.out.println("heard " + (server.requests().size() - 1));
        }
    }

    private static LoopbackServer server() {
        return LoopbackServer.answering("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
    }

    private static LoopbackServer server(SSLContext tls) {
        return new LoopbackServer(tls, wire -> {
            while (wire.read() != null) {
                wire.write("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
            }
        });
    }

    /** The transport opens a body after it has checked the name, and before the JDK's client looks it up. */
    private static InputStream swap(Path names) throws IOException {
        Files.writeString(names, "127.0.0.1 rebinding.example.com\n");
        return new ByteArrayInputStream("secret!".getBytes(StandardCharsets.UTF_8));
    }

    private static TransportRequest request(URI uri, RequestBody body, Reach reach) {
        return new TransportRequest(
                "POST", uri, Headers.of("authorization", "Bearer secret"), body, Duration.ofSeconds(10), reach);
    }
}
