// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.http.apache;

import dev.atp4j.http.TransportException;
import dev.atp4j.http.TransportException.Kind;
import dev.atp4j.http.TransportRequest;
import dev.atp4j.time.Time;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.EntityTemplate;
import org.apache.hc.core5.http.io.entity.NullEntity;
import org.jspecify.annotations.Nullable;

/** One request and its answer: what HttpClient gets to send, and what has become of it. */
final class Exchange extends HttpUriRequestBase {

    private static final int PIECE = 16 * 1024;

    private final TransportRequest request;
    private final Time.Timer timer;
    private boolean sending;
    private volatile boolean late;

    /** Starts the request's time. */
    Exchange(TransportRequest request, Time time) {
        super(request.method(), request.uri());
        this.request = request;
        request.headers().forEach(this::addHeader);
        timer = time.after(request.timeout(), this::expire);
    }

    private void expire() {
        late = true;
        cancel();
    }

    /** Notes, once there is a connection, that the server may get the request from now on. A link of the client's chain. */
    static ClassicHttpResponse sending(ClassicHttpRequest copy, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        ((Exchange) scope.originalRequest).sending = true;
        return chain.proceed(copy, scope);
    }

    Answer run(CloseableHttpClient client) {
        InputStream source = null;
        try {
            source = open();
            addBody(source);
            return new Answer(client.executeOpen(null, this, null), this);
        } catch (IOException e) {
            throw failure(sending ? "no answer of " + origin() : "no connection to " + origin(), e);
        } catch (RuntimeException e) {
            abandon();
            throw e;
        } finally {
            close(source);
        }
    }

    private InputStream open() throws Unreadable {
        try {
            return request.body().open();
        } catch (IOException e) {
            throw new Unreadable(e);
        }
    }

    private static void close(@Nullable InputStream source) {
        try {
            if (source != null) {
                source.close();
            }
        } catch (IOException e) {
            // it has been read, or has told its trouble
        }
    }

    private void addBody(InputStream source) {
        long length = request.body().length();
        if (length != 0) {
            if (request.body().contentType() != null) {
                addHeader("content-type", request.body().contentType());
            }
            setEntity(new EntityTemplate(length, null, null, out -> copy(source, length, out)));
        } else if (!getMethod().equals("GET")) {
            setEntity(NullEntity.INSTANCE); // says that the length is zero
        }
    }

    private void copy(InputStream source, long length, OutputStream out) throws IOException {
        long left = length < 0 ? Long.MAX_VALUE : length;
        if (left > PIECE) {
            out.flush(); // the server may answer upon the header alone
        }
        byte[] piece = new byte[(int) Math.min(PIECE, left)];
        while (left > 0) {
            int count = read(source, piece, length, left);
            if (count < 0) {
                return;
            }
            out.write(piece, 0, count);
            left -= count;
        }
    }

    private int read(InputStream source, byte[] piece, long length, long left) throws Unreadable {
        try {
            int count = source.read(piece, 0, (int) Math.min(piece.length, left));
            if (count < 0 && length >= 0) {
                throw new EOFException("it ended " + left + " bytes too early");
            }
            return count;
        } catch (IOException e) {
            cancel(); // or the client would end the body as if it were whole
            throw new Unreadable(e);
        } catch (RuntimeException e) {
            cancel();
            throw e;
        }
    }

    String origin() {
        return request.origin();
    }

    /** Breaks the connection, if it is still this exchange's, and says why. */
    TransportException failure(String what, IOException e) {
        abandon();
        if (Thread.currentThread().isInterrupted()) {
            return new TransportException(Kind.INTERRUPTED, sending, "interrupted while waiting for " + origin(), e);
        }
        if (late) {
            return new TransportException(Kind.TIMEOUT, sending, what + " within " + request.timeout(), e);
        }
        if (e instanceof Unreadable) {
            return new TransportException(
                    Kind.REQUEST_BODY, sending, "the body for " + origin() + " cannot be read: " + e.getMessage(), e);
        }
        return new TransportException(sending ? Kind.BROKEN : Kind.CONNECT, sending, what + ": " + e.getMessage(), e);
    }

    /** Ends the exchange early. */
    void abandon() {
        finish();
        cancel();
    }

    /** Stops the request's time. */
    void finish() {
        timer.cancel();
    }

    /** Thrown when the request's body fails. */
    private static final class Unreadable extends IOException {

        private static final long serialVersionUID = 1L;

        Unreadable(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }
}
