// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 server on loopback: one daemon thread per connection, keep-alive without limits, and full control over
 * how an answer ends.
 *
 * <p>It exists because faults have to be real: the JDK's server can neither reset a connection nor leave more than a
 * few hundred idle ones open. Thread-safe.
 */
public final class Listener implements AutoCloseable {

    private static final int BACKLOG = 1024;

    private final ServerSocket server;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(Listener::thread);
    private volatile @Nullable Thread acceptor;
    private volatile boolean closed;

    private static Thread thread(Runnable task) {
        var thread = new Thread(task, "atp4j-pds");
        thread.setDaemon(true);
        return thread;
    }

    private Listener(ServerSocket server) {
        this.server = server;
    }

    /**
     * Takes a port on 127.0.0.1. Connections wait until {@link #serve} is called.
     *
     * @param port the port, or 0 for a free one
     * @return the server
     * @throws UncheckedIOException if the port cannot be had
     */
    public static Listener open(int port) {
        try {
            var server = new ServerSocket();
            try {
                server.setReuseAddress(true);
                server.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), BACKLOG);
            } catch (IOException e) {
                server.close();
                throw e;
            }
            return new Listener(server);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on 127.0.0.1:" + port, e);
        }
    }

    /**
     * Starts to answer requests.
     *
     * @param handler answers them
     */
    public void serve(Handler handler) {
        Thread thread = thread(() -> accept(handler));
        acceptor = thread;
        thread.start();
    }

    /**
     * Returns where the server listens.
     *
     * @return its origin, such as {@code http://127.0.0.1:2583}
     */
    public URI origin() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    private void accept(Handler handler) {
        while (!closed) {
            try {
                Socket socket = server.accept();
                connections.add(socket);
                if (closed) {
                    socket.close();
                    return;
                }
                threads.execute(() -> serve(socket, handler));
            } catch (IOException e) {
                // a closed server socket ends the loop; a connection that died before it was accepted does not
            }
        }
    }

    private void serve(Socket socket, Handler handler) {
        try (socket) {
            socket.setTcpNoDelay(true);
            new Connection(socket, handler).serve();
        } catch (IOException e) {
            // the client has gone, which is its right
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            connections.remove(socket);
        }
    }

    /** Stops listening and breaks all connections. */
    @Override
    public void close() {
        closed = true;
        closeQuietly(server);
        // A connection that is being accepted right now still gets through, so this has to come first.
        awaitAcceptor();
        connections.forEach(Listener::closeQuietly);
        threads.shutdownNow();
    }

    private void awaitAcceptor() {
        Thread thread = acceptor;
        if (thread == null) {
            return;
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void closeQuietly(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            // nothing more is expected of it
        }
    }
}
