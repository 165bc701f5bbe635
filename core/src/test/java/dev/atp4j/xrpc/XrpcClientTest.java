// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.xrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atp4j.data.LexMap;
import dev.atp4j.http.Headers;
import dev.atp4j.http.TransportException;
import dev.atp4j.http.TransportException.Kind;
import dev.atp4j.http.TransportRequest.Reach;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class XrpcClientTest {

    private static final URI PDS = URI.create("https://pds.example.com");
    private static final XrpcRequest CALL = XrpcRequest.query("a.b.c").build();

    // The address

    @ParameterizedTest
    @CsvSource({
        "https://pds.example.com, https://pds.example.com",
        "https://pds.example.com/, https://pds.example.com",
        "http://localhost:2583, http://localhost:2583",
        "https://[::1]:443/, https://[::1]:443"
    })
    void aServiceIsAnOrigin(String given, String kept) {
        var client = new XrpcClient(new FakeTransport(200, "{}"), URI.create(given));
        assertThat(client.service()).isEqualTo(URI.create(kept));
        assertThat(client.did()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://pds.example.com",
                "pds.example.com",
                "//pds.example.com",
                "https://user:secret@pds.example.com",
                "https://pds.example.com/xrpc",
                "https://pds.example.com//",
                "https://pds.example.com?a=secret",
                "https://pds.example.com#a",
                "mailto:a@b.c"
            })
    void nothingElseIsAService(String address) {
        assertThatThrownBy(() -> new XrpcClient(new FakeTransport(200, "{}"), URI.create(address)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
    }

    // The request

    @Test
    void aQueryIsAGet() {
        var transport = new FakeTransport(200, "{}");
        new XrpcClient(transport, PDS, Reach.PUBLIC)
                .send(XrpcRequest.query("a.b.c")
                        .param("x", "y z")
                        .header("x-h", "1")
                        .build());
        var sent = transport.onlyRequest();
        assertThat(sent.method()).isEqualTo("GET");
        assertThat(sent.uri()).isEqualTo(URI.create("https://pds.example.com/xrpc/a.b.c?x=y%20z"));
        assertThat(sent.headers().first("x-h")).contains("1");
        assertThat(sent.headers().contains("authorization")).isFalse();
        assertThat(sent.timeout()).isEqualTo(XrpcClient.DEFAULT_TIMEOUT);
        assertThat(sent.reach()).isEqualTo(Reach.PUBLIC);
        assertThat(transport.closedAnswers).isEqualTo(1);
    }

    @Test
    void aProcedureIsAPost() throws Exception {
        var transport = new FakeTransport(200, "{}");
        var input = LexMap.builder().put("a", 1).build();
        new XrpcClient(transport, PDS)
                .send(XrpcRequest.procedure("a.b.c")
                        .json(input)
                        .timeout(Duration.ofSeconds(3))
                        .build());
        var sent = transport.onlyRequest();
        assertThat(sent.method()).isEqualTo("POST");
        assertThat(sent.body().open()).hasContent("{\"a\":1}");
        assertThat(sent.timeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(sent.reach()).isEqualTo(Reach.ANY);
    }

    @Test
    void credentialsAreAdded() {
        var transport = new FakeTransport(200, "{}");
        new XrpcClient(transport, PDS).exchange(CALL, Headers.of("authorization", "Bearer t"), Duration.ofSeconds(7));
        assertThat(transport.onlyRequest().headers().all("authorization")).containsExactly("Bearer t");
        assertThat(transport.onlyRequest().timeout()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void withoutTimeNothingIsSent() {
        var transport = new FakeTransport(200, "{}");
        assertThatThrownBy(() -> new XrpcClient(transport, PDS).exchange(CALL, Headers.empty(), Duration.ZERO))
                .isInstanceOfSatisfying(TransportException.class, e -> {
                    assertThat(e.kind()).isEqualTo(Kind.TIMEOUT);
                    assertThat(e.mayHaveArrived()).isFalse();
                });
        assertThat(transport.requests).isEmpty();
    }

    // Successes

    @Test
    void aSuccessHasJsonBytesAndAStream() {
        var answer = send(new FakeTransport(200, Headers.of("x-a", "1"), "{\"a\":1}"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().first("x-a")).contains("1");
        assertThat(answer.json().getLong("a")).contains(1L);
        assertThat(answer.bytes()).asString().isEqualTo("{\"a\":1}");
        assertThat(answer.stream()).hasContent("{\"a\":1}");
        assertThat(answer.stream()).hasContent("{\"a\":1}");
        assertThat(answer.error()).isEmpty();
        assertThat(answer.orThrow()).isSameAs(answer);
        answer.close();
    }

    @Test
    void anOddFieldDoesNotCostTheOthers() {
        var json = send(new FakeTransport(200, "{\"did\":\"did:plc:x\",\"n\":1.5,\"b\":{\"$bytes\":\"%\"}}"))
                .json();
        assertThat(json.getString("did")).contains("did:plc:x");
    }

    @Test
    void anEmptySuccessIsOne() {
        var answer = send(new FakeTransport(200, Headers.empty(), ""));
        assertThat(answer.bytes()).isEmpty();
        assertThatThrownBy(answer::json)
                .isInstanceOf(XrpcDecodeException.class)
                .hasMessageContainingAll("a.b.c", "no content type", "0 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>secret</html>", "null", "[]", "\"secret\"", "{\"a\":", "{\"accessJwt\":secret}"})
    void whatIsNoObjectIsNamedAndNotShown(String body) {
        var answer = send(new FakeTransport(200, Headers.of("content-type", "text/html; charset=utf-8"), body));
        assertThatThrownBy(answer::json)
                .isInstanceOf(XrpcDecodeException.class)
                .hasMessageContainingAll("a.b.c", "200", "text/html")
                .hasMessageNotContaining("secret");
    }

    @Test
    void aCodingThatNobodyAskedForIsNamed() {
        var answer = send(new FakeTransport(200, Headers.of("content-encoding", "gzip"), "\u001f"));
        assertThatThrownBy(answer::json).hasMessageContaining("coded as gzip");
    }

    @Test
    void bodiesOfAnySizeAndManyPiecesArriveWhole() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            byte[] bytes = new byte[random.nextInt(60_000)];
            random.nextBytes(bytes);
            var headers = random.nextBoolean()
                    ? Headers.empty()
                    : Headers.of("content-length", "" + (random.nextBoolean() ? bytes.length : random.nextInt(70_000)));
            var answer = send(new FakeTransport(200, headers, new Dripping(bytes, random)));
            assertThat(answer.bytes()).as("seed %d, round %d", seed, i).isEqualTo(bytes);
        }
    }

    // Sizes

    @Test
    void aSuccessOfTheLargestSizeAllowedIsTaken() {
        var request = XrpcRequest.query("a.b.c").maxResponseBytes(10).build();
        for (var headers : new Headers[] {Headers.empty(), Headers.of("content-length", "10")}) {
            var transport = new FakeTransport(200, headers, "1234567890");
            assertThat(new XrpcClient(transport, PDS).send(request).bytes()).hasSize(10);
        }
    }

    @Test
    void aLargerSuccessIsRefused() {
        var request = XrpcRequest.query("a.b.c").maxResponseBytes(10).build();
        for (var headers : new Headers[] {Headers.empty(), Headers.of("content-length", "11")}) {
            var transport = new FakeTransport(200, headers, "12345678901");
            assertThatThrownBy(() -> new XrpcClient(transport, PDS).send(request))
                    .isInstanceOfSatisfying(TransportException.class, e -> {
                        assertThat(e.kind()).isEqualTo(Kind.TOO_LARGE);
                        assertThat(e.mayHaveArrived()).isTrue();
                        assertThat(e.retryable()).isFalse();
                    });
            assertThat(transport.closedAnswers).isEqualTo(1);
        }
    }

    @Test
    void aSuccessAnnouncedTooLargeIsNotRead() {
        var transport = new FakeTransport(200, Headers.of("content-length", "9999999999"), "x".repeat(1000));
        assertThatThrownBy(() -> new XrpcClient(transport, PDS).send(CALL)).isInstanceOf(TransportException.class);
        assertThat(transport.bytesRead).isZero();
    }

    @Test
    void anEndlessSuccessIsNotReadToItsEnd() {
        var transport = new FakeTransport(200, Headers.empty(), new Endless());
        assertThatThrownBy(() -> new XrpcClient(transport, PDS).send(CALL))
                .isInstanceOfSatisfying(
                        TransportException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TOO_LARGE));
        assertThat(transport.bytesRead).isLessThanOrEqualTo(XrpcRequest.DEFAULT_MAX_RESPONSE_BYTES + 1);
    }

    @Test
    void anEndlessErrorIsCut() {
        for (var headers : new Headers[] {Headers.empty(), Headers.of("content-length", "9999999999")}) {
            var transport = new FakeTransport(500, headers, new Endless());
            var answer = new XrpcClient(transport, PDS).exchange(CALL, Headers.empty(), Duration.ofSeconds(1));
            assertThat(answer.bytes()).hasSize(64 * 1024);
            assertThat(answer.error()).isEmpty();
            assertThat(transport.bytesRead).isEqualTo(64 * 1024);
            assertThat(transport.closedAnswers).isEqualTo(1);
        }
    }

    @Test
    void aBodyThatBreaksOffIsNoAnswer() {
        var transport = new FakeTransport(200, Headers.empty(), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("cut");
            }
        });
        assertThatThrownBy(() -> new XrpcClient(transport, PDS).send(CALL))
                .isInstanceOfSatisfying(TransportException.class, e -> {
                    assertThat(e.kind()).isEqualTo(Kind.BROKEN);
                    assertThat(e.mayHaveArrived()).isTrue();
                });
        assertThat(transport.closedAnswers).isEqualTo(1);
    }

    // Streams

    @Test
    void aStreamedSuccessStaysOnTheWire() throws Exception {
        var transport = new FakeTransport(200, Headers.of("content-length", "7"), "{\"a\":1}");
        var request = XrpcRequest.query("a.b.c").streaming().maxResponseBytes(1).build();
        var answer = new XrpcClient(transport, PDS).send(request);
        assertThat(transport.bytesRead).isZero();
        assertThat(transport.closedAnswers).isZero();
        assertThat(answer.orThrow()).isSameAs(answer);
        assertThat(answer.stream().readAllBytes()).hasSize(7);
        answer.close();
        assertThat(transport.closedAnswers).isEqualTo(1);
    }

    @Test
    void aStreamedSuccessCanStillBeReadAtOnce() {
        var transport = new FakeTransport(200, "{\"a\":1}");
        var answer = new XrpcClient(transport, PDS)
                .send(XrpcRequest.query("a.b.c").streaming().build());
        assertThat(answer.json().getLong("a")).contains(1L);
        assertThat(transport.closedAnswers).isEqualTo(1);
    }

    @Test
    void aStreamedErrorIsInMemory() {
        var transport = new FakeTransport(404, "{\"error\":\"RepoNotFound\"}");
        var request = XrpcRequest.query("a.b.c").streaming().build();
        assertThatThrownBy(() -> new XrpcClient(transport, PDS).send(request))
                .isInstanceOfSatisfying(
                        XrpcResponseException.class,
                        e -> assertThat(e.is("RepoNotFound")).isTrue());
        assertThat(transport.closedAnswers).isEqualTo(1);
    }

    private static XrpcResponse send(FakeTransport transport) {
        return new XrpcClient(transport, PDS).send(CALL);
    }

    private static final class Endless extends InputStream {
        @Override
        public int read() {
            return 'x';
        }
    }

    /** Gives a few bytes at a time. */
    private static final class Dripping extends ByteArrayInputStream {
        private final Random random;

        Dripping(byte[] bytes, Random random) {
            super(bytes);
            this.random = random;
        }

        @Override
        public synchronized int read(byte[] target, int offset, int length) {
            return super.read(target, offset, length == 0 ? 0 : 1 + random.nextInt(Math.min(length, 5_000)));
        }
    }

    @Test
    void errorsAreNamedAsTheServerNamesThem() {
        var body = "{\"error\":\"InvalidRequest\",\"message\":\"Could not find repo: did:plc:x\"}";
        assertThatThrownBy(() -> send(new FakeTransport(400, body)))
                .isExactlyInstanceOf(XrpcResponseException.class)
                .hasMessage("a.b.c was answered 400 InvalidRequest: Could not find repo: did:plc:x")
                .isInstanceOfSatisfying(XrpcResponseException.class, e -> {
                    assertThat(e.status()).isEqualTo(400);
                    assertThat(e.nsid().value()).isEqualTo("a.b.c");
                    assertThat(e.error().orElseThrow())
                            .isEqualTo(new XrpcError("InvalidRequest", "Could not find repo: did:plc:x"));
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 500, 502})
    void anErrorThatIsAWebPageIsNamedAndNotShown(int status) {
        var page = new FakeTransport(
                status, Headers.of("content-type", "text/html"), "<html>" + "secret".repeat(20_000) + "</html>");
        assertThatThrownBy(() -> send(page))
                .hasMessage("a.b.c was answered " + status + ", no XRPC error but text/html")
                .isInstanceOfSatisfying(
                        XrpcResponseException.class, e -> assertThat(e.error()).isEmpty());
    }

    @Test
    void anErrorWhoseNameCannotBeSeenIsNone() {
        var odd = new FakeTransport(401, Headers.empty(), "{\"error\":\"\\u200b\",\"message\":\"x\"}");
        assertThatThrownBy(() -> send(odd))
                .isInstanceOfSatisfying(
                        XrpcResponseException.class, e -> assertThat(e.error()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 304, 307, 308})
    void aRedirectIsAnErrorThatSaysSo(int status) {
        var redirect = new FakeTransport(
                status,
                Headers.of("location", "https://other.example/path?token=secret"),
                new ByteArrayInputStream(new byte[0]));
        assertThatThrownBy(() -> send(redirect))
                .isInstanceOf(XrpcResponseException.class)
                .hasMessageContainingAll("" + status, "redirect", "not followed", "other.example")
                .hasMessageNotContaining("secret");
        assertThat(redirect.requests).hasSize(1);
    }

    @Test
    void textsOfTheServerAreMadeHarmless() {
        String message = "a\u0000b\r\nc\u202egnp\u2066.\u200bexe" + "x".repeat(1_000);
        String body = new String(
                dev.atp4j.data.LexJson.write(LexMap.builder()
                        .put("error", "Bad\nName" + "n".repeat(500))
                        .put("message", message)
                        .build()),
                StandardCharsets.UTF_8);
        assertThatThrownBy(() -> send(new FakeTransport(400, body)))
                .isInstanceOfSatisfying(XrpcResponseException.class, e -> {
                    var error = e.error().orElseThrow();
                    assertThat(error.name()).startsWith("Bad Namen").hasSizeLessThanOrEqualTo(101);
                    assertThat(error.message()).startsWith("a b c gnp . exex").hasSizeLessThanOrEqualTo(501);
                    assertThat(e.getMessage().chars().noneMatch(Character::isISOControl))
                            .isTrue();
                });
    }
}
