// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.xrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atp4j.data.LexMap;
import dev.atp4j.http.RequestBody;
import dev.atp4j.syntax.Did;
import dev.atp4j.syntax.SyntaxException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class XrpcRequestTest {

    @Test
    void thePathIsMadeOfTheName() {
        assertThat(XrpcRequest.query("com.atproto.server.getSession").build().path())
                .isEqualTo("/xrpc/com.atproto.server.getSession");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/x",
                "//evil.example/x",
                "com.atproto/../x",
                "a.b.c?x=y",
                "a.b.c#d",
                "",
                "a.b"
            })
    void whatIsNoNameMakesNoPath(String name) {
        assertThatThrownBy(() -> XrpcRequest.query(name)).isInstanceOf(SyntaxException.class);
    }

    @Test
    void parametersAreEscaped() {
        var request = XrpcRequest.query("a.b.c")
                .param("text", "a b&c=d+e/ü😀~-._")
                .param("limit", 50)
                .param("includePins", true)
                .param("did", Did.parse("did:plc:ewvi7nxzyoun6zhxrhs64oiz"))
                .param("uris", List.of("x", 1L))
                .param("none", List.of())
                .param("empty", "")
                .param("ä", "1")
                .build();
        assertThat(request.path())
                .isEqualTo("/xrpc/a.b.c?text=a%20b%26c%3Dd%2Be%2F%C3%BC%F0%9F%98%80~-._&limit=50&includePins=true"
                        + "&did=did%3Aplc%3Aewvi7nxzyoun6zhxrhs64oiz&uris=x&uris=1&empty=&%C3%A4=1");
    }

    @Test
    void everyTextSurvivesTheEscaping() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            var text = new StringBuilder();
            for (int n = random.nextInt(20); n > 0; n--) {
                int c = random.nextInt(random.nextBoolean() ? 0x80 : 0x110000);
                text.appendCodePoint(c >= 0xd800 && c < 0xe000 ? '?' : c);
            }
            URI uri = URI.create("https://a.b"
                    + XrpcRequest.query("a.b.c").param("p", text).build().path());
            assertThat(URLDecoder.decode(uri.getRawQuery().substring(2), StandardCharsets.UTF_8))
                    .as("seed %d, round %d", seed, i)
                    .isEqualTo(text.toString());
        }
    }

    static Stream<Object> unfitValues() {
        return Stream.of(
                1.5,
                1.5f,
                new BigDecimal("1.5"),
                Map.of("a", "b"),
                Optional.of("a"),
                new int[] {1},
                List.of(List.of("a")));
    }

    @ParameterizedTest
    @MethodSource("unfitValues")
    void valuesThatHaveNoWireFormAreRefused(Object value) {
        assertThatThrownBy(() -> XrpcRequest.query("a.b.c").param("p", value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("parameter p");
    }

    @Test
    void aParameterHasAName() {
        assertThatThrownBy(() -> XrpcRequest.query("a.b.c").param("", "x"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void onlyProceduresHaveBodies() {
        assertThatThrownBy(() -> XrpcRequest.query("a.b.c").json(LexMap.empty()))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> XrpcRequest.query("a.b.c").body(RequestBody.empty()))
                .isInstanceOf(IllegalStateException.class);
        var request = XrpcRequest.procedure("a.b.c").json(LexMap.empty()).build();
        assertThat(request.body().contentType()).isEqualTo("application/json");
        assertThat(request.body().length()).isEqualTo(2);
        assertThat(XrpcRequest.procedure("a.b.c").build().body().length()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Content-Type", "content-length", "HOST", "transfer-encoding", "Connection", "expect", "upgrade"
            })
    void fieldsOfTheTransportAreRefused(String name) {
        assertThatThrownBy(() -> XrpcRequest.query("a.b.c").header(name, "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name);
    }

    @Test
    void aHeaderThatIsSetAgainIsReplaced() {
        var request =
                XrpcRequest.query("a.b.c").header("x-a", "1").header("X-A", "2").build();
        assertThat(request.headers().all("x-a")).containsExactly("2");
    }

    @Test
    void commonFieldsGiveWayToTheCallers() {
        var plain = XrpcRequest.query("a.b.c").build();
        assertThat(plain.headers().size()).isZero();
        assertThat(plain.fields().first("accept")).contains("*/*");
        assertThat(plain.fields().first("user-agent")).contains("atp4j");
        var own = XrpcRequest.query("a.b.c").header("User-Agent", "mine").build();
        assertThat(own.fields().all("user-agent")).containsExactly("mine");
        assertThat(own.fields().first("accept")).contains("*/*");
    }

    @Test
    void aProxyIsAServiceOfADid() {
        var request = XrpcRequest.query("a.b.c")
                .proxy("did:web:api.bsky.chat#bsky_chat")
                .build();
        assertThat(request.headers().first("atproto-proxy")).contains("did:web:api.bsky.chat#bsky_chat");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "did:web:api.bsky.chat",
                "did:web:api.bsky.chat#",
                "#bsky_chat",
                "api.bsky.chat#bsky_chat",
                "did:web:a.b#c d",
                "did:web:a.b#c#d",
                "did:web:a.b#c\r\nx: y"
            })
    void otherProxiesAreRefused(String service) {
        assertThatThrownBy(() -> XrpcRequest.query("a.b.c").proxy(service)).isInstanceOf(SyntaxException.class);
    }

    @Test
    void labelersAreDids() {
        var request = XrpcRequest.query("a.b.c")
                .labelers("did:plc:ar7c4by46qjdydhdevvrndac;redact", "did:web:labels.example")
                .build();
        assertThat(request.headers().first("atproto-accept-labelers"))
                .contains("did:plc:ar7c4by46qjdydhdevvrndac;redact, did:web:labels.example");
        assertThatThrownBy(() -> XrpcRequest.query("a.b.c").labelers("labels.example"))
                .isInstanceOf(SyntaxException.class);
        assertThatThrownBy(() -> XrpcRequest.query("a.b.c").labelers()).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void limitsArePositive() {
        var builder = XrpcRequest.query("a.b.c");
        assertThatThrownBy(() -> builder.timeout(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.timeout(Duration.ofSeconds(-1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.maxResponseBytes(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void parametersAreNotShown() {
        assertThat(XrpcRequest.procedure("a.b.c").param("token", "secret").build())
                .hasToString("procedure a.b.c");
    }
}
