// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.http.apache;

import dev.atp4j.http.HttpTransport;
import dev.atp4j.http.TransportException;
import dev.atp4j.http.TransportRequest;
import dev.atp4j.http.TransportRequest.Reach;
import dev.atp4j.http.TransportResponse;
import dev.atp4j.time.Time;
import java.net.InetAddress;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.DefaultConnectionKeepAliveStrategy;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;

/**
 * A transport on Apache HttpClient 5 (classic). Thread-safe.
 *
 * <p>An exchange runs on the thread that asks for it. For {@link Reach#PUBLIC} it connects to the very addresses that were
 * checked, over connections that other requests do not share. It goes through no proxy, and neither asks for content
 * codings nor undoes them. HttpClient's debug log shows addresses with their queries, but no header field and no body.
 *
 * <p>Looking up a host's name is the system's business: neither the request's time nor an interrupt ends it, but nothing is
 * sent afterwards. Both end everything else, save a read of the request's own body that blocks.
 */
public final class ApacheHttpTransport implements HttpTransport {

    private static final long IDLE_SECONDS = 30;

    private static final RequestConfig CONFIG = RequestConfig.custom()
            .setAuthenticationEnabled(false)
            .setProtocolUpgradeEnabled(false)
            .build();

    private final @Nullable SSLContext tls;
    private final Addresses.Lookup lookup;
    private final Time time;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Reach, CloseableHttpClient> clients = new EnumMap<>(Reach.class);
    private boolean closed;

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

    ApacheHttpTransport(@Nullable SSLContext tls, Addresses.Lookup lookup, Time time) {
        this.tls = tls;
        this.lookup = lookup;
        this.time = time;
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
        return new Exchange(request, time).run(client(request.reach()));
    }

    /** Returns the client for a reach. It is made when it is first needed, since that takes a while. */
    private CloseableHttpClient client(Reach reach) {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the transport is closed");
            }
            return clients.computeIfAbsent(reach, this::create);
        } finally {
            lock.unlock();
        }
    }

    private CloseableHttpClient create(Reach reach) {
        return HttpClientBuilder.create()
                .setConnectionManager(new Connections(new Addresses(reach, lookup), tls).build())
                .setDefaultRequestConfig(CONFIG)
                .setKeepAliveStrategy(ApacheHttpTransport::keepAlive)
                .evictExpiredConnections()
                .addExecInterceptorLast("sending", Exchange::sending)
                .disableAuthCaching()
                .disableAutomaticRetries()
                .disableConnectionState()
                .disableContentCompression()
                .disableCookieManagement()
                .disableDefaultUserAgent()
                .disableRedirectHandling()
                .build();
    }

    /** Returns how long an idle connection is kept: one second less than the server does, if it says so. */
    static TimeValue keepAlive(HttpResponse response, HttpContext context) {
        TimeValue server = DefaultConnectionKeepAliveStrategy.INSTANCE.getKeepAliveDuration(response, context);
        long seconds = Math.min(IDLE_SECONDS, server.toSeconds() - 1);
        // No time at all would be taken for no limit.
        return seconds < 1 ? TimeValue.ofMilliseconds(1) : TimeValue.ofSeconds(seconds);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            clients.values().forEach(client -> client.close(CloseMode.IMMEDIATE));
            clients.clear();
        } finally {
            lock.unlock();
        }
    }
}
