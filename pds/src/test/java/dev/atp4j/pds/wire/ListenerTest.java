// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atp4j.http.Headers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ListenerTest {

    private final Listener listener = Listener.open(0);
    private volatile Handler handler = request -> Answer.of(
            200,
            Headers.of("content-type", "text/plain"),
            (request + "|" + request.query() + "|" + new String(request.body(), StandardCharsets.UTF_8))
                    .getBytes(StandardCharsets.UTF_8));

    @BeforeEach
    void start() {
        listener.serve(request -> handler.answer(request));
    }

    @AfterEach
    void stop() {
        listener.close();
    }

    /** Sends text as it stands and returns all that comes back until the server closes. */
    private String raw(String text) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private Socket connect() throws IOException {
        URI origin = listener.origin();
        return new Socket(origin.getHost(), origin.getPort());
    }

    @Test
    void aRequestIsReadAndAnswered() throws IOException {
        assertThat(raw("GET /a/b?c=d HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .isEqualTo("HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 13\r\n"
                        + "connection: close\r\n\r\nGET /a/b|c=d|");
    }

    @Test
    void bodiesOfKnownAndUnknownLengthAreRead() throws IOException {
        String counted = raw("POST /a HTTP/1.1\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello");
        String chunks = "3\r\nhel\r\n2;note=x\r\nlo\r\n0\r\nTrailer: x\r\n\r\n";
        String chunked = raw("POST /a HTTP/1.1\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks);
        assertThat(counted).endsWith("POST /a||hello");
        assertThat(chunked).endsWith("POST /a||hello");
    }

    @Test
    void oneConnectionServesManyRequests() throws IOException {
        String twice = raw("GET /1 HTTP/1.1\r\n\r\n\r\nGET /2 HTTP/1.1\r\nConnection: close\r\n\r\n");
        assertThat(twice).contains("connection: keep-alive", "GET /1||", "GET /2||");
    }

    @Test
    void oldClientsAreClosedUnlessTheyAskOtherwise() throws IOException {
        assertThat(raw("GET / HTTP/1.0\r\n\r\n")).contains("connection: close");
        assertThat(raw("GET /1 HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET /2 HTTP/1.0\r\n\r\n"))
                .contains("GET /1||", "GET /2||");
    }

    @Test
    void aClientThatAsksFirstIsToldToContinue() throws IOException {
        assertThat(raw("POST / HTTP/1.1\r\nExpect: 100-continue\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi"))
                .startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n")
                .endsWith("POST /||hi");
    }

    @Test
    void headHasALengthAndNoBody() throws IOException {
        assertThat(raw("HEAD / HTTP/1.1\r\nConnection: close\r\n\r\n"))
                .contains("content-length: 8\r\n")
                .endsWith("\r\n\r\n");
    }

    @Test
    void whatIsNoRequestIsRefused() throws IOException {
        for (String bad : List.of(
                "nonsense\r\n\r\n",
                "GET / HTTP/2\r\n\r\n",
                "GET / HTTP/1.1\r\nno colon\r\n\r\n",
                "GET / HTTP/1.1\r\nna me: x\r\n\r\n",
                "GET / HTTP/1.1\r\nContent-Length: many\r\n\r\n",
                "GET / HTTP/1.1\r\nContent-Length: -5\r\n\r\n",
                "GET / HTTP/1.1\r\nContent-Length: 2000000000\r\n\r\n")) {
            assertThat(raw(bad)).as(bad).startsWith("HTTP/1.1 400 ");
        }
    }

    @Test
    void longHeadersArriveWhole() throws IOException {
        String value = "x".repeat(20_000);
        handler = request -> Answer.text(
                200, "text/plain", request.headers().first("long").orElse("").length() + "");
        assertThat(raw("GET / HTTP/1.1\r\nConnection: close\r\nLong: " + value + "\r\n\r\n"))
                .endsWith("20000");
    }

    @Test
    void aHandlerThatFailsIsA500() throws IOException {
        Logger logger = Logger.getLogger(Connection.class.getName());
        logger.setLevel(Level.OFF);
        handler = request -> {
            throw new IllegalStateException("on purpose");
        };
        assertThat(raw("GET / HTTP/1.1\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 500 ")
                .doesNotContain("on purpose");
        logger.setLevel(null);
    }

    @Test
    void aResetIsAReset() throws IOException {
        handler = request -> Answer.reset();
        try (Socket socket = connect()) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThatThrownBy(() -> socket.getInputStream().read())
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
    }

    @Test
    void aCutBodyIsShorterThanAnnounced() throws IOException {
        handler = request -> Answer.text(200, "text/plain", "0123456789").ending(new Answer.Cut(4));
        assertThat(raw("GET / HTTP/1.1\r\n\r\n"))
                .contains("content-length: 10\r\n")
                .endsWith("\r\n\r\n0123");
    }

    @Test
    void aStalledBodyGoesOnWhenItMay() throws IOException {
        var gate = new CountDownLatch(1);
        handler = request -> Answer.text(200, "text/plain", "0123456789").ending(new Answer.Stall(4, gate::await));
        try (Socket socket = connect()) {
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            String head = new String(
                    socket.getInputStream().readNBytes("HTTP/1.1 200 OK\r\n".length()), StandardCharsets.US_ASCII);
            assertThat(head).isEqualTo("HTTP/1.1 200 OK\r\n");
            assertThat(gate.getCount()).isOne();
            gate.countDown();
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .endsWith("0123456789");
        }
    }

    @Test
    void hundredsOfConnectionsStayOpen() throws IOException {
        String expected = "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 7\r\n"
                + "connection: keep-alive\r\n\r\nGET /||";
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 400; i++) {
                sockets.add(connect());
            }
            for (int round = 0; round < 2; round++) {
                for (Socket socket : sockets) {
                    socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                }
                for (Socket socket : sockets) {
                    byte[] answer = socket.getInputStream().readNBytes(expected.length());
                    assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo(expected);
                }
            }
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void manyClientsAreServedAtOnce() {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest request = HttpRequest.newBuilder(listener.origin().resolve("/x"))
                .POST(HttpRequest.BodyPublishers.ofString("hello"))
                .build();
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            answers.add(client.sendAsync(request, HttpResponse.BodyHandlers.ofString()));
        }
        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.join().body()).isEqualTo("POST /x||hello"));
    }

    @Test
    void closingBreaksWhatIsHeld() throws IOException {
        var never = new CountDownLatch(1);
        var arrived = new CountDownLatch(1);
        handler = request -> {
            arrived.countDown();
            never.await();
            return Answer.reset();
        };
        try (Socket socket = connect()) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            arrived.await();
            listener.close();
            assertThat(ended(socket)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        assertThatThrownBy(this::connect).isInstanceOf(IOException.class);
    }

    private static boolean ended(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketException e) {
            return true;
        }
    }

    @Test
    void aPortThatIsTakenIsReported() {
        assertThatThrownBy(() -> Listener.open(listener.origin().getPort()))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("cannot listen on 127.0.0.1:");
    }
}
