// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.benchmarks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Answers every request with the same bytes, as cheaply as possible, in a process of its own so that its work and its
 * garbage are not counted as the client's. Prints its port, and stops when its standard input ends.
 */
public final class CannedServer {

    private static final byte[] BODY = profile();

    private CannedServer() {}

    private static byte[] profile() {
        String text = "about ".repeat(150);
        return ("{\"did\":\"did:plc:ewvi7nxzyoun6zhxrhs64oiz\",\"handle\":\"alice.test\",\"description\":\"" + text
                        + "\"}")
                .getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Starts the server.
     *
     * @param args none
     * @throws IOException if no port can be had
     */
    public static void main(String[] args) throws IOException {
        byte[] head = ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nDate: Thu, 01 Jan 2026 00:00:00 GMT\r\n"
                        + "Content-Length: " + BODY.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] answer = new byte[head.length + BODY.length];
        System.arraycopy(head, 0, answer, 0, head.length);
        System.arraycopy(BODY, 0, answer, head.length, BODY.length);

        var server = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
        var acceptor = new Thread(() -> accept(server, answer));
        acceptor.setDaemon(true);
        acceptor.start();
        System.out.println(server.getLocalPort());
        while (System.in.read() >= 0) {
            // until whoever started this goes away
        }
    }

    private static void accept(ServerSocket server, byte[] answer) {
        while (true) {
            try {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                var thread = new Thread(() -> serve(socket, answer));
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void serve(Socket socket, byte[] answer) {
        try (socket;
                InputStream in = new BufferedInputStream(socket.getInputStream());
                OutputStream out = socket.getOutputStream()) {
            while (skipHead(in)) {
                out.write(answer);
            }
        } catch (IOException e) {
            // the client went away
        }
    }

    /** Reads up to the empty line; benchmarked requests have no body. */
    private static boolean skipHead(InputStream in) throws IOException {
        int newlines = 0;
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (c == '\n') {
                if (++newlines == 2) {
                    return true;
                }
            } else if (c != '\r') {
                newlines = 0;
            }
        }
        return false;
    }
}
