// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.xrpc;

import dev.atp4j.data.DataException;
import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import dev.atp4j.http.Headers;
import dev.atp4j.http.HttpTransport;
import dev.atp4j.http.TransportException;
import dev.atp4j.http.TransportRequest;
import dev.atp4j.http.TransportResponse;
import dev.atp4j.syntax.Did;
import dev.atp4j.syntax.Nsid;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Calls one service without credentials. Thread-safe. */
public final class XrpcClient implements Agent {

    /** How long a call may take unless the request says otherwise. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    private final HttpTransport transport;
    private final URI service;
    private final TransportRequest.Reach reach;

    /**
     * Creates a client for a service that the user of the library chose.
     *
     * @param transport what to send with; not closed by this client
     * @param service the service's origin: scheme, host and perhaps port
     */
    public XrpcClient(HttpTransport transport, URI service) {
        this(transport, service, TransportRequest.Reach.ANY);
    }

    /**
     * Creates a client.
     *
     * @param transport what to send with; not closed by this client
     * @param service the service's origin: scheme, host and perhaps port
     * @param reach which hosts it may go to
     * @throws IllegalArgumentException if the service is no http or https origin
     */
    public XrpcClient(HttpTransport transport, URI service, TransportRequest.Reach reach) {
        this.transport = transport;
        this.service = service;
        this.reach = reach;
    }

    /**
     * Returns the service called.
     *
     * @return its origin
     */
    public URI service() {
        return service;
    }

    @Override
    public Optional<Did> did() {
        return Optional.empty();
    }

    @Override
    public XrpcResponse send(XrpcRequest request) {
        Duration timeout = request.timeout();
        return exchange(request, Headers.empty(), timeout == null ? DEFAULT_TIMEOUT : timeout)
                .orThrow();
    }

    /**
     * Sends a request and returns its answer, whatever the status. For agents that add credentials.
     *
     * @param request what to send
     * @param credentials header fields to add
     * @param timeout how long this one exchange may take; the request's own time is not looked at
     * @return the answer; a body that is not 2xx is always in memory, cut at 64 KiB
     * @throws TransportException if there was no answer, or it is larger than the request allows
     */
    public XrpcResponse exchange(XrpcRequest request, Headers credentials, Duration timeout) {
        Headers headers = Headers.of("accept", "*/*").plus(request.headers()).plus(credentials);
        TransportResponse response = transport.send(new TransportRequest(
                request.procedure() ? "POST" : "GET",
                URI.create(service + request.path()),
                headers,
                request.body(),
                timeout,
                reach));
        try (response) {
            return new Buffered(
                    request.nsid(),
                    response.status(),
                    response.headers(),
                    response.body().readAllBytes());
        } catch (IOException e) {
            throw new TransportException(TransportException.Kind.BROKEN, true, "broken answer from " + service, e);
        }
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Buffered(Nsid nsid, int status, Headers headers, byte[] body) implements XrpcResponse {

        @Override
        public LexMap json() {
            try {
                return LexJson.parseMap(body);
            } catch (DataException e) {
                throw new XrpcDecodeException(nsid, e.getMessage(), e);
            }
        }

        @Override
        public byte[] bytes() {
            return body.clone();
        }

        @Override
        public InputStream stream() {
            return new ByteArrayInputStream(body);
        }

        @Override
        public Optional<XrpcError> error() {
            try {
                LexMap json = LexJson.parseMap(body);
                @Nullable String message = json.getString("message").orElse(null);
                return json.getString("error").map(name -> new XrpcError(name, message));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        @Override
        public Optional<RateLimit> rateLimit() {
            return Optional.empty();
        }

        @Override
        public XrpcResponse orThrow() {
            if (status / 100 == 2) {
                return this;
            }
            throw new XrpcResponseException(nsid, this);
        }

        @Override
        public void close() {}
    }
}
