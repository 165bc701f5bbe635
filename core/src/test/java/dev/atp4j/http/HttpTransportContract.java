// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atp4j.http.TransportException.Kind;
import dev.atp4j.http.TransportRequest.Reach;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every transport has to do. */
@Timeout(60)
public abstract class HttpTransportContract {

    private static final Duration AMPLE = Duration.ofSeconds(30);
    private static final Duration BRIEF = Duration.ofMillis(300);
    private static final String OK = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";
    private static final String NO_CONTENT = "HTTP/1.1 204 No Content\r\n\r\n";

    protected HttpTransport transport;

    /** Returns a new transport. */
    protected abstract HttpTransport create();

    /** Returns a new transport that trusts whom the context trusts. */
    protected abstract HttpTransport create(SSLContext tls);

    @BeforeEach
    void open() {
        transport = create();
    }

    @AfterEach
    void close() {
        transport.close();
    }

    // Plain exchanges

    @Test
    void statusHeadersAndBodyComeBack() throws Exception {
        try (var server = LoopbackServer.answering(
                        "HTTP/1.1 418 I'm a teapot\r\nContent-Length: 3\r\nX-Kind: Darjeeling\r\n"
                                + "Set-Cookie: a=1\r\nset-cookie: b=2\r\n\r\ntea");
                var answer = transport.send(get(server.uri("/pot")))) {
            assertThat(answer.status()).isEqualTo(418);
            assertThat(answer.headers().first("x-kind")).contains("Darjeeling");
            assertThat(answer.headers().all("SET-COOKIE")).containsExactlyInAnyOrder("a=1", "b=2");
            assertThat(answer.body().readAllBytes()).asString().isEqualTo("tea");
        }
    }

    @Test
    @Tag("security")
    void aGetCarriesWhatItWasGivenAndNothingPersonal() throws Exception {
        try (var server = LoopbackServer.answering(OK)) {
            URI uri = server.uri("/xrpc/a.b.c?did=did%3Aplc%3Ax&text=%C3%BC%20~&at=/:@");
            var headers =
                    Headers.of("authorization", "Bearer t").plus("x-test", "1").plus("x-test", "2");
            fetch(new TransportRequest("GET", uri, headers, RequestBody.empty(), AMPLE, Reach.ANY));

            var request = server.onlyRequest();
            assertThat(request.line()).isEqualTo("GET /xrpc/a.b.c?did=did%3Aplc%3Ax&text=%C3%BC%20~&at=/:@ HTTP/1.1");
            assertThat(request.header("host")).containsExactly("127.0.0.1:" + server.port());
            assertThat(request.header("authorization")).containsExactly("Bearer t");
            assertThat(request.header("x-test")).containsExactly("1", "2");
            // Java 17 gives every GET of its client a content length.
            assertThat(request.header("content-length")).isSubsetOf("0");
            for (String absent : List.of(
                    "content-type",
                    "transfer-encoding",
                    "upgrade",
                    "http2-settings",
                    "accept-encoding",
                    "cookie",
                    "expect",
                    "proxy-authorization")) {
                assertThat(request.header(absent)).as(absent).isEmpty();
            }
        }
    }

    @Test
    void anEmptyPathIsTheRoot() throws Exception {
        try (var server = LoopbackServer.answering(OK)) {
            fetch(get(server.uri("")));
            assertThat(server.onlyRequest().line()).isEqualTo("GET / HTTP/1.1");
        }
    }

    @Test
    void anAnswerWithoutBodyLeavesTheConnectionFit() throws Exception {
        try (var server = LoopbackServer.answering(NO_CONTENT)) {
            assertThat(fetch(get(server.uri("/")))).isEmpty();
            assertThat(fetch(get(server.uri("/")))).isEmpty();
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void aChunkedAnswerIsPutTogether() throws Exception {
        try (var server = LoopbackServer.answering("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"
                + "3;ext=1\r\nabc\r\nA\r\ndefghijklm\r\n0\r\nx-trailer: y\r\n\r\n")) {
            assertThat(fetch(get(server.uri("/")))).isEqualTo("abcdefghijklm");
            assertThat(fetch(get(server.uri("/")))).isEqualTo("abcdefghijklm");
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void anHttp10AnswerEndsWithItsConnection() throws Exception {
        try (var server = new LoopbackServer(wire -> {
            wire.read();
            wire.write("HTTP/1.0 200 OK\r\ncontent-type: text/plain\r\n\r\nold");
        })) {
            assertThat(fetch(get(server.uri("/")))).isEqualTo("old");
            assertThat(fetch(get(server.uri("/")))).isEqualTo("old");
        }
    }

    @Test
    void aLargeAnswerIsStreamed() throws Exception {
        int size = 20_000_000;
        try (var server = new LoopbackServer(wire -> {
                    wire.read();
                    wire.write("HTTP/1.1 200 OK\r\ncontent-length: " + size + "\r\n\r\n");
                    for (int i = 0; i < size; i += 10_000) {
                        wire.write(new byte[10_000]);
                    }
                    wire.awaitEnd();
                });
                var answer = transport.send(get(server.uri("/")))) {
            assertThat(answer.body().transferTo(java.io.OutputStream.nullOutputStream()))
                    .isEqualTo(size);
        }
    }

    @Test
    @Tag("security")
    void contentCodingsAreNeitherAskedForNorUndone() throws Exception {
        try (var server = LoopbackServer.answering(
                "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 4\r\n\r\n\u001f\u008b\b\0")) {
            try (var answer = transport.send(get(server.uri("/")))) {
                assertThat(answer.body().readAllBytes()).containsExactly(0x1f, 0x8b, 8, 0);
            }
            assertThat(server.onlyRequest().header("accept-encoding")).isEmpty();
        }
    }

    @Test
    void interimAnswersArePassedOver() throws Exception {
        try (var server = LoopbackServer.answering(
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n" + OK)) {
            assertThat(fetch(get(server.uri("/")))).isEqualTo("ok");
        }
    }

    @Test
    void manyThreadsGetTheirOwnAnswers() throws Exception {
        try (var server = new LoopbackServer(wire -> {
            for (var request = wire.read(); request != null; request = wire.read()) {
                String path = request.line().split(" ")[1];
                wire.write("HTTP/1.1 200 OK\r\ncontent-length: " + path.length() + "\r\n\r\n" + path);
            }
        })) {
            ExecutorService threads = Executors.newFixedThreadPool(16);
            try {
                List<Future<?>> all = new ArrayList<>();
                for (int t = 0; t < 16; t++) {
                    int thread = t;
                    all.add(threads.submit(() -> {
                        for (int i = 0; i < 50; i++) {
                            String path = "/" + thread + "/" + i;
                            assertThat(fetch(get(server.uri(path)))).isEqualTo(path);
                        }
                        return null;
                    }));
                }
                for (Future<?> one : all) {
                    one.get();
                }
            } finally {
                threads.shutdown();
            }
            assertThat(server.requests()).hasSize(800);
            assertThat(server.connections()).isLessThanOrEqualTo(16);
        }
    }

    // Redirects, cookies, challenges

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    @Tag("security")
    void redirectsAreAnswersLikeOthers(int status) throws Exception {
        try (var elsewhere = LoopbackServer.answering(OK);
                var server = LoopbackServer.answering("HTTP/1.1 " + status + " Moved\r\nlocation: " + elsewhere.uri("/")
                        + "\r\ncontent-length: 0\r\n\r\n")) {
            var request = new TransportRequest(
                    "GET",
                    server.uri("/"),
                    Headers.of("authorization", "Bearer t"),
                    RequestBody.empty(),
                    AMPLE,
                    Reach.ANY);
            try (var answer = transport.send(request)) {
                assertThat(answer.status()).isEqualTo(status);
                assertThat(answer.headers().first("location")).isPresent();
            }
            assertThat(elsewhere.connections()).isZero();
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    @Tag("security")
    void cookiesAreNotKept() throws Exception {
        try (var server =
                LoopbackServer.answering("HTTP/1.1 200 OK\r\nset-cookie: s=1; Path=/\r\ncontent-length: 0\r\n\r\n")) {
            fetch(get(server.uri("/")));
            fetch(get(server.uri("/")));
            assertThat(server.requests())
                    .allMatch(request -> request.header("cookie").isEmpty());
        }
    }

    @Test
    @Tag("security")
    void challengesAreNotAnswered() throws Exception {
        try (var server = LoopbackServer.answering(
                "HTTP/1.1 401 Unauthorized\r\nwww-authenticate: Basic realm=\"x\"\r\ncontent-length: 0\r\n\r\n")) {
            try (var answer = transport.send(get(server.uri("/")))) {
                assertThat(answer.status()).isEqualTo(401);
            }
            assertThat(server.onlyRequest().header("authorization")).isEmpty();
        }
    }

    @Test
    void aRefusalWithoutChallengeIsAnAnswerToo() throws Exception {
        try (var server = LoopbackServer.answering("HTTP/1.1 401 Unauthorized\r\ncontent-length: 2\r\n\r\nno");
                var answer = transport.send(get(server.uri("/")))) {
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.body().readAllBytes()).asString().isEqualTo("no");
        }
    }

    // Request bodies

    @Test
    void theEmptyBodyOfAPostHasLengthZeroAndNoType() throws Exception {
        try (var server = LoopbackServer.answering(OK)) {
            fetch(post(server.uri("/"), RequestBody.empty()));
            var request = server.onlyRequest();
            assertThat(request.header("content-length")).containsExactly("0");
            assertThat(request.header("content-type")).isEmpty();
            assertThat(request.header("transfer-encoding")).isEmpty();
        }
    }

    @Test
    void bytesGoOutWithTheirLengthAndType() throws Exception {
        try (var server = LoopbackServer.answering(OK)) {
            fetch(post(server.uri("/"), RequestBody.bytes("{}".getBytes(StandardCharsets.UTF_8), "application/json")));
            var request = server.onlyRequest();
            assertThat(request.header("content-length")).containsExactly("2");
            assertThat(request.header("content-type")).containsExactly("application/json");
            assertThat(request.header("transfer-encoding")).isEmpty();
            assertThat(request.body()).asString().isEqualTo("{}");
        }
    }

    @Test
    void aFileGoesOutWithItsLengthEveryTime(@TempDir Path folder) throws Exception {
        byte[] bytes = new byte[1_000_000];
        new java.util.Random(7).nextBytes(bytes);
        var body = RequestBody.file(Files.write(folder.resolve("blob"), bytes), "image/png");
        try (var server = LoopbackServer.answering(OK)) {
            fetch(post(server.uri("/"), body));
            fetch(post(server.uri("/"), body));
            assertThat(server.requests()).hasSize(2).allSatisfy(request -> {
                assertThat(request.header("content-length")).containsExactly("1000000");
                assertThat(request.header("content-type")).containsExactly("image/png");
                assertThat(request.body()).isEqualTo(bytes);
            });
        }
    }

    @Test
    void anEmptyFileIsTheEmptyBody(@TempDir Path folder) throws Exception {
        var body = RequestBody.file(Files.createFile(folder.resolve("nothing")), "image/png");
        try (var server = LoopbackServer.answering(OK)) {
            fetch(post(server.uri("/"), body));
            assertThat(server.onlyRequest().header("content-length")).containsExactly("0");
            assertThat(server.onlyRequest().header("content-type")).isEmpty();
        }
    }

    @Test
    void aBodyOfUnknownLengthIsChunked() throws Exception {
        byte[] bytes = new byte[100_000];
        new java.util.Random(8).nextBytes(bytes);
        try (var server = LoopbackServer.answering(OK)) {
            fetch(post(server.uri("/"), RequestBody.once(new ByteArrayInputStream(bytes), -1, "video/mp4")));
            var request = server.onlyRequest();
            assertThat(request.header("transfer-encoding")).containsExactly("chunked");
            assertThat(request.header("content-length")).isEmpty();
            assertThat(request.body()).isEqualTo(bytes);
        }
    }

    @Test
    void aBodyIsSentWhileItIsRead() throws Exception {
        int half = 1_000_000;
        var firstHalfArrived = new CountDownLatch(1);
        try (var server = new LoopbackServer(wire -> {
            wire.readHead();
            wire.readFully(half - 100_000);
            firstHalfArrived.countDown();
            wire.readFully(half + 100_000);
            wire.write(OK);
        })) {
            var source = new Generated(2 * half, position -> {
                if (position == half) {
                    await(firstHalfArrived);
                }
            });
            assertThat(fetch(post(server.uri("/"), RequestBody.once(source, 2L * half, "video/mp4"))))
                    .isEqualTo("ok");
            assertThat(source.closed).isTrue();
        }
    }

    @Test
    void aSlowSourceDoesNotHoldUpOtherRequests() throws Exception {
        var othersAreServed = new CountDownLatch(1);
        try (var server = LoopbackServer.answering(OK)) {
            var source = new Generated(100, position -> await(othersAreServed));
            var upload =
                    new FutureTask<>(() -> fetch(post(server.uri("/"), RequestBody.once(source, 100, "video/mp4"))));
            new Thread(upload).start();
            await(source.reading);
            for (int i = 0; i < 3; i++) {
                assertThat(fetch(get(server.uri("/")))).isEqualTo("ok");
            }
            othersAreServed.countDown();
            assertThat(upload.get()).isEqualTo("ok");
        }
    }

    @Test
    void aBodyThatCannotBeOpenedIsNotSent() throws Exception {
        try (var server = LoopbackServer.answering(OK)) {
            var body = RequestBody.reopenable(
                    () -> {
                        throw new IOException("gone");
                    },
                    5,
                    "image/png");
            var e = failure(post(server.uri("/"), body));
            assertThat(e.kind()).isEqualTo(Kind.REQUEST_BODY);
            assertThat(e.mayHaveArrived()).isFalse();
            assertThat(e).hasMessageContaining("gone");
            assertThat(server.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1_000_000})
    void aBodyThatFailsWhileItIsReadIsToldApart(long length) throws Exception {
        try (var server = LoopbackServer.answering(OK)) {
            var source = new Generated(1_000_000, position -> {
                if (position > 100_000) {
                    throw new UncheckedIOException(new IOException("disk on fire"));
                }
            });
            var e = failure(post(server.uri("/"), RequestBody.once(source, length, "image/png")));
            assertThat(e.kind()).isEqualTo(Kind.REQUEST_BODY);
            assertThat(e.mayHaveArrived()).isTrue();
            assertThat(e).hasMessageContaining("disk on fire");
            assertThat(source.closed).isTrue();
            assertThat(server.requests()).isEmpty();
            assertThat(fetch(get(server.uri("/")))).isEqualTo("ok");
        }
    }

    @Test
    void aBodyShorterThanItSaysIsToldApart() throws Exception {
        try (var server = LoopbackServer.answering(OK)) {
            var body = RequestBody.once(new ByteArrayInputStream(new byte[50]), 60, "image/png");
            var e = failure(post(server.uri("/"), body));
            assertThat(e.kind()).isEqualTo(Kind.REQUEST_BODY);
            assertThat(e).hasMessageContaining("10 bytes too early");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void ofABodyLongerThanItSaysTheStatedPartIsSent() throws Exception {
        try (var server = LoopbackServer.answering(OK)) {
            fetch(post(server.uri("/"), RequestBody.once(new ByteArrayInputStream(new byte[50]), 40, "image/png")));
            assertThat(server.onlyRequest().body()).hasSize(40);
            assertThat(fetch(get(server.uri("/")))).isEqualTo("ok");
        }
    }

    @Test
    void aOneShotBodyIsNotSentTwice() throws Exception {
        try (var server = LoopbackServer.answering(OK)) {
            var body = RequestBody.once(new ByteArrayInputStream(new byte[5]), 5, "image/png");
            fetch(post(server.uri("/"), body));
            assertThatThrownBy(() -> fetch(post(server.uri("/"), body))).isInstanceOf(IllegalStateException.class);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void anAnswerThatComesBeforeTheBodyWasSentCounts() throws Exception {
        var answered = new CountDownLatch(1);
        try (var server = new LoopbackServer(wire -> {
            wire.readHead();
            wire.write("HTTP/1.1 401 Unauthorized\r\nconnection: close\r\ncontent-length: 2\r\n\r\nno");
            wire.shutdownOutput();
            answered.countDown();
            wire.awaitEnd();
        })) {
            var source = new Generated(50_000_000, position -> {
                if (position > 0) {
                    await(answered);
                }
            });
            try (var answer =
                    transport.send(post(server.uri("/"), RequestBody.once(source, 50_000_000, "video/mp4")))) {
                assertThat(answer.status()).isEqualTo(401);
                assertThat(answer.body().readAllBytes()).asString().isEqualTo("no");
            }
            assertThat(source.closed).isTrue();
        }
    }

    @Test
    void anInterimAnswerDoesNotStopTheBody() throws Exception {
        var answered = new CountDownLatch(1);
        try (var server = new LoopbackServer(wire -> {
            wire.readHead();
            wire.write("HTTP/1.1 102 Processing\r\n\r\n");
            answered.countDown();
            wire.readFully(2_000_000);
            wire.write(OK);
        })) {
            var source = new Generated(2_000_000, position -> {
                if (position > 0) {
                    await(answered);
                }
            });
            assertThat(fetch(post(server.uri("/"), RequestBody.once(source, 2_000_000, "video/mp4"))))
                    .isEqualTo("ok");
        }
    }

    // Connections

    @Test
    void aConnectionIsUsedAgain() throws Exception {
        try (var server = LoopbackServer.answering(OK)) {
            for (int i = 0; i < 5; i++) {
                fetch(get(server.uri("/")));
            }
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void anAnswerReadToItsLastByteGivesItsConnectionBack() throws Exception {
        try (var server = LoopbackServer.answering(OK)) {
            for (int i = 0; i < 200; i++) {
                try (var answer = transport.send(get(server.uri("/")))) {
                    // Nobody has asked whether there is more.
                    assertThat(answer.body().readNBytes(2)).asString().isEqualTo("ok");
                }
            }
            // The next request may be quicker than the thread that puts the connection back.
            assertThat(server.connections()).isLessThan(10);
        }
    }

    @Test
    void aConnectionThatTheServerWillCloseIsNotUsedAgain() throws Exception {
        try (var server =
                LoopbackServer.answering("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\nok")) {
            fetch(get(server.uri("/")));
            fetch(get(server.uri("/")));
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void aConnectionThatTheServerClosedMeanwhileDoesNotHurt() throws Exception {
        var gone = new CountDownLatch(1);
        try (var server = new LoopbackServer(wire -> {
            wire.read();
            wire.write(OK);
            if (wire.number() == 1) {
                wire.close();
                gone.countDown();
            } else {
                wire.awaitEnd();
            }
        })) {
            fetch(get(server.uri("/")));
            await(gone);
            assertThat(fetch(get(server.uri("/")))).isEqualTo("ok");
        }
    }

    @Test
    void anAnswerClosedUnreadBreaksItsConnection() throws Exception {
        var ended = new CountDownLatch(1);
        try (var server = new LoopbackServer(wire -> {
            wire.read();
            wire.write("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf");
            try {
                wire.awaitEnd();
            } finally {
                ended.countDown();
            }
        })) {
            transport.send(get(server.uri("/"))).close();
            await(ended);
        }
    }

    @Test
    void aClosedTransportRefuses() throws Exception {
        try (var server = LoopbackServer.answering(OK)) {
            fetch(get(server.uri("/")));
            transport.close();
            transport.close();
            assertThatThrownBy(() -> fetch(get(server.uri("/")))).isInstanceOf(IllegalStateException.class);
            assertThat(server.requests()).hasSize(1);
        }
    }

    // Trouble

    @Test
    void aRefusedConnectionCannotHaveBroughtTheRequest() throws Exception {
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        var e = failure(get(URI.create("http://127.0.0.1:" + port + "/secret?token=x")));
        assertThat(e.kind()).isEqualTo(Kind.CONNECT);
        assertThat(e.mayHaveArrived()).isFalse();
        assertThat(e.retryable()).isTrue();
        assertThat(e).hasMessageContaining("http://127.0.0.1:" + port);
        assertThat(e.getMessage()).doesNotContain("token");
    }

    @Test
    void anUnknownHostCannotHaveGotTheRequest() {
        var e = failure(get(URI.create("http://no-such-host.invalid/")));
        assertThat(e.kind()).isEqualTo(Kind.CONNECT);
        assertThat(e.mayHaveArrived()).isFalse();
        assertThat(e).hasMessageContaining("no-such-host.invalid");
    }

    @Test
    void aResetBeforeTheAnswerLeavesTheOutcomeOpen() throws Exception {
        try (var server = new LoopbackServer(wire -> {
            wire.read();
            wire.reset();
        })) {
            var e = failure(post(server.uri("/"), RequestBody.empty()));
            assertThat(e.kind()).isEqualTo(Kind.BROKEN);
            assertThat(e.mayHaveArrived()).isTrue();
            assertThat(e.retryable()).isTrue();
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void anEndBeforeTheAnswerLeavesTheOutcomeOpen() throws Exception {
        try (var server = new LoopbackServer(LoopbackServer.Wire::read)) {
            var e = failure(post(server.uri("/"), RequestBody.empty()));
            assertThat(e.kind()).isEqualTo(Kind.BROKEN);
            assertThat(e.mayHaveArrived()).isTrue();
            assertThat(server.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.2\r\n\r\n",
                "HTTP/1.1 abc\r\n\r\n",
                "HTTP/1.1 000 OK\r\ncontent-length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\nok",
                "HTTP/1.1 200",
                "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n"
            })
    void whatIsNoHttpIsNoAnswer(String garbage) throws Exception {
        try (var server = new LoopbackServer(wire -> {
            wire.read();
            wire.write(garbage);
        })) {
            var e = failure(get(server.uri("/")));
            assertThat(e.kind()).isEqualTo(Kind.BROKEN);
            assertThat(e.mayHaveArrived()).isTrue();
        }
    }

    @Test
    void anEndlessHeaderIsNoAnswer() throws Exception {
        try (var server = new LoopbackServer(wire -> {
            wire.read();
            wire.write("HTTP/1.1 200 OK\r\nx: ");
            while (true) {
                wire.write("y".repeat(10_000));
            }
        })) {
            assertThat(failure(get(server.uri("/"))).kind()).isEqualTo(Kind.BROKEN);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "content-length: 100\r\n\r\nhalf",
                "transfer-encoding: chunked\r\n\r\n10\r\nhalf",
                "transfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n",
                "transfer-encoding: chunked\r\n\r\n4\r\nhalf\r\nxyz\r\n"
            })
    void aBodyThatBreaksOffIsNotTakenForWhole(String cut) throws Exception {
        try (var server = new LoopbackServer(wire -> {
                    wire.read();
                    wire.write("HTTP/1.1 200 OK\r\n" + cut);
                });
                var answer = transport.send(get(server.uri("/")))) {
            assertThat(answer.status()).isEqualTo(200);
            assertThatThrownBy(() -> answer.body().readAllBytes())
                    .isInstanceOfSatisfying(TransportException.class, e -> {
                        assertThat(e.kind()).isEqualTo(Kind.BROKEN);
                        assertThat(e.mayHaveArrived()).isTrue();
                    });
        }
    }

    // Time

    @Test
    void aServerThatSaysNothingIsGivenUp() throws Exception {
        try (var server = new LoopbackServer(wire -> {
            wire.read();
            wire.stall();
        })) {
            var e = failure(get(server.uri("/"), BRIEF));
            assertThat(e.kind()).isEqualTo(Kind.TIMEOUT);
            assertThat(e.mayHaveArrived()).isTrue();
            assertThat(e.retryable()).isTrue();
        }
    }

    @Test
    void aHeaderThatStallsIsGivenUp() throws Exception {
        try (var server = new LoopbackServer(wire -> {
            wire.read();
            wire.write("HTTP/1.1 200 OK\r\ncontent-le");
            wire.stall();
        })) {
            assertThat(failure(get(server.uri("/"), BRIEF)).kind()).isEqualTo(Kind.TIMEOUT);
        }
    }

    @Test
    void aBodyThatStallsIsGivenUp() throws Exception {
        try (var server = new LoopbackServer(wire -> {
                    wire.read();
                    wire.write("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf");
                    wire.stall();
                });
                var answer = transport.send(get(server.uri("/"), BRIEF))) {
            assertThat(answer.body().readNBytes(4)).asString().isEqualTo("half");
            assertThatThrownBy(() -> answer.body().read()).isInstanceOfSatisfying(TransportException.class, e -> {
                assertThat(e.kind()).isEqualTo(Kind.TIMEOUT);
                assertThat(e.mayHaveArrived()).isTrue();
            });
        }
    }

    @Test
    @Tag("security")
    void aBodyWithoutEndIsGivenUp() throws Exception {
        try (var server = new LoopbackServer(wire -> {
                    wire.read();
                    wire.write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
                    while (true) {
                        wire.write("4\r\nmore\r\n");
                    }
                });
                var answer = transport.send(get(server.uri("/"), BRIEF))) {
            assertThatThrownBy(() -> answer.body().transferTo(java.io.OutputStream.nullOutputStream()))
                    .isInstanceOfSatisfying(
                            TransportException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TIMEOUT));
        }
    }

    @Test
    void aServerThatDoesNotReadIsGivenUp() throws Exception {
        try (var server = new LoopbackServer(LoopbackServer.Wire::stall)) {
            var body = RequestBody.once(new Generated(100_000_000, position -> {}), 100_000_000, "video/mp4");
            var e = failure(new TransportRequest("POST", server.uri("/"), Headers.empty(), body, BRIEF, Reach.ANY));
            assertThat(e.kind()).isEqualTo(Kind.TIMEOUT);
            assertThat(e.mayHaveArrived()).isTrue();
        }
    }

    @Test
    void aTimedOutConnectionIsNotUsedAgain() throws Exception {
        try (var server = new LoopbackServer(wire -> {
            wire.read();
            if (wire.number() == 1) {
                wire.stall();
            }
            wire.write(OK);
        })) {
            assertThat(failure(get(server.uri("/"), BRIEF)).kind()).isEqualTo(Kind.TIMEOUT);
            assertThat(fetch(get(server.uri("/")))).isEqualTo("ok");
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void aConnectionThatIsNotTakenIsGivenUp() throws Exception {
        try (var full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<Socket> queue = new ArrayList<>();
            try {
                fill(full, queue);
                var e = failure(get(URI.create("http://127.0.0.1:" + full.getLocalPort() + "/"), BRIEF));
                assertThat(e.kind()).isEqualTo(Kind.TIMEOUT);
                assertThat(e.mayHaveArrived()).isFalse();
            } finally {
                for (Socket socket : queue) {
                    socket.close();
                }
            }
        }
    }

    /** Opens connections that nobody takes until the next one has to wait. */
    private static void fill(ServerSocket server, List<Socket> queue) throws IOException {
        for (int i = 0; i < 300; i++) {
            var socket = new Socket();
            queue.add(socket);
            try {
                socket.connect(server.getLocalSocketAddress(), 200);
            } catch (SocketTimeoutException e) {
                return;
            }
        }
        Assumptions.abort("this system takes any number of connections");
    }

    // TLS

    @Test
    void aTrustedServerIsSpokenToInPrivate(@TempDir Path folder) throws Exception {
        var tls = new LoopbackTls(folder, "ip:127.0.0.1");
        byte[] bytes = new byte[1_000_000];
        try (var server = new LoopbackServer(tls.server(), wire -> {
                    for (var request = wire.read(); request != null; request = wire.read()) {
                        wire.write(OK);
                    }
                });
                var trusting = create(tls.client())) {
            for (int i = 0; i < 3; i++) {
                try (var answer = trusting.send(post(
                        server.uri("/"),
                        RequestBody.once(new ByteArrayInputStream(bytes), bytes.length, "image/png")))) {
                    assertThat(answer.body().readAllBytes()).asString().isEqualTo("ok");
                }
            }
            assertThat(server.connections()).isEqualTo(1);
            assertThat(server.requests()).hasSize(3).allMatch(request -> request.body().length == bytes.length);
        }
    }

    @Test
    @Tag("security")
    void anUntrustedServerGetsNothing(@TempDir Path folder) throws Exception {
        try (var server =
                new LoopbackServer(new LoopbackTls(folder, "ip:127.0.0.1").server(), LoopbackServer.Wire::read)) {
            var e = failure(get(server.uri("/")));
            assertThat(e.kind()).isEqualTo(Kind.CONNECT);
            assertThat(e.mayHaveArrived()).isFalse();
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    @Tag("security")
    void aServerOfAnotherNameGetsNothing(@TempDir Path folder) throws Exception {
        var tls = new LoopbackTls(folder, "dns:example.com");
        try (var server = new LoopbackServer(tls.server(), LoopbackServer.Wire::read);
                var trusting = create(tls.client())) {
            assertThatThrownBy(() -> trusting.send(get(server.uri("/"))))
                    .isInstanceOfSatisfying(TransportException.class, e -> {
                        assertThat(e.kind()).isEqualTo(Kind.CONNECT);
                        assertThat(e.mayHaveArrived()).isFalse();
                    });
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void aStalledHandshakeIsGivenUp() throws Exception {
        try (var server = new LoopbackServer(LoopbackServer.Wire::stall)) {
            var e = failure(get(URI.create("https://127.0.0.1:" + server.port() + "/"), BRIEF));
            assertThat(e.kind()).isEqualTo(Kind.TIMEOUT);
        }
    }

    // Interruption

    @Test
    void aThreadInterruptedBeforehandSendsNothing() throws Exception {
        try (var server = LoopbackServer.answering(OK)) {
            var e = interrupted(task -> {
                Thread.currentThread().interrupt();
                fetch(get(server.uri("/")));
            });
            assertThat(e.kind()).isEqualTo(Kind.INTERRUPTED);
            assertThat(e.mayHaveArrived()).isFalse();
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void aThreadInterruptedWhileItWaitsStops() throws Exception {
        var asked = new CountDownLatch(1);
        try (var server = new LoopbackServer(wire -> {
            wire.read();
            asked.countDown();
            wire.stall();
        })) {
            var e = interrupted(thread -> {
                interruptAfter(asked, thread);
                fetch(get(server.uri("/")));
            });
            assertThat(e.kind()).isEqualTo(Kind.INTERRUPTED);
            assertThat(e.mayHaveArrived()).isTrue();
            assertThat(e.retryable()).isFalse();
        }
    }

    @Test
    void aThreadInterruptedWhileItReadsStops() throws Exception {
        var begun = new CountDownLatch(1);
        try (var server = new LoopbackServer(wire -> {
            wire.read();
            wire.write("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf");
            begun.await();
            wire.stall();
        })) {
            var e = interrupted(thread -> {
                try (var answer = transport.send(get(server.uri("/")))) {
                    interruptAfter(begun, thread);
                    begun.countDown();
                    answer.body().readAllBytes();
                }
            });
            assertThat(e.kind()).isEqualTo(Kind.INTERRUPTED);
            assertThat(e.mayHaveArrived()).isTrue();
        }
    }

    private interface Interruptible {
        void run(Thread self) throws Exception;
    }

    /** Runs the task on a thread of its own and returns what it threw, after a look at the interrupt flag. */
    private static TransportException interrupted(Interruptible task) throws Exception {
        var result = new FutureTask<>(() -> {
            try {
                task.run(Thread.currentThread());
            } catch (TransportException e) {
                assertThat(Thread.currentThread().isInterrupted()).isTrue();
                return e;
            }
            throw new AssertionError("not interrupted");
        });
        new Thread(result).start();
        return result.get();
    }

    private static void interruptAfter(CountDownLatch latch, Thread thread) {
        new Thread(() -> {
                    await(latch);
                    thread.interrupt();
                })
                .start();
    }

    // Reach

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "2130706433"})
    @Tag("security")
    void aRequestForThePublicInternetDoesNotGoToThisMachine(String host) throws Exception {
        try (var server = LoopbackServer.answering(OK)) {
            var e = failure(new TransportRequest(
                    "GET",
                    URI.create("http://" + host + ":" + server.port() + "/"),
                    Headers.empty(),
                    RequestBody.empty(),
                    AMPLE,
                    Reach.PUBLIC));
            assertThat(e.kind()).isEqualTo(Kind.FORBIDDEN_ADDRESS);
            assertThat(e.mayHaveArrived()).isFalse();
            assertThat(e.retryable()).isFalse();
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    @Tag("security")
    void aConnectionOfAnyReachIsNotLentToTheCarefulOne() throws Exception {
        try (var server = LoopbackServer.answering(OK)) {
            fetch(get(server.uri("/")));
            var careful = new TransportRequest(
                    "GET", server.uri("/"), Headers.empty(), RequestBody.empty(), AMPLE, Reach.PUBLIC);
            assertThat(failure(careful).kind()).isEqualTo(Kind.FORBIDDEN_ADDRESS);
        }
    }

    // What the tests share

    protected static TransportRequest get(URI uri) {
        return get(uri, AMPLE);
    }

    protected static TransportRequest get(URI uri, Duration timeout) {
        return new TransportRequest("GET", uri, Headers.empty(), RequestBody.empty(), timeout, Reach.ANY);
    }

    protected static TransportRequest post(URI uri, RequestBody body) {
        return new TransportRequest("POST", uri, Headers.empty(), body, AMPLE, Reach.ANY);
    }

    protected String fetch(TransportRequest request) throws IOException {
        try (var answer = transport.send(request)) {
            return new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    protected TransportException failure(TransportRequest request) {
        try (var answer = transport.send(request)) {
            throw new AssertionError("answered " + answer.status());
        } catch (TransportException e) {
            return e;
        }
    }

    protected static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Zeros without end or up to a length, with something to do before each read. */
    private static final class Generated extends InputStream {

        final CountDownLatch reading = new CountDownLatch(1);
        volatile boolean closed;

        private final int length;
        private final Consumer<Integer> beforeRead;
        private int position;

        Generated(int length, Consumer<Integer> beforeRead) {
            this.length = length;
            this.beforeRead = beforeRead;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(byte[] target, int offset, int count) throws IOException {
            reading.countDown();
            try {
                beforeRead.accept(position);
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
            if (position == length) {
                return -1;
            }
            // Stops at round numbers, so that a test can meet them.
            int some = Math.min(count, Math.min(length - position, 10_000 - position % 10_000));
            position += some;
            return some;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
