// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/** A host that nobody has any business with. It takes every connection, says nothing, and counts. */
final class ForbiddenHost implements AutoCloseable {

    private final ServerSocket socket;
    private final AtomicInteger connections = new AtomicInteger();

    ForbiddenHost() throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var thread = new Thread(
                () -> {
                    while (true) {
                        try {
                            Socket connection = socket.accept();
                            connections.incrementAndGet();
                            connection.close();
                        } catch (IOException e) {
                            return; // closed
                        }
                    }
                },
                "forbidden-host");
        thread.setDaemon(true);
        thread.start();
    }

    String authority() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    URI url(String path) {
        return URI.create("http://" + authority() + path);
    }

    int connections() {
        return connections.get();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
