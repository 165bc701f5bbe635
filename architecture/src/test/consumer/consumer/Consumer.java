// SPDX-License-Identifier: MIT OR Apache-2.0
package consumer;

import dev.atp4j.http.Headers;
import dev.atp4j.http.HttpTransport;
import dev.atp4j.http.RequestBody;
import dev.atp4j.http.TransportException;
import dev.atp4j.http.TransportRequest;
import dev.atp4j.identity.IdentityException;
import dev.atp4j.identity.NetworkIdentityResolver;
import dev.atp4j.identity.TxtLookup;
import dev.atp4j.session.Sessions;
import dev.atp4j.session.redis.RedisSessionStore;
import dev.atp4j.session.store.MemorySessionStore;
import java.net.URI;
import java.time.Duration;

/** Uses what the modules export, and what they find at run time: the transport on the path, and the JDK's DNS. */
public final class Consumer {

    private Consumer() {}

    public static void main(String[] args) {
        try (HttpTransport transport = HttpTransport.create();
                Sessions sessions = Sessions.builder()
                        .transport(transport)
                        .store(new MemorySessionStore())
                        .identity(NetworkIdentityResolver.builder(transport).build())
                        .build()) {
            sessions.stored();
            System.out.print(transport.getClass().getPackageName());
        }
        System.out.println(" " + answer() + " " + dns() + " " + redis());
    }

    private static String answer() {
        var request = new TransportRequest(
                "GET",
                URI.create("http://127.0.0.1/"),
                Headers.empty(),
                RequestBody.empty(),
                Duration.ofSeconds(30),
                TransportRequest.Reach.PUBLIC);
        try (HttpTransport transport = HttpTransport.create()) {
            return "answered " + transport.send(request).status();
        } catch (TransportException e) {
            return e.kind().toString();
        }
    }

    private static String dns() {
        try {
            return "DNS answered " + TxtLookup.at(URI.create("dns://127.0.0.1:9")).texts("alice.test");
        } catch (IdentityException e) {
            // Nobody answers there. Without a provider there would be nobody to ask.
            return String.valueOf(e.getCause()).contains("NoInitialContext") ? e.getCause().toString() : "DNS asked";
        }
    }

    /** Makes a client and its pool, which connects only when it is asked something. */
    private static String redis() {
        try (RedisSessionStore store = RedisSessionStore.builder(URI.create("redis://127.0.0.1:9"))
                .checkServer(false)
                .open()) {
            return store.toString();
        }
    }
}
