// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands between a client and a server on this machine, and cuts connections, or swallows what the server answers. */
final class Relay implements AutoCloseable {

    private final int target;
    private final ServerSocket listening;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private volatile boolean silent;

    Relay(int target) {
        this.target = target;
        try {
            this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Cuts every connection. New ones are relayed again. */
    void cut() {
        open.forEach(Relay::close);
        open.clear();
    }

    /** Swallows all that the server says from now on, or passes on what it says from now on. */
    void silent(boolean silent) {
        this.silent = silent;
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                open.addAll(List.of(client, server));
                start(() -> pass(client, server, false));
                start(() -> pass(server, client, true));
            } catch (IOException e) {
                // The relay is closed, or the server is gone; then the client is not answered.
            }
        }
    }

    private void pass(Socket from, Socket to, boolean answers) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            byte[] buffer = new byte[8192];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (!answers || !silent) {
                    out.write(buffer, 0, read);
                }
            }
        } catch (IOException e) {
            // Cut, by us or by them.
        }
    }

    private static void start(Runnable work) {
        var thread = new Thread(work, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
