// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds.wire;

import dev.atp4j.http.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** One connection: reads requests and writes answers, one after the other. Confined to its thread. */
final class Connection {

    private static final System.Logger LOG = System.getLogger(Connection.class.getName());
    private static final int LARGEST_BODY = 256 << 20;
    private static final byte[] NOTHING = new byte[0];
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Socket socket;
    private final LineInput in;
    private final OutputStream out;
    private final Handler handler;

    Connection(Socket socket, Handler handler) throws IOException {
        this.socket = socket;
        this.in = new LineInput(socket.getInputStream());
        this.out = socket.getOutputStream();
        this.handler = handler;
    }

    /** Serves requests until the client leaves or the connection cannot be used any more. */
    void serve() throws IOException, InterruptedException {
        boolean open = true;
        while (open) {
            String start = in.firstLine();
            if (start == null) {
                return;
            }
            open = exchange(start);
        }
    }

    private boolean exchange(String start) throws IOException, InterruptedException {
        String[] words = start.split(" ", -1);
        if (words.length != 3 || !words[2].startsWith("HTTP/1.")) {
            return refuse(400);
        }
        Headers headers;
        byte[] body;
        try {
            headers = headers();
            if (headers.first("expect").filter("100-continue"::equalsIgnoreCase).isPresent()) {
                out.write(CONTINUE);
            }
            body = body(headers);
        } catch (IllegalArgumentException e) {
            return refuse(400);
        }
        Answer answer = answer(new Request(words[0], words[1], headers, body));
        boolean keep = keepAlive(words[2], headers);
        return write(answer, keep, words[0].equals("HEAD"));
    }

    private Answer answer(Request request) throws InterruptedException {
        try {
            return handler.answer(request);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "no answer to " + request, e);
            return Answer.text(
                    500, Answer.JSON, "{\"error\":\"InternalServerError\",\"message\":\"Internal Server Error\"}");
        }
    }

    private boolean refuse(int status) throws IOException, InterruptedException {
        return write(Answer.of(status, Headers.empty(), NOTHING), false, false);
    }

    private Headers headers() throws IOException {
        Headers headers = Headers.empty();
        for (String line = in.line(); !line.isEmpty(); line = in.line()) {
            int colon = line.indexOf(':');
            if (colon <= 0) {
                throw new IllegalArgumentException("a header line without a name");
            }
            headers = headers.plus(
                    line.substring(0, colon), line.substring(colon + 1).strip());
        }
        return headers;
    }

    private byte[] body(Headers headers) throws IOException {
        if (headers.first("transfer-encoding")
                .filter("chunked"::equalsIgnoreCase)
                .isPresent()) {
            return chunks();
        }
        int length = Integer.parseInt(headers.first("content-length").orElse("0"));
        return length == 0 ? NOTHING : in.bytes(checked(length));
    }

    private byte[] chunks() throws IOException {
        var body = new ByteArrayOutputStream();
        while (true) {
            String size = in.line();
            int extension = size.indexOf(';');
            int length = Integer.parseInt((extension < 0 ? size : size.substring(0, extension)).strip(), 16);
            checked(body.size() + length);
            if (length == 0) {
                while (!in.line().isEmpty()) {
                    // trailers are of no interest here
                }
                return body.toByteArray();
            }
            body.write(in.bytes(length));
            in.line();
        }
    }

    private static int checked(int length) {
        if (length < 0 || length > LARGEST_BODY) {
            throw new IllegalArgumentException("a body of " + length + " bytes");
        }
        return length;
    }

    private static boolean keepAlive(String version, Headers headers) {
        String wish = headers.first("connection").orElse("").toLowerCase(Locale.ROOT);
        return version.equals("HTTP/1.0") ? wish.contains("keep-alive") : !wish.contains("close");
    }

    /** Returns whether the connection can carry another exchange. */
    private boolean write(Answer answer, boolean keep, boolean headOnly) throws IOException, InterruptedException {
        byte[] body = headOnly ? NOTHING : answer.body();
        byte[] head = head(answer, keep);
        if (answer.ending() instanceof Answer.Reset) {
            // Closing with a linger time of zero sends RST instead of FIN.
            socket.setSoLinger(true, 0);
            return false;
        }
        if (answer.ending() instanceof Answer.Cut cut) {
            send(head, body, 0, Math.min(cut.bytes(), body.length));
            return false;
        }
        if (answer.ending() instanceof Answer.Stall stall) {
            int first = Math.min(stall.bytes(), body.length);
            send(head, body, 0, first);
            stall.rest().await();
            send(NOTHING, body, first, body.length);
            return keep;
        }
        send(head, body, 0, body.length);
        return keep;
    }

    /** Head and body go out in one write, so that they share a packet if they fit. */
    private void send(byte[] head, byte[] body, int from, int to) throws IOException {
        byte[] all = Arrays.copyOf(head, head.length + to - from);
        System.arraycopy(body, from, all, head.length, to - from);
        out.write(all);
        out.flush();
    }

    private static byte[] head(Answer answer, boolean keep) {
        var head = new StringBuilder(256)
                .append("HTTP/1.1 ")
                .append(answer.status())
                .append(' ')
                .append(reason(answer.status()))
                .append("\r\n");
        answer.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        if (answer.status() != 204 && answer.status() != 304) {
            head.append("content-length: ").append(answer.body().length).append("\r\n");
        }
        head.append(keep ? "connection: keep-alive\r\n\r\n" : "connection: close\r\n\r\n");
        return head.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String reason(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 204 -> "No Content";
            case 302 -> "Found";
            case 307 -> "Temporary Redirect";
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 413 -> "Payload Too Large";
            case 429 -> "Too Many Requests";
            case 500 -> "Internal Server Error";
            case 501 -> "Not Implemented";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            default -> "-";
        };
    }
}
