// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A server on loopback that does to every connection what a test tells it to. */
public final class LoopbackServer implements AutoCloseable {

    /** What to do with one connection; it is closed afterwards. */
    @FunctionalInterface
    public interface Script {
        void serve(Wire wire) throws Exception;
    }

    /** A request as it came over the wire. */
    public record Received(String head, byte[] body) {

        public String line() {
            return head.substring(0, head.indexOf("\r\n"));
        }

        public List<String> header(String name) {
            return head.lines()
                    .skip(1)
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .toList();
        }
    }

    private final String scheme;
    private final ServerSocket socket;
    private final Script script;
    private final AtomicInteger connections = new AtomicInteger();
    private final List<Received> requests = new CopyOnWriteArrayList<>();
    private final List<Wire> wires = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    public LoopbackServer(Script script) {
        this("http", ServerSocketFactory.getDefault(), script);
    }

    public LoopbackServer(SSLContext tls, Script script) {
        this("https", tls.getServerSocketFactory(), script);
    }

    private LoopbackServer(String scheme, ServerSocketFactory sockets, Script script) {
        this.scheme = scheme;
        this.script = script;
        try {
            this.socket = sockets.createServerSocket(0, 200, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        daemon(this::accept);
    }

    /** Answers every request on every connection with the same text. */
    public static LoopbackServer answering(String answer) {
        return new LoopbackServer(wire -> {
            while (wire.read() != null) {
                wire.write(answer);
            }
        });
    }

    public URI uri(String path) {
        return URI.create(scheme + "://127.0.0.1:" + socket.getLocalPort() + path);
    }

    public int port() {
        return socket.getLocalPort();
    }

    public int connections() {
        return connections.get();
    }

    public List<Received> requests() {
        return requests;
    }

    public Received onlyRequest() {
        if (requests.size() != 1) {
            throw new AssertionError(requests.size() + " requests instead of one");
        }
        return requests.get(0);
    }

    private void accept() {
        try {
            while (true) {
                var wire = new Wire(socket.accept(), connections.incrementAndGet());
                wires.add(wire);
                daemon(wire::serve);
            }
        } catch (IOException e) {
            // closed
        }
    }

    private static void daemon(Runnable task) {
        var thread = new Thread(task, "loopback-server");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        socket.close();
        for (Wire wire : wires) {
            wire.socket.close();
        }
    }

    /** One connection. */
    public final class Wire {

        private final Socket socket;
        private final int number;
        private final InputStream in;
        private final OutputStream out;

        private Wire(Socket socket, int number) throws IOException {
            this.socket = socket;
            this.number = number;
            this.in = new BufferedInputStream(socket.getInputStream());
            this.out = socket.getOutputStream();
            socket.setTcpNoDelay(true);
        }

        private void serve() {
            try (socket) {
                script.serve(this);
            } catch (Exception e) {
                // the client went away, or the test is over
            }
        }

        /** Returns which connection this is, from 1. */
        public int number() {
            return number;
        }

        /** Reads a whole request, or returns null if the client closed the connection. */
        public @Nullable Received read() throws IOException {
            String head = readHead();
            if (head == null) {
                return null;
            }
            var received = new Received(head, new byte[0]);
            List<String> length = received.header("content-length");
            if (!length.isEmpty()) {
                received = new Received(head, readFully(Integer.parseInt(length.get(0))));
            } else if (!received.header("transfer-encoding").isEmpty()) {
                received = new Received(head, readChunks());
            }
            requests.add(received);
            return received;
        }

        /** Reads a request's head and leaves its body. */
        public @Nullable String readHead() throws IOException {
            var head = new StringBuilder();
            while (head.length() < 4 || head.lastIndexOf("\r\n\r\n") != head.length() - 4) {
                int c = in.read();
                if (c < 0) {
                    return null;
                }
                head.append((char) c);
            }
            return head.toString();
        }

        public byte[] readFully(int length) throws IOException {
            byte[] bytes = in.readNBytes(length);
            if (bytes.length < length) {
                throw new EOFException();
            }
            return bytes;
        }

        private byte[] readChunks() throws IOException {
            var body = new ByteArrayOutputStream();
            while (true) {
                int size = Integer.parseInt(readLine(), 16);
                body.write(readFully(size));
                readLine();
                if (size == 0) {
                    return body.toByteArray();
                }
            }
        }

        private String readLine() throws IOException {
            var line = new StringBuilder();
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0) {
                    throw new EOFException();
                }
                line.append((char) c);
            }
            return line.toString().strip();
        }

        public void write(String text) throws IOException {
            write(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        public void write(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
        }

        /** Breaks the connection so that the client gets a reset. */
        public void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        public void shutdownOutput() throws IOException {
            socket.shutdownOutput();
        }

        /** Closes the connection before the script is over. */
        public void close() throws IOException {
            socket.close();
        }

        /** Keeps the connection open and silent until the server is closed. */
        public void stall() throws InterruptedException {
            closed.await();
        }

        /** Waits until the client has closed the connection, whatever it still sends. */
        public void awaitEnd() throws IOException {
            in.transferTo(OutputStream.nullOutputStream());
        }
    }
}
