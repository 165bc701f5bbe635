// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import dev.atp4j.http.HttpTransport;
import dev.atp4j.http.TransportRequest;
import dev.atp4j.http.TransportResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A transport that writes down all that it is given to send, and where to. */
final class Recorder implements HttpTransport {

    private record Sent(String origin, String text) {}

    private final HttpTransport transport;
    private final Queue<Sent> all = new ConcurrentLinkedQueue<>();

    Recorder(HttpTransport transport) {
        this.transport = transport;
    }

    @Override
    public TransportResponse send(TransportRequest request) {
        var text = new StringBuilder(request.method()).append(' ').append(request.uri());
        request.headers()
                .forEach((name, value) ->
                        text.append('\n').append(name).append(": ").append(value));
        if (request.body().replayable()) {
            try (InputStream body = request.body().open()) {
                text.append("\n\n").append(new String(body.readAllBytes(), StandardCharsets.ISO_8859_1));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        all.add(new Sent(request.origin(), text.toString()));
        return transport.send(request);
    }

    /** Returns the origins that anything was sent to. */
    Set<String> origins() {
        return whoGotOneOf(List.of(""));
    }

    /** Returns the origins that were sent any of these secrets. */
    Set<String> whoGotOneOf(Collection<String> secrets) {
        var origins = new TreeSet<String>();
        for (Sent sent : all) {
            if (secrets.stream().anyMatch(sent.text::contains)) {
                origins.add(sent.origin);
            }
        }
        return origins;
    }

    @Override
    public void close() {
        transport.close();
    }
}
