// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.cli;

import dev.atp4j.http.HttpTransport;
import dev.atp4j.http.TransportException;
import dev.atp4j.http.TransportRequest;
import dev.atp4j.http.TransportResponse;
import dev.atp4j.time.Time;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The transport of a command. It is made when the first request needs it, and tells somebody what goes over the wire: what
 * was called where, and with which status; never a header, a parameter or a body. Thread-safe.
 */
final class Wire implements HttpTransport {

    private static final String XRPC = "/xrpc/";

    private final Time time;
    private final Consumer<Exchange> listener;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable HttpTransport transport;

    Wire(Time time, Consumer<Exchange> listener) {
        this.time = time;
        this.listener = listener;
    }

    /**
     * A request and what came of it.
     *
     * @param call the name of the XRPC method, else the path
     * @param host where it went
     * @param status the status of the answer, or 0 if there was none
     * @param trouble why there was none, or null
     * @param took from the request to the header of the answer
     */
    record Exchange(String call, String host, int status, TransportException.@Nullable Kind trouble, Duration took) {

        /** Returns the exchange in one line. */
        @Override
        public String toString() {
            String answer = trouble == null ? Integer.toString(status) : "no answer (" + trouble + ")";
            return call + " at " + host + ": " + answer + ", " + took.toMillis() + " ms";
        }
    }

    @Override
    public TransportResponse send(TransportRequest request) {
        long start = time.nanos();
        try {
            TransportResponse response = transport().send(request);
            tell(request, response.status(), null, start);
            return response;
        } catch (TransportException e) {
            tell(request, 0, e.kind(), start);
            throw e;
        }
    }

    private void tell(TransportRequest request, int status, TransportException.@Nullable Kind trouble, long start) {
        String path = request.uri().getRawPath();
        listener.accept(new Exchange(
                path.startsWith(XRPC) ? path.substring(XRPC.length()) : path,
                request.uri().getAuthority(),
                status,
                trouble,
                Duration.ofNanos(time.nanos() - start)));
    }

    private HttpTransport transport() {
        lock.lock();
        try {
            HttpTransport made = transport;
            if (made == null) {
                made = HttpTransport.create();
                transport = made;
            }
            return made;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (transport != null) {
                transport.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
