// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.http.apache;

import java.io.IOException;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** Makes connection managers: with no limit to connections, since each has a thread that waits for it. */
final class Connections extends PoolingHttpClientConnectionManagerBuilder {

    private final @Nullable SSLContext tls;

    Connections(DnsResolver addresses, @Nullable SSLContext tls) {
        this.tls = tls;
        setConnectionFactory(socket -> new Connection());
        setDnsResolver(addresses);
        setTlsSocketStrategy(this::secure);
        setMaxConnTotal(Integer.MAX_VALUE);
        setMaxConnPerRoute(Integer.MAX_VALUE);
        // The exchange's own timer ends reads and writes.
        setDefaultSocketConfig(
                SocketConfig.custom().setSoTimeout(Timeout.DISABLED).build());
        setDefaultConnectionConfig(ConnectionConfig.custom()
                .setConnectTimeout(Timeout.ofSeconds(10))
                .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                .build());
    }

    /** Takes sockets from channels, in which a thread can be interrupted. */
    @Override
    protected HttpClientConnectionOperator createConnectionOperator(
            SchemePortResolver ports, DnsResolver addresses, TlsSocketStrategy strategy) {
        return new DefaultHttpClientConnectionOperator(
                proxy -> SocketChannel.open().socket(),
                ports,
                addresses,
                RegistryBuilder.<TlsSocketStrategy>create()
                        .register(URIScheme.HTTPS.id, strategy)
                        .build());
    }

    /** Speaks TLS, and lets the JDK verify the host's name. The JVM's own context is looked for only when it is needed. */
    private SSLSocket secure(Socket socket, String host, int port, Object attachment, HttpContext context)
            throws IOException {
        try {
            return new DefaultClientTlsStrategy(
                            tls == null ? SSLContext.getDefault() : tls, HostnameVerificationPolicy.BUILTIN, null)
                    .upgrade(socket, host, port, attachment, context);
        } catch (NoSuchAlgorithmException e) {
            throw new IOException("TLS is not to be had", e);
        }
    }
}
