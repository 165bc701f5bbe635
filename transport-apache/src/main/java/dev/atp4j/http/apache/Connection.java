// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.http.apache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.jspecify.annotations.Nullable;

/**
 * One connection, from before it is made.
 *
 * <p>It reads and writes through a {@link SocketChannel}, since that is what a thread can be interrupted in, and what
 * another thread can close without waiting for it.
 */
final class Connection {

    final Route route;

    /** When to close it, on the pool's clock: the end of the exchange under way, or of waiting for one. The pool's. */
    long until;

    /** Whether it waits for an exchange. The pool's. */
    boolean idle;

    private volatile @Nullable SocketChannel channel;
    private volatile boolean cut;
    private volatile boolean closed;
    private final EarlyAnswers early = new EarlyAnswers();
    private @Nullable DefaultBHttpClientConnection http;

    Connection(Route route) {
        this.route = route;
    }

    /** Takes the channel of the next attempt to connect. */
    void attach(SocketChannel next) throws IOException {
        channel = next;
        if (closed) {
            next.close();
        }
    }

    /** Takes the protocol engine, once there is a connection. */
    void attach(DefaultBHttpClientConnection engine) {
        http = engine;
    }

    EarlyAnswers early() {
        return early;
    }

    DefaultBHttpClientConnection http() {
        if (http == null) {
            throw new IllegalStateException("not connected");
        }
        return http;
    }

    /** Tells whether the server has neither closed the idle connection nor said anything out of turn. */
    boolean isFit() {
        SocketChannel open = channel;
        if (open == null) {
            return false;
        }
        try {
            open.configureBlocking(false);
            int said = open.read(ByteBuffer.allocate(1));
            open.configureBlocking(true);
            return said == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Closes it because its time is over. */
    void cut() {
        cut = true;
        close();
    }

    /** Tells whether it was closed because its time was over. */
    boolean wasCut() {
        return cut;
    }

    void close() {
        closed = true;
        SocketChannel open = channel;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // nothing more is expected of it
            }
        }
    }
}
