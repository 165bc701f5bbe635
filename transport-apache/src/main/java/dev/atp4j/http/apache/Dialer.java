// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.http.apache;

import dev.atp4j.http.TransportException;
import dev.atp4j.http.TransportRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.jspecify.annotations.Nullable;

/** Makes connections. The addresses it checks are the ones it connects to. */
final class Dialer {

    private static final long CONNECT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Resolver resolver;
    private final @Nullable SSLContext tls;
    private final ConnectionPool pool;

    Dialer(Resolver resolver, @Nullable SSLContext tls, ConnectionPool pool) {
        this.resolver = resolver;
        this.tls = tls;
        this.pool = pool;
    }

    /**
     * Connects.
     *
     * @throws IOException if the host is unknown or does not take the connection
     * @throws TransportException if the request may not go to the host's addresses
     */
    void dial(Connection connection, TransportRequest request) throws IOException {
        Route route = connection.route;
        InetAddress[] addresses;
        try {
            addresses = resolver.resolve(route.host());
        } catch (UnknownHostException e) {
            throw new IOException("unknown host", e);
        }
        for (InetAddress address : addresses) {
            if (!request.reach().allows(address)) {
                throw new TransportException(
                        TransportException.Kind.FORBIDDEN_ADDRESS,
                        false,
                        request.origin() + " is not on the public internet: " + address.getHostAddress(),
                        null);
            }
        }
        Socket socket = connect(connection, addresses);
        var http = new DefaultBHttpClientConnection(
                HeadParser.LIMITS, null, null, null, null, connection.early(), null, HeadParser::new);
        if (route.tls()) {
            http.bind(secure(socket, route), socket);
        } else {
            http.bind(socket);
        }
        connection.attach(http);
    }

    private Socket connect(Connection connection, InetAddress[] addresses) throws IOException {
        long end = pool.now() + CONNECT_NANOS;
        IOException last = new IOException("the host has no address");
        for (int i = 0; i < addresses.length; i++) {
            SocketChannel channel = SocketChannel.open();
            connection.attach(channel);
            // An address that does not answer leaves time for the others.
            long share = (end - pool.now()) / (addresses.length - i);
            try {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.socket().connect(new InetSocketAddress(addresses[i], connection.route.port()), (int)
                        Math.max(1, TimeUnit.NANOSECONDS.toMillis(share)));
                return channel.socket();
            } catch (IOException e) {
                channel.close();
                last = e;
                if (connection.wasCut() || Thread.currentThread().isInterrupted()) {
                    break;
                }
            }
        }
        throw last;
    }

    private SSLSocket secure(Socket socket, Route route) throws IOException {
        var sockets = (SSLSocketFactory) (tls == null ? SSLSocketFactory.getDefault() : tls.getSocketFactory());
        var secured = (SSLSocket) sockets.createSocket(socket, route.host(), route.port(), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }
}
