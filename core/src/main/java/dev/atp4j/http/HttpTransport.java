// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.http;

import java.util.ServiceLoader;

/**
 * Sends HTTP requests. Thread-safe.
 *
 * <p>A transport never follows redirects, keeps no cookies, adds no credentials, verifies TLS certificates, speaks
 * HTTP/1.1 on plain {@code http}, sends {@code Content-Length} whenever the length is known (zero for the empty body of
 * a POST), neither asks for content codings nor undoes them, and sends no request twice that could change something.
 *
 * <p>The time of a request runs until the last byte of its answer is read, and nothing but the lookup of a name and a body
 * that is slow to read goes on beyond it. A request's body is read by the thread that sends it, while it is sent.
 */
public interface HttpTransport extends AutoCloseable {

    /**
     * Sends one request and returns when the header of the answer is there.
     *
     * @param request what to send
     * @return the answer, whatever its status; the caller closes it
     * @throws TransportException if there is no answer; it tells whether the server may have got the request. A thread
     *     that is interrupted meanwhile gets one too, and keeps its interrupt flag
     * @throws IllegalStateException if the transport is closed, or the body can be sent once only and was sent before
     */
    TransportResponse send(TransportRequest request);

    /** Closes connections and frees what the transport holds. Requests under way may fail; closing again does nothing. */
    @Override
    void close();

    /**
     * Returns a new transport: the first that a {@link HttpTransportProvider} on the path offers, else the JDK's HTTP
     * client.
     *
     * @return a transport, to be closed by the caller
     */
    static HttpTransport create() {
        return ServiceLoader.load(HttpTransportProvider.class)
                .findFirst()
                .map(HttpTransportProvider::create)
                .orElseGet(JdkHttpTransport::new);
    }
}
