// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Stands between a client and a server, such as a program and its database, and lets things happen to their connections.
 * Listens on loopback, and passes everything on until it is told otherwise.
 *
 * <pre>{@code
 * try (TcpProxy proxy = TcpProxy.to(new InetSocketAddress("127.0.0.1", 5432))) {
 *     // connect to proxy.port() ...
 *     proxy.blackhole();
 *     // ... nothing arrives any more, and nobody is told
 *     proxy.pass();
 * }
 * }</pre>
 *
 * <p>What it is told holds for the connections that are open as for those to come, until it is told something else. Delays
 * are counted on the machine's clock. Thread-safe.
 */
public final class TcpProxy implements AutoCloseable {

    private static final long UNLIMITED = Long.MAX_VALUE;

    private enum Mode {
        PASS,
        SILENCE,
        BLACKHOLE,
        REFUSE
    }

    private final InetSocketAddress server;
    private final ServerSocket listener;

    /** Guards the fields below. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private final Set<Link> links = new HashSet<>();
    private Mode mode = Mode.PASS;
    private long delayNanos;
    private long budget = UNLIMITED;
    private boolean closed;
    private int accepted;

    private TcpProxy(InetSocketAddress server, ServerSocket listener) {
        this.server = server;
        this.listener = listener;
    }

    /**
     * Starts a proxy on a free port.
     *
     * @param server where connections lead
     * @return the running proxy, to be closed by the caller
     * @throws UncheckedIOException if no port can be had
     */
    public static TcpProxy to(InetSocketAddress server) {
        try {
            var proxy = new TcpProxy(server, new ServerSocket(0, 128, InetAddress.getLoopbackAddress()));
            daemon("tcp-proxy-" + proxy.port(), proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException("a proxy could not listen on loopback", e);
        }
    }

    /**
     * Returns where to connect to instead of the server.
     *
     * @return the port on loopback
     */
    public int port() {
        return listener.getLocalPort();
    }

    /**
     * Returns how many connections came so far.
     *
     * @return the number, those that were refused among them
     */
    public int accepted() {
        lock.lock();
        try {
            return accepted;
        } finally {
            lock.unlock();
        }
    }

    /** Passes everything on, at once: what silence or a black hole has held back, too. */
    public void pass() {
        set(Mode.PASS, Duration.ZERO, UNLIMITED);
    }

    /**
     * Passes everything on, but each piece later.
     *
     * @param delay how much later each piece is, either way; not negative
     */
    public void delay(Duration delay) {
        set(Mode.PASS, delay, UNLIMITED);
    }

    /** Passes on what clients send and holds back what servers answer: they do what they are asked, and nobody hears of it. */
    public void silence() {
        set(Mode.SILENCE, Duration.ZERO, UNLIMITED);
    }

    /** Lets nothing through, and tells nobody: connections stay open, new ones are taken, and all is silence. */
    public void blackhole() {
        set(Mode.BLACKHOLE, Duration.ZERO, UNLIMITED);
    }

    /** Breaks new connections as soon as they come. Those that are open go on. */
    public void refuse() {
        set(Mode.REFUSE, Duration.ZERO, UNLIMITED);
    }

    /**
     * Passes on so many more bytes in all, counting what servers send. The connection that carries the last of them is
     * broken after it, and everything then passes again.
     *
     * @param bytes how many; not negative
     */
    public void cutAfter(long bytes) {
        set(Mode.PASS, Duration.ZERO, bytes);
    }

    /** Breaks all open connections, with a reset on either side. What comes after is treated as before. */
    public void reset() {
        open().forEach(Link::reset);
    }

    /** Ends the servers' side of all open connections: clients read an end, and can still send. */
    public void halfClose() {
        open().forEach(Link::halfClose);
    }

    /** Stops the proxy and breaks its connections. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        quietly(listener::close);
        reset();
    }

    private void set(Mode next, Duration delay, long bytes) {
        lock.lock();
        try {
            mode = next;
            delayNanos = delay.toNanos();
            budget = bytes;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private List<Link> open() {
        lock.lock();
        try {
            return List.copyOf(links);
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        while (true) {
            try {
                Socket client = listener.accept();
                daemon("tcp-proxy-" + port() + "-open", () -> open(client));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void open(Socket client) {
        var link = new Link(client, new Socket());
        lock.lock();
        try {
            accepted++;
            if (closed || mode == Mode.REFUSE) {
                link.reset();
                return;
            }
            links.add(link);
        } finally {
            lock.unlock();
        }
        try {
            link.server.connect(server);
            client.setTcpNoDelay(true);
            link.server.setTcpNoDelay(true);
            daemon("tcp-proxy-" + port() + "-up", () -> link.pump(client, link.server, false));
            link.pump(link.server, client, true);
        } catch (IOException e) {
            link.reset();
        }
    }

    /** What may pass of a piece, and whether the connection ends with it. */
    private record Admitted(int bytes, boolean last) {}

    /** Waits until a piece may pass. */
    private Admitted admit(int bytes, boolean fromServer, Link link) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = delayNanos;
            while (left > 0 && links.contains(link)) {
                left = changed.awaitNanos(left);
            }
            while ((mode == Mode.BLACKHOLE || mode == Mode.SILENCE && fromServer) && links.contains(link)) {
                changed.await();
            }
            if (!fromServer || budget > bytes) {
                budget -= fromServer && budget != UNLIMITED ? bytes : 0;
                return new Admitted(bytes, false);
            }
            var last = new Admitted((int) budget, true);
            budget = UNLIMITED;
            return last;
        } finally {
            lock.unlock();
        }
    }

    /** One connection, from the client to the server. */
    private final class Link {
        private final Socket client;
        private final Socket server;

        /** Whether one of the two directions has come to its end. */
        private final AtomicBoolean ended = new AtomicBoolean();

        Link(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void pump(Socket from, Socket to, boolean fromServer) {
            var buffer = new byte[16 * 1024];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    Admitted admitted = admit(read, fromServer, this);
                    out.write(buffer, 0, admitted.bytes());
                    if (admitted.last()) {
                        reset();
                        return;
                    }
                }
                to.shutdownOutput();
                if (ended.getAndSet(true)) {
                    close();
                }
            } catch (IOException e) {
                reset();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                reset();
            }
        }

        /** Breaks both sides; what was still on the way is lost. */
        void reset() {
            quietly(() -> client.setSoLinger(true, 0));
            quietly(() -> server.setSoLinger(true, 0));
            close();
        }

        private void close() {
            lock.lock();
            try {
                links.remove(this);
                changed.signalAll();
            } finally {
                lock.unlock();
            }
            quietly(client::close);
            quietly(server::close);
        }

        void halfClose() {
            quietly(client::shutdownOutput);
        }
    }

    private interface Closing {
        void run() throws IOException;
    }

    private static void quietly(Closing closing) {
        try {
            closing.run();
        } catch (IOException e) {
            // It is gone already.
        }
    }

    private static void daemon(String name, Runnable task) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }
}
