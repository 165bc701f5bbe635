// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.http.apache;

import dev.atp4j.http.RequestBody;
import dev.atp4j.http.TransportException;
import dev.atp4j.http.TransportException.Kind;
import dev.atp4j.http.TransportRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.message.MessageSupport;
import org.apache.hc.core5.http.protocol.HttpCoreContext;

/** One request and its answer on one connection. */
final class Exchange {

    /** How long an idle connection is kept unless the server says how long it keeps it. */
    private static final Duration IDLE = Duration.ofSeconds(30);

    /** Up to how many bytes a body goes out with the header. */
    private static final int SMALL = 8 * 1024;

    private static final HttpCoreContext NO_CONTEXT = HttpCoreContext.create();

    private final TransportRequest request;
    private final Connection connection;
    private final ConnectionPool pool;
    private final ClassicHttpRequest message;
    private boolean sent;
    private boolean sentInFull;

    Exchange(TransportRequest request, InputStream body, Connection connection, ConnectionPool pool) {
        this.request = request;
        this.connection = connection;
        this.pool = pool;
        this.message = translate(request, body, connection);
    }

    private static ClassicHttpRequest translate(TransportRequest request, InputStream source, Connection connection) {
        URI uri = request.uri();
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        var message = new BasicClassicHttpRequest(
                request.method(), uri.getRawQuery() == null ? path : path + '?' + uri.getRawQuery());
        message.addHeader("host", uri.getRawAuthority());
        request.headers().forEach(message::addHeader);
        RequestBody body = request.body();
        if (body.length() == 0) {
            if (!request.method().equals("GET")) {
                message.addHeader("content-length", "0");
            }
            return message;
        }
        if (body.contentType() != null) {
            message.addHeader("content-type", body.contentType());
        }
        if (body.length() < 0) {
            message.addHeader("transfer-encoding", "chunked");
        } else {
            message.addHeader("content-length", Long.toString(body.length()));
        }
        message.setEntity(new Outgoing(source, body.length(), body.contentType(), connection));
        return message;
    }

    Answer run(Dialer dialer, boolean connected) {
        try {
            if (!connected) {
                dialer.dial(connection, request);
            }
            return new Answer(exchange(connection.http()), this);
        } catch (IOException | HttpException e) {
            throw failure(sent ? "no answer of " + origin() : "no connection to " + origin(), e);
        } catch (RuntimeException e) {
            abandon();
            throw e;
        }
    }

    private ClassicHttpResponse exchange(HttpClientConnection http) throws IOException, HttpException {
        sent = true;
        ClassicHttpResponse response = head(http);
        if (MessageSupport.canResponseHaveBody(message.getMethod(), response)) {
            http.receiveResponseEntity(response);
        }
        return response;
    }

    private ClassicHttpResponse head(HttpClientConnection http) throws IOException, HttpException {
        try {
            http.sendRequestHeader(message);
            if (request.body().length() < 0 || request.body().length() > SMALL) {
                http.flush(); // the server may answer upon the header alone
            }
            http.sendRequestEntity(message);
            ClassicHttpResponse early = connection.early().answer();
            if (early != null) {
                return early;
            }
            http.flush();
            sentInFull = true;
        } catch (Outgoing.Unreadable e) {
            throw e;
        } catch (IOException e) {
            try {
                return receive(http); // the server may have answered and hung up before it had everything
            } catch (IOException | HttpException nothing) {
                throw e;
            }
        }
        return receive(http);
    }

    private static ClassicHttpResponse receive(HttpClientConnection http) throws IOException, HttpException {
        ClassicHttpResponse response = http.receiveResponseHeader();
        while (response.getCode() < 200) {
            if (response.getCode() == 101) {
                throw new ProtocolException("the server changed the protocol");
            }
            response = http.receiveResponseHeader();
        }
        return response;
    }

    String origin() {
        return request.origin();
    }

    /** Gives the connection up and says why. */
    TransportException failure(String what, Exception e) {
        abandon();
        if (Thread.currentThread().isInterrupted()) {
            return new TransportException(Kind.INTERRUPTED, sent, "interrupted while waiting for " + origin(), e);
        }
        if (connection.wasCut()) {
            return new TransportException(Kind.TIMEOUT, sent, what + " within " + request.timeout(), e);
        }
        if (e instanceof Outgoing.Unreadable) {
            return new TransportException(
                    Kind.REQUEST_BODY, sent, "the body for " + origin() + " cannot be read: " + e.getMessage(), e);
        }
        return new TransportException(sent ? Kind.BROKEN : Kind.CONNECT, sent, what + ": " + e.getMessage(), e);
    }

    /** Gives the connection back, or up if it cannot be used again. */
    void finish(ClassicHttpResponse response) {
        Duration idle = idleTime(response);
        if (sentInFull
                && !idle.isZero()
                && DefaultConnectionReuseStrategy.INSTANCE.keepAlive(message, response, NO_CONTEXT)) {
            pool.release(connection, idle);
        } else {
            abandon();
        }
    }

    /** Gives the connection up. */
    void abandon() {
        pool.discard(connection);
    }

    /** Returns how long to keep the connection: one second less than the server does, if it says so. */
    private static Duration idleTime(ClassicHttpResponse response) {
        var field = response.getFirstHeader("keep-alive");
        String value = field == null ? null : field.getValue();
        if (value == null) {
            return IDLE;
        }
        int at = value.indexOf("timeout=");
        if (at < 0) {
            return IDLE;
        }
        long seconds = 0;
        for (int i = at + "timeout=".length(); i < value.length() && seconds <= IDLE.toSeconds(); i++) {
            int digit = Character.digit(value.charAt(i), 10);
            if (digit < 0) {
                break;
            }
            seconds = 10 * seconds + digit;
        }
        return Duration.ofSeconds(Math.max(0, Math.min(IDLE.toSeconds(), seconds - 1)));
    }
}
