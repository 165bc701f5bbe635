// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.xrpc;

import dev.atp4j.http.Headers;
import dev.atp4j.http.HttpTransport;
import dev.atp4j.http.TransportRequest;
import dev.atp4j.http.TransportResponse;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Gives the same answer to every request, and remembers the requests and what became of the answer. */
final class FakeTransport implements HttpTransport {

    final List<TransportRequest> requests = new ArrayList<>();
    int closedAnswers;
    long bytesRead;

    private final int status;
    private final Headers headers;
    private final InputStream body;

    FakeTransport(int status, Headers headers, InputStream body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    FakeTransport(int status, Headers headers, String body) {
        this(status, headers, new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }

    FakeTransport(int status, String body) {
        this(status, Headers.of("content-type", "application/json"), body);
    }

    TransportRequest onlyRequest() {
        if (requests.size() != 1) {
            throw new AssertionError(requests.size() + " requests instead of one");
        }
        return requests.get(0);
    }

    @Override
    public TransportResponse send(TransportRequest request) {
        requests.add(request);
        var counted = new FilterInputStream(body) {
            @Override
            public int read() throws IOException {
                int b = super.read();
                bytesRead += b < 0 ? 0 : 1;
                return b;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                int count = super.read(target, offset, length);
                bytesRead += Math.max(0, count);
                return count;
            }
        };
        return new TransportResponse() {
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
                return counted;
            }

            @Override
            public void close() {
                closedAnswers++;
            }
        };
    }

    @Override
    public void close() {}
}
