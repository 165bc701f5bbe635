// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.identity;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A DNS server on loopback that knows TXT records, over UDP only (RFC 1035, sections 3.3.14 and 4.1). Tests of other modules
 * use it too.
 */
public final class DnsServer implements AutoCloseable {

    static final int NOT_FOUND = 3;
    static final int SERVER_FAILURE = 2;
    private static final int SILENCE = -1;

    /** One list of character strings per record. */
    private record Answer(int code, List<List<String>> records) {}

    private final DatagramSocket socket;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();

    /** Starts a server on a free port. */
    public DnsServer() {
        try {
            socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var thread = new Thread(this::run, "dns");
        thread.setDaemon(true);
        thread.start();
    }

    /** Returns the address that a lookup takes. */
    public URI address() {
        return URI.create("dns://127.0.0.1:" + socket.getLocalPort());
    }

    /** Sets the records of a name, each as a list of character strings. */
    public void records(String name, List<List<String>> records) {
        answers.put(name, new Answer(0, records));
    }

    void refuse(String name, int code) {
        answers.put(name, new Answer(code, List.of()));
    }

    void ignore(String name) {
        answers.put(name, new Answer(SILENCE, List.of()));
    }

    private void run() {
        byte[] buffer = new byte[512];
        while (!socket.isClosed()) {
            try {
                var query = new DatagramPacket(buffer, buffer.length);
                socket.receive(query);
                byte[] answer = answer(buffer, query.getLength());
                if (answer.length > 0) {
                    socket.send(new DatagramPacket(answer, answer.length, query.getSocketAddress()));
                }
            } catch (IOException e) {
                // closed, or a sender that is gone: the loop's condition decides
            }
        }
    }

    private byte[] answer(byte[] query, int length) throws IOException {
        var name = new StringBuilder();
        int at = 12;
        while (query[at] != 0) {
            name.append(name.isEmpty() ? "" : ".")
                    .append(new String(query, at + 1, query[at], StandardCharsets.US_ASCII));
            at += query[at] + 1;
        }
        int endOfQuestion = at + 5;
        Answer answer = answers.getOrDefault(name.toString(), new Answer(NOT_FOUND, List.of()));
        if (answer.code() == SILENCE || endOfQuestion > length) {
            return new byte[0];
        }
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.write(query, 0, 2);
        out.writeShort(0x8180 | answer.code());
        out.writeShort(1);
        out.writeShort(answer.records().size());
        out.writeInt(0);
        out.write(query, 12, endOfQuestion - 12);
        for (List<String> strings : answer.records()) {
            out.writeShort(0xC00C);
            out.writeShort(16);
            out.writeShort(1);
            out.writeInt(300);
            out.writeShort(strings.stream().mapToInt(s -> s.length() + 1).sum());
            for (String string : strings) {
                out.writeByte(string.length());
                out.write(string.getBytes(StandardCharsets.US_ASCII));
            }
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        socket.close();
    }
}
