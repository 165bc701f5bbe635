// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.identity;

import dev.atp4j.http.Headers;
import dev.atp4j.http.HttpTransport;
import dev.atp4j.http.TransportException;
import dev.atp4j.http.TransportRequest;
import dev.atp4j.http.TransportResponse;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A network of a few addresses, for what loopback cannot show: names, https, and how far a request may reach. */
final class FakeTransport implements HttpTransport {

    final List<TransportRequest> sent = new ArrayList<>();
    private final Map<URI, TransportResponse> answers = new HashMap<>();
    private final Map<String, TransportException> failures = new HashMap<>();

    void serve(String uri, int status, Headers headers, String body) {
        answers.put(URI.create(uri), new Answer(status, headers, body));
    }

    void serve(String uri, String body) {
        serve(uri, 200, Headers.empty(), body);
    }

    void fail(String host, TransportException.Kind kind, @Nullable Throwable cause) {
        failures.put(host, new TransportException(kind, false, "no way to " + host, cause));
    }

    @Override
    public TransportResponse send(TransportRequest request) {
        sent.add(request);
        TransportException failure = failures.get(request.uri().getHost());
        if (failure != null) {
            throw failure;
        }
        return answers.getOrDefault(request.uri(), new Answer(404, Headers.empty(), ""));
    }

    @Override
    public void close() {}

    private record Answer(int status, Headers headers, String text) implements TransportResponse {
        @Override
        public InputStream body() {
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void close() {}
    }
}
