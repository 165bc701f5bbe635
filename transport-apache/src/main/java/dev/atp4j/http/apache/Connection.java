// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.http.apache;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.MonitoringResponseOutOfOrderStrategy;
import org.apache.hc.core5.http.impl.io.SocketHolder;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.ResponseOutOfOrderStrategy;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/**
 * One connection. HttpClient's own logs headers and bodies, tokens and passwords among them, wherever debug logging is on;
 * and takes a millisecond to find out whether an idle connection still stands.
 */
final class Connection extends DefaultBHttpClientConnection implements ManagedHttpClientConnection {

    /** Looks every so many bytes of a request's body whether the server has said something; on TLS a look takes a millisecond. */
    private static final ResponseOutOfOrderStrategy LOOK = new MonitoringResponseOutOfOrderStrategy(256 * 1024);

    private final HeadParser parser;
    private volatile boolean closed;
    private @Nullable ClassicHttpResponse early;
    private boolean cutShort;

    Connection() {
        this(new HeadParser());
    }

    private Connection(HeadParser parser) {
        super(HeadParser.LIMITS, null, null, null, null, Connection::isAnswered, null, limits -> parser);
        this.parser = parser;
    }

    /** Tells whether the server has answered already: then the rest need not be sent. An interim answer is none. */
    private static boolean isAnswered(
            ClassicHttpRequest request, HttpClientConnection connection, InputStream in, long sent, long next)
            throws IOException {
        var self = (Connection) connection;
        if (!self.cutShort && LOOK.isEarlyResponseDetected(request, connection, in, sent, next)) {
            try {
                ClassicHttpResponse head = connection.receiveResponseHeader();
                self.cutShort = head.getCode() >= HttpStatus.SC_SUCCESS;
                self.early = self.cutShort ? head : null;
            } catch (HttpException e) {
                throw new IOException(e);
            }
        }
        return self.cutShort;
    }

    @Override
    public ClassicHttpResponse receiveResponseHeader() throws HttpException, IOException {
        ClassicHttpResponse head = early;
        early = null;
        return head != null ? head : super.receiveResponseHeader();
    }

    /** Takes a socket, perhaps before it is connected, so that closing the connection ends that too. */
    @Override
    protected void bind(SocketHolder holder) throws IOException {
        super.bind(holder);
        if (closed) {
            super.close(CloseMode.IMMEDIATE);
            throw new InterruptedIOException("the connection was closed");
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        super.close();
    }

    @Override
    public void close(CloseMode mode) {
        closed = true;
        super.close(mode);
    }

    @Override
    public @Nullable Socket getSocket() {
        SocketHolder holder = getSocketHolder();
        return holder == null ? null : holder.getSocket();
    }

    /** Tells whether the server has closed the idle connection, has spoken out of turn, or may wait for a request's rest. */
    @Override
    public boolean isStale() {
        SocketHolder holder = getSocketHolder();
        if (holder == null || cutShort) {
            return true;
        }
        SocketChannel channel = holder.getBaseSocket().getChannel();
        try {
            // What came behind an answer, and was read with it, would be taken for the next one.
            if (parser.hasReadAhead() || holder.getInputStream().available() > 0) {
                return true;
            }
            channel.configureBlocking(false);
            int said = channel.read(ByteBuffer.allocate(1));
            channel.configureBlocking(true);
            return said != 0;
        } catch (IOException e) {
            return true;
        }
    }

    /** Does nothing: there are no socket timeouts to suspend. */
    @Override
    public void passivate() {}

    /** Does nothing: there are no socket timeouts to resume. */
    @Override
    public void activate() {}
}
