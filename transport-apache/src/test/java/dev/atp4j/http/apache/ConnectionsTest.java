// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.http.apache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atp4j.http.Headers;
import dev.atp4j.http.HttpTransport;
import dev.atp4j.http.LoopbackServer;
import dev.atp4j.http.LoopbackTls;
import dev.atp4j.http.RequestBody;
import dev.atp4j.http.TransportException;
import dev.atp4j.http.TransportException.Kind;
import dev.atp4j.http.TransportRequest;
import dev.atp4j.http.TransportRequest.Reach;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What this transport does beyond the contract: its connections, their addresses and their ends. */
@Timeout(60)
class ConnectionsTest {

    private static final String OK = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";

    private final ManualTime time = new ManualTime();
    private ApacheHttpTransport transport = new ApacheHttpTransport(null, InetAddress::getAllByName, time);

    @AfterEach
    void close() {
        transport.close();
    }

    @Test
    void itIsTheTransportOfThisPath() {
        try (var created = HttpTransport.create()) {
            assertThat(created).isInstanceOf(ApacheHttpTransport.class);
        }
    }

    // Idle connections

    @ParameterizedTest
    @CsvSource({
        "x: y, 30000",
        "keep-alive: timeout=5, 4000",
        "'Keep-Alive: max=9, timeout=600', 30000",
        "keep-alive: timeout=1, 1",
        "keep-alive: timeout=0, 1",
        "keep-alive: nonsense, 30000"
    })
    void anIdleConnectionIsKeptAlmostAsLongAsTheServerKeepsIt(String field, long millis) {
        var response = new BasicHttpResponse(200);
        int colon = field.indexOf(':');
        response.addHeader(field.substring(0, colon), field.substring(colon + 1).strip());
        assertThat(ApacheHttpTransport.keepAlive(response, HttpClientContext.create())
                        .toMilliseconds())
                .isEqualTo(millis);
    }

    @Test
    void anExchangeThatIsOverLeavesNoTimer() throws Exception {
        try (var server = LoopbackServer.answering(OK)) {
            fetch(server.uri("/"));
            assertThat(time.timersSet()).isEqualTo(1);
            assertThat(time.timersWaiting()).isZero();
            transport.send(get(server.uri("/"), Reach.ANY)).close();
            assertThat(time.timersWaiting()).isZero();
        }
        assertThatThrownBy(() -> fetch(URI.create("http://no-such-host.invalid/")))
                .isInstanceOf(TransportException.class);
        assertThat(time.timersWaiting()).isZero();
    }

    @Test
    void aConnectionThatTheServerClosedIsNotGivenAPost() throws Exception {
        var gone = new CountDownLatch(1);
        try (var server = new LoopbackServer(wire -> {
            wire.read();
            wire.write(OK);
            if (wire.number() == 1) {
                wire.close();
                gone.countDown();
            }
            wire.awaitEnd();
        })) {
            fetch(server.uri("/"));
            gone.await();
            assertThat(send(post(server.uri("/"), RequestBody.empty()))).isEqualTo("ok");
        }
    }

    @Test
    void aConnectionOnWhichTheServerSpokeOutOfTurnIsNotUsedAgain() throws Exception {
        var spoken = new CountDownLatch(1);
        var answered = new CountDownLatch(1);
        try (var server = new LoopbackServer(wire -> {
            wire.read();
            wire.write(OK);
            if (wire.number() == 1) {
                answered.await();
                wire.write("HTTP/1.1 408 Request Timeout\r\ncontent-length: 0\r\n\r\n");
                spoken.countDown();
            }
            wire.awaitEnd();
        })) {
            fetch(server.uri("/"));
            answered.countDown();
            spoken.await();
            assertThat(fetch(server.uri("/"))).isEqualTo("ok");
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void closingTheTransportClosesItsConnections() throws Exception {
        var ended = new CountDownLatch(1);
        try (var server = new LoopbackServer(wire -> {
            wire.read();
            wire.write(OK);
            try {
                wire.awaitEnd();
            } finally {
                ended.countDown();
            }
        })) {
            fetch(server.uri("/"));
            transport.close();
            ended.await();
            assertThat(time.timersWaiting()).isZero();
        }
    }

    @Test
    void closingTheTransportEndsExchangesUnderWay() throws Exception {
        var asked = new CountDownLatch(1);
        try (var server = new LoopbackServer(wire -> {
            wire.read();
            asked.countDown();
            wire.stall();
        })) {
            var exchange = failing(get(server.uri("/"), Reach.ANY));
            asked.await();
            transport.close();
            assertThat(exchange.get().kind()).isEqualTo(Kind.BROKEN);
        }
    }

    // Time

    @Test
    void anExchangeEndsAtItsDeadlineAndNotBefore() throws Exception {
        var asked = new CountDownLatch(1);
        try (var server = new LoopbackServer(wire -> {
            wire.read();
            asked.countDown();
            wire.stall();
        })) {
            var exchange = failing(get(server.uri("/"), Reach.ANY));
            asked.await();
            time.advance(Duration.ofSeconds(29));
            assertThat(exchange.isDone()).isFalse();
            time.advance(Duration.ofSeconds(1));
            var e = exchange.get();
            assertThat(e.kind()).isEqualTo(Kind.TIMEOUT);
            assertThat(e).hasMessageContaining("PT30S");
        }
    }

    // Addresses

    @Test
    @Tag("security")
    void theAddressCheckedIsTheAddressUsed() throws Exception {
        var lookups = new AtomicInteger();
        // A name server that says something harmless only as long as it is being checked.
        with(host -> addresses(lookups.incrementAndGet() == 1 ? "127.0.0.1" : "1.1.1.1"));
        try (var server = LoopbackServer.answering(OK)) {
            var uri = URI.create("http://rebinding.example:" + server.port() + "/");
            assertThat(fetch(uri)).isEqualTo("ok");
            assertThat(lookups).hasValue(1);
            assertThat(server.onlyRequest().header("host")).containsExactly("rebinding.example:" + server.port());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "1.1.1.1 169.254.169.254", "::ffff:10.0.0.1", "2606:4700::1111 fd00::1"})
    @Tag("security")
    void aPublicRequestGoesNowhereIfOneAddressIsNotPublic(String addresses) {
        with(host -> addresses(addresses.split(" ")));
        var e = catchThrowableOfType(
                TransportException.class, () -> transport.send(get(URI.create("http://pds.example/"), Reach.PUBLIC)));
        assertThat(e.kind()).isEqualTo(Kind.FORBIDDEN_ADDRESS);
        assertThat(e.mayHaveArrived()).isFalse();
        assertThat(e).hasMessageContaining("pds.example");
    }

    @Test
    void anAddressThatRefusesGivesWayToTheNext() throws Exception {
        with(host -> addresses("127.0.0.2", "127.0.0.1"));
        try (var server = LoopbackServer.answering(OK)) {
            assertThat(fetch(URI.create("http://pds.example:" + server.port() + "/")))
                    .isEqualTo("ok");
        }
    }

    @Test
    void aHostWithoutAddressIsNoHost() {
        with(host -> addresses());
        assertThatThrownBy(() -> fetch(URI.create("http://pds.example/")))
                .isInstanceOfSatisfying(TransportException.class, e -> {
                    assertThat(e.kind()).isEqualTo(Kind.CONNECT);
                    assertThat(e.mayHaveArrived()).isFalse();
                });
    }

    // Bodies

    @ParameterizedTest
    @CsvSource({"http, 100000000000", "http, -1", "https, 100000000000"})
    void aServerThatAnswersAndStopsReadingIsHeard(String scheme, long length, @TempDir Path folder) throws Exception {
        LoopbackServer.Script script = wire -> {
            if (wire.number() == 1) {
                wire.readHead();
                wire.readFully(1_000_000);
                wire.write("HTTP/1.1 413 Too Large\r\ncontent-length: 2\r\n\r\nno");
                wire.stall();
            }
            wire.read();
            wire.write(OK);
        };
        var tls = scheme.equals("https") ? new LoopbackTls(folder, "ip:127.0.0.1") : null;
        if (tls != null) {
            transport = new ApacheHttpTransport(tls.client(), InetAddress::getAllByName, time);
        }
        try (var server = tls == null ? new LoopbackServer(script) : new LoopbackServer(tls.server(), script)) {
            var endless = new InputStream() {
                @Override
                public int read() {
                    return 0;
                }
            };
            try (var answer = transport.send(post(server.uri("/"), RequestBody.once(endless, length, "video/mp4")))) {
                assertThat(answer.status()).isEqualTo(413);
                assertThat(answer.body().readAllBytes()).asString().isEqualTo("no");
            }
            // The server still waits for the rest on the first connection.
            assertThat(fetch(server.uri("/"))).isEqualTo("ok");
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void aSourceWithABugBreaksItsConnection() throws Exception {
        var ended = new CountDownLatch(1);
        try (var server = new LoopbackServer(wire -> {
            try {
                wire.read();
            } finally {
                ended.countDown();
            }
        })) {
            var body = RequestBody.reopenable(
                    () -> new InputStream() {
                        @Override
                        public int read() {
                            throw new IllegalStateException("a bug");
                        }
                    },
                    -1,
                    "video/mp4");
            assertThatThrownBy(() -> transport.send(post(server.uri("/"), body)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("a bug");
            ended.await();
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    @Tag("security")
    void aPathIsSentAsItIs() throws Exception {
        try (var server = LoopbackServer.answering(OK)) {
            fetch(server.uri("//a//b/../%2F?x=//"));
            assertThat(server.onlyRequest().line()).isEqualTo("GET //a//b/../%2F?x=// HTTP/1.1");
        }
    }

    // Logging

    @Test
    @Tag("security")
    void nothingThatMayBeSecretIsLogged() throws Exception {
        var log = new ConcurrentLinkedQueue<String>();
        var handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                log.add(new SimpleFormatter().formatMessage(entry));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger("org.apache.hc");
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
        logger.setLevel(Level.ALL);
        try (var server = LoopbackServer.answering(
                "HTTP/1.1 200 OK\r\nset-cookie: secret-cookie\r\n" + "content-length: 12\r\n\r\nsecret-reply")) {
            assertThat(send(new TransportRequest(
                            "POST",
                            server.uri("/path"),
                            Headers.of("authorization", "Bearer secret-token"),
                            RequestBody.bytes("secret-password".getBytes(StandardCharsets.UTF_8), "text/plain"),
                            Duration.ofSeconds(30),
                            Reach.ANY)))
                    .isEqualTo("secret-reply");
        } finally {
            logger.setLevel(null);
            logger.setUseParentHandlers(true);
            logger.removeHandler(handler);
        }
        assertThat(log).isNotEmpty().noneMatch(line -> line.contains("secret"));
    }

    // What the tests share

    private void with(Addresses.Lookup lookup) {
        transport = new ApacheHttpTransport(null, lookup, time);
    }

    private static InetAddress[] addresses(String... addresses) throws UnknownHostException {
        var found = new InetAddress[addresses.length];
        for (int i = 0; i < addresses.length; i++) {
            found[i] = InetAddress.getByName(addresses[i]);
        }
        return found;
    }

    private static TransportRequest get(URI uri, Reach reach) {
        return new TransportRequest("GET", uri, Headers.empty(), RequestBody.empty(), Duration.ofSeconds(30), reach);
    }

    private static TransportRequest post(URI uri, RequestBody body) {
        return new TransportRequest("POST", uri, Headers.empty(), body, Duration.ofSeconds(30), Reach.ANY);
    }

    private String fetch(URI uri) throws IOException {
        return send(get(uri, Reach.ANY));
    }

    private String send(TransportRequest request) throws IOException {
        try (var answer = transport.send(request)) {
            return new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private FutureTask<TransportException> failing(TransportRequest request) {
        var task =
                new FutureTask<>(() -> catchThrowableOfType(TransportException.class, () -> transport.send(request)));
        new Thread(task).start();
        return task;
    }
}
