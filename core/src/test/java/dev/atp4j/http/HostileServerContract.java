// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atp4j.http.TransportException.Kind;
import dev.atp4j.http.TransportRequest.Reach;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no server can make a transport do, whatever it answers. */
@Timeout(60)
@Tag("security")
public abstract class HostileServerContract {

    private static final Duration AMPLE = Duration.ofSeconds(30);
    private static final Duration BRIEF = Duration.ofMillis(500);
    private static final String OK = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";

    /** What both ends of a connection may hold beyond what the client has looked at, generously. */
    private static final long IN_FLIGHT = 8L << 20;

    private HttpTransport transport;

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

    // Answers without end

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\n|x: yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\r\n",
                "HTTP/1.1 200 OK\r\n|x:\r\n",
                "HTTP/1.1 200 OK\r\n|x: LONG\r\n",
                "HTTP/1.1 200 OK\r\nx: |y",
                "HTTP/1.1 200 OK\r\nx: y\r\n| y\r\n",
                "HTTP/1.1 200 |OK",
                "|HTTP",
                "|\r\n"
            })
    void aHeadWithoutEndIsGivenUpLongBeforeMemoryIs(String pattern) throws Exception {
        var sent = new AtomicLong();
        try (var server = endless(pattern, sent)) {
            var e = failure(get(server.uri("/"), AMPLE));
            assertThat(e.kind()).isEqualTo(Kind.BROKEN);
            assertThat(sent.get()).isLessThan(IN_FLIGHT);
        }
    }

    @Test
    void interimAnswersWithoutEndAreGivenUp() throws Exception {
        var sent = new AtomicLong();
        try (var server = endless("|HTTP/1.1 102 Processing\r\nx: y\r\n\r\n", sent)) {
            assertThat(failure(get(server.uri("/"), BRIEF)).kind()).isIn(Kind.BROKEN, Kind.TIMEOUT);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1;|x", "|1", "|0", "4\r\nmore\r\n0\r\n|x: y\r\n", "4\r\nmore\r\n0\r\nx: |y", "|1\r\nm\r\n"})
    void chunksWithoutEndEndInTime(String pattern) throws Exception {
        String start = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
        try (var server = endless(start + pattern, new AtomicLong())) {
            try (var answer = transport.send(get(server.uri("/"), BRIEF))) {
                // The JDK's client looks no further than the last chunk.
                assertThat(answer.body().readNBytes(1 << 26)).asString().isEqualTo("more");
            } catch (TransportException e) {
                assertThat(e.kind()).isIn(Kind.BROKEN, Kind.TIMEOUT);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-5", "FFFFFFFFFFFFFFFFFFFFF", "8000000000000000", "0x10", "1 2", "", " "})
    void aChunkOfAnImpossibleSizeBringsNothing(String size) throws Exception {
        String answer = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n" + size + "\r\nevil\r\n0\r\n\r\n";
        try (var server = LoopbackServer.answering(answer)) {
            assertThat(fetch(server.uri("/"))).isEmpty();
        } catch (TransportException e) {
            assertThat(e.kind()).isIn(Kind.BROKEN, Kind.TIMEOUT);
        }
    }

    // Answers that drip

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nx: |y",
                "HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n|y",
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n|1\r\ny\r\n",
                "|HTTP/1.1 102 Processing\r\n\r\n"
            })
    void anAnswerThatDripsIsGivenUpInTimeAsAWhole(String pattern) throws Exception {
        int bar = pattern.indexOf('|');
        try (var server = new LoopbackServer(wire -> {
            wire.read();
            wire.write(pattern.substring(0, bar));
            while (true) {
                wire.write(pattern.substring(bar + 1));
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        })) {
            var e = catchThrowableOfType(TransportException.class, () -> {
                try (var answer = transport.send(get(server.uri("/"), BRIEF))) {
                    answer.body().readAllBytes();
                }
            });
            assertThat(e.kind()).isIn(Kind.TIMEOUT, Kind.BROKEN);
        }
    }

    // Answers within answers

    private static final String SMUGGLED = "HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nevil";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok",
                "HTTP/1.1 204 No Content\r\n\r\n",
                "HTTP/1.1 304 Not Modified\r\n\r\n",
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\ncontent-length: 3\r\n\r\n2\r\nok\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 2\r\n\r\nok",
                "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 45\r\n\r\nok"
            })
    void whatIsLeftOverOfOneAnswerIsNotTakenForTheNext(String answer) throws Exception {
        try (var server = new LoopbackServer(poisoned(answer))) {
            try {
                fetch(server.uri("/"));
            } catch (TransportException e) {
                // An answer with two ideas of its length may be refused.
                assertThat(e.kind()).isEqualTo(Kind.BROKEN);
            }
            assertThat(fetch(server.uri("/"))).isEqualTo("ok");
            assertThat(fetch(server.uri("/"))).isEqualTo("ok");
        }
    }

    @Test
    void whatIsLeftOverInsideTlsIsNotTakenForTheNextEither(@TempDir Path folder) throws Exception {
        var tls = new LoopbackTls(folder, "ip:127.0.0.1");
        // Longer than a client reads at once, and shorter than what TLS seals at once.
        String answer = "HTTP/1.1 200 OK\r\ncontent-length: 12000\r\n\r\n" + "x".repeat(12_000);
        try (var server = new LoopbackServer(tls.server(), poisoned(answer));
                var trusting = create(tls.client())) {
            assertThat(fetch(trusting, server.uri("/"))).hasSize(12_000);
            assertThat(fetch(trusting, server.uri("/"))).isEqualTo("ok");
        }
    }

    /** Puts an answer that nobody asked for behind the first one of the first connection. */
    private static LoopbackServer.Script poisoned(String answer) {
        return wire -> {
            for (boolean first = wire.number() == 1; wire.read() != null; first = false) {
                wire.write(first ? answer + SMUGGLED : OK);
            }
        };
    }

    // What the JVM may have at hand for others

    @ParameterizedTest
    @ValueSource(
            strings = {
                "401 Unauthorized\r\nwww-authenticate: Basic realm=\"x\"",
                "401 Unauthorized\r\nwww-authenticate: Digest realm=\"x\", nonce=\"y\", qop=\"auth\"",
                "401 Unauthorized\r\nwww-authenticate: Negotiate",
                "407 Proxy Authentication Required\r\nproxy-authenticate: Basic realm=\"x\""
            })
    void passwordsAndCookiesOfTheJvmAreNotForServers(String demand) throws Exception {
        var asked = new AtomicInteger();
        Authenticator passwords = Authenticator.getDefault();
        CookieHandler cookies = CookieHandler.getDefault();
        Authenticator.setDefault(new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                asked.incrementAndGet();
                return new PasswordAuthentication("user", "planted".toCharArray());
            }
        });
        CookieHandler.setDefault(new CookieHandler() {
            @Override
            public Map<String, List<String>> get(URI uri, Map<String, List<String>> headers) {
                asked.incrementAndGet();
                return Map.of("Cookie", List.of("planted"));
            }

            @Override
            public void put(URI uri, Map<String, List<String>> headers) {
                asked.incrementAndGet();
            }
        });
        try (var server = LoopbackServer.answering(
                        "HTTP/1.1 " + demand + "\r\nset-cookie: s=1\r\ncontent-length: 0\r\n\r\n");
                var fresh = create()) {
            for (int i = 0; i < 2; i++) {
                try (var answer = fresh.send(get(server.uri("/"), AMPLE))) {
                    assertThat(answer.status()).isBetween(401, 407);
                } catch (TransportException e) {
                    assertThat(e.kind()).isEqualTo(Kind.BROKEN);
                }
            }
            assertThat(asked).hasValue(0);
            assertThat(server.requests())
                    .hasSize(2)
                    .allSatisfy(request -> assertThat(request.head()).doesNotContain("planted", "uthorization:"));
        } finally {
            Authenticator.setDefault(passwords);
            CookieHandler.setDefault(cookies);
        }
    }

    // What the tests share

    /** Writes what stands before the bar, and then, without end, what stands behind it. */
    private static LoopbackServer endless(String pattern, AtomicLong sent) {
        int bar = pattern.indexOf('|');
        String more = pattern.substring(bar + 1).replace("LONG", "y".repeat(60_000));
        byte[] many = more.repeat(Math.max(1, 8192 / more.length())).getBytes(StandardCharsets.ISO_8859_1);
        return new LoopbackServer(wire -> {
            wire.read();
            wire.write(pattern.substring(0, bar));
            while (true) {
                wire.write(many);
                sent.addAndGet(many.length);
            }
        });
    }

    private static TransportRequest get(URI uri, Duration timeout) {
        return new TransportRequest("GET", uri, Headers.empty(), RequestBody.empty(), timeout, Reach.ANY);
    }

    private String fetch(URI uri) throws Exception {
        return fetch(transport, uri);
    }

    private static String fetch(HttpTransport transport, URI uri) throws Exception {
        try (var answer = transport.send(get(uri, AMPLE))) {
            return new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private TransportException failure(TransportRequest request) {
        try (var answer = transport.send(request)) {
            throw new AssertionError("answered " + answer.status());
        } catch (TransportException e) {
            return e;
        }
    }
}
