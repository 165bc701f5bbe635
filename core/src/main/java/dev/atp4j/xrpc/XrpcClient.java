// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.xrpc;

import dev.atp4j.http.Headers;
import dev.atp4j.http.HttpTransport;
import dev.atp4j.http.TransportException;
import dev.atp4j.http.TransportRequest;
import dev.atp4j.http.TransportResponse;
import dev.atp4j.syntax.Did;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** Calls one service without credentials. Thread-safe. */
public final class XrpcClient implements Agent {

    /** How long a call may take unless the request says otherwise. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    private final HttpTransport transport;
    private final URI service;
    private final String origin;
    private final TransportRequest.Reach reach;

    /**
     * Creates a client for a service that the user of the library chose.
     *
     * @param transport what to send with; not closed by this client
     * @param service the service's origin: scheme, host and perhaps port
     * @throws IllegalArgumentException if the service is no http or https origin; the message does not show it
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
     * @throws IllegalArgumentException if the service is no http or https origin; the message does not show it
     */
    public XrpcClient(HttpTransport transport, URI service, TransportRequest.Reach reach) {
        this.transport = Objects.requireNonNull(transport, "transport");
        this.reach = Objects.requireNonNull(reach, "reach");
        if (!isOrigin(service)) {
            // It is not shown: somebody may have put a password into it.
            throw new IllegalArgumentException("a service is a scheme (http or https), a host and perhaps a port,"
                    + " such as https://pds.example.com, and nothing else");
        }
        this.origin = service.getScheme() + "://" + service.getRawAuthority();
        this.service = URI.create(origin);
    }

    private static boolean isOrigin(URI service) {
        return ("https".equalsIgnoreCase(service.getScheme()) || "http".equalsIgnoreCase(service.getScheme()))
                && service.getHost() != null
                && service.getRawUserInfo() == null
                && (service.getRawPath().isEmpty() || service.getRawPath().equals("/"))
                && service.getRawQuery() == null
                && service.getRawFragment() == null;
    }

    /**
     * Returns the service called.
     *
     * @return its origin, without a slash at the end
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
     * @param timeout how long this one exchange may take, nothing being sent if that is no time at all; the request's own
     *     time is not looked at
     * @return the answer; one that is no success is always in memory, cut at 64 KiB
     * @throws TransportException if there was no answer, or it broke off, or it is larger than the request allows
     */
    public XrpcResponse exchange(XrpcRequest request, Headers credentials, Duration timeout) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new TransportException(
                    TransportException.Kind.TIMEOUT, false, "no time left to call " + request.nsid(), null);
        }
        TransportResponse answer = transport.send(new TransportRequest(
                request.procedure() ? "POST" : "GET",
                request.address(origin),
                request.fields().plus(credentials),
                request.body(),
                timeout,
                reach));
        if (request.streaming() && answer.status() / 100 == 2) {
            return new StreamedResponse(request.nsid(), answer, request.maxResponseBytes());
        }
        try (answer) {
            return BufferedResponse.read(request.nsid(), answer, request.maxResponseBytes());
        }
    }
}
