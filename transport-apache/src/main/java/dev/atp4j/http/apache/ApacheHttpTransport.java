// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.http.apache;

import dev.atp4j.http.HttpTransport;
import dev.atp4j.http.TransportException;
import dev.atp4j.http.TransportRequest;
import dev.atp4j.http.TransportResponse;
import dev.atp4j.time.Time;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A transport on the HTTP/1.1 engine of Apache HttpComponents Core, with a connection pool of its own. Thread-safe.
 *
 * <p>An exchange runs on the thread that asks for it; there are no others but the library's timer. For
 * {@link TransportRequest.Reach#PUBLIC} it connects to the very addresses that it checked. It goes through no proxy, and
 * neither asks for content codings nor undoes them.
 *
 * <p>Looking up a host's name is the system's business: neither the request's time nor an interrupt ends it.
 */
public final class ApacheHttpTransport implements HttpTransport {

    private final ConnectionPool pool;
    private final Dialer dialer;

    /** Creates a transport that trusts what the JVM trusts. */
    public ApacheHttpTransport() {
        this(null, InetAddress::getAllByName, Time.system());
    }

    /**
     * Creates a transport with its own idea of whom to trust.
     *
     * @param tls gives keys and trust; host names are verified in any case
     */
    public ApacheHttpTransport(SSLContext tls) {
        this(tls, InetAddress::getAllByName, Time.system());
    }

    ApacheHttpTransport(@Nullable SSLContext tls, Resolver resolver, Time time) {
        this.pool = new ConnectionPool(time);
        this.dialer = new Dialer(resolver, tls, pool);
    }

    @Override
    public TransportResponse send(TransportRequest request) {
        if (Thread.currentThread().isInterrupted()) {
            throw new TransportException(
                    TransportException.Kind.INTERRUPTED,
                    false,
                    "interrupted before anything was sent to " + request.origin(),
                    null);
        }
        long deadline = pool.now() + request.timeout().toNanos();
        InputStream body = open(request);
        try {
            Route route = Route.of(request);
            Connection idle = pool.lease(route, deadline);
            Connection connection = idle != null ? idle : pool.create(route, deadline);
            return new Exchange(request, body, connection, pool).run(dialer, idle != null);
        } finally {
            close(body);
        }
    }

    private static InputStream open(TransportRequest request) {
        try {
            return request.body().open();
        } catch (IOException e) {
            throw new TransportException(
                    TransportException.Kind.REQUEST_BODY,
                    false,
                    "the body for " + request.origin() + " cannot be read: " + e.getMessage(),
                    e);
        }
    }

    private static void close(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            // it has been read, or has told its trouble
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
