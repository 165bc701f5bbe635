// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds;

import dev.atp4j.data.LexMap;
import dev.atp4j.http.Headers;
import dev.atp4j.http.HttpTransport;
import dev.atp4j.http.RequestBody;
import dev.atp4j.http.TransportException;
import dev.atp4j.http.TransportRequest;
import dev.atp4j.http.TransportResponse;
import dev.atp4j.pds.wire.Answer;
import dev.atp4j.pds.wire.Handler;
import dev.atp4j.pds.wire.Request;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

/** Passes requests on to another server. Thread-safe. */
final class Upstream implements Handler {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    /** What concerns one connection only, and what the transport writes itself. */
    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "content-length",
            "expect",
            "host",
            "http2-settings",
            "keep-alive",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private final URI origin;
    private final HttpTransport transport;

    Upstream(URI origin, HttpTransport transport) {
        this.origin = origin;
        this.transport = transport;
    }

    @Override
    public Answer answer(Request request) throws InterruptedException {
        try (TransportResponse response = transport.send(passedOn(request))) {
            byte[] body = response.body().readAllBytes();
            return Answer.of(response.status(), endToEnd(response.headers()), body);
        } catch (TransportException e) {
            if (e.kind() == TransportException.Kind.INTERRUPTED) {
                throw new InterruptedException();
            }
            return unreachable();
        } catch (IOException e) {
            return unreachable();
        }
    }

    private TransportRequest passedOn(Request request) {
        // Faults that change an answer have to be able to read it; so nobody is offered to compress it.
        Headers headers = endToEnd(request.headers()).without("accept-encoding");
        RequestBody body = RequestBody.empty();
        if (request.body().length > 0) {
            body = RequestBody.bytes(
                    request.body(), headers.first("content-type").orElse("application/octet-stream"));
            headers = headers.without("content-type");
        }
        return new TransportRequest(
                request.method(), origin.resolve(request.target()), headers, body, TIMEOUT, TransportRequest.Reach.ANY);
    }

    private static Headers endToEnd(Headers headers) {
        Headers kept = headers;
        for (String name : HOP_BY_HOP) {
            kept = kept.without(name);
        }
        return kept;
    }

    private static Answer unreachable() {
        return Answer.json(
                502,
                LexMap.builder()
                        .put("error", "UpstreamFailure")
                        .put("message", "Upstream service unreachable")
                        .build());
    }
}
