// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.benchmarks;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Refreshes every session that it is asked to, as cheaply as possible: whatever the token says, it answers with new ones for
 * the same account, which live for two hours. Prints its port, and stops when its standard input ends.
 */
public final class RefreshServer {

    private static final AtomicLong COUNT = new AtomicLong();
    private static final String BEARER = "bearer ";
    private static final String SUB = "\"sub\":\"";

    private RefreshServer() {}

    /**
     * Starts the server.
     *
     * @param args none
     * @throws IOException if no port can be had
     */
    public static void main(String[] args) throws IOException {
        var server = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
        var acceptor = new Thread(() -> accept(server));
        acceptor.setDaemon(true);
        acceptor.start();
        System.out.println(server.getLocalPort());
        while (System.in.read() >= 0) {
            // until whoever started this goes away
        }
    }

    private static void accept(ServerSocket server) {
        while (true) {
            try {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                var thread = new Thread(() -> serve(socket));
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void serve(Socket socket) {
        try (socket;
                InputStream in = new BufferedInputStream(socket.getInputStream());
                OutputStream out = socket.getOutputStream()) {
            for (String head = head(in); !head.isEmpty(); head = head(in)) {
                out.write(answer(head));
            }
        } catch (IOException e) {
            // the client went away
        }
    }

    /** Reads up to the empty line; a refresh has no body. Returns nothing at the end. */
    private static String head(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream(1024);
        int newlines = 0;
        for (int c = in.read(); c >= 0; c = in.read()) {
            head.write(c);
            if (c == '\n') {
                if (++newlines == 2) {
                    return head.toString(StandardCharsets.US_ASCII);
                }
            } else if (c != '\r') {
                newlines = 0;
            }
        }
        return "";
    }

    private static byte[] answer(String head) {
        int start = head.toLowerCase(java.util.Locale.ROOT).indexOf(BEARER) + BEARER.length();
        String[] token = head.substring(start, head.indexOf('\r', start)).split("\\.");
        String claims = new String(Base64.getUrlDecoder().decode(token[1]), StandardCharsets.US_ASCII);
        int sub = claims.indexOf(SUB) + SUB.length();
        String did = claims.substring(sub, claims.indexOf('"', sub));
        String id = did.substring(8);
        String body = "{\"did\":\"" + did + "\",\"handle\":\"" + id + ".example.com\",\"email\":\"" + id
                + "@example.com\",\"emailConfirmed\":true,\"active\":true,\"accessJwt\":\""
                + Fixtures.accessJwt(did).expose() + "\",\"refreshJwt\":\""
                + Fixtures.refreshJwt(did, String.format("%043d", COUNT.incrementAndGet()))
                        .expose() + "\"}";
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
        return ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nDate: " + date + "\r\nContent-Length: "
                        + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }
}
