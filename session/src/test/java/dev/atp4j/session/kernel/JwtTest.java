// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwtTest {

    private static Jwt jwt(String claims) {
        return Jwt.read(token(claims));
    }

    private static Secret token(String claims) {
        return Secret.of("e30."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + ".c2ln");
    }

    @Test
    void theClaimsAreRead() {
        Jwt jwt = jwt(
                "{\"jti\":\"a+b/c\",\"scope\":\"com.atproto.refresh\",\"aud\":\"did:web:pds\",\"sub\":\"did:plc:x\","
                        + "\"iat\":1767225600,\"exp\":1767232800}");
        assertThat(jwt.jti()).isEqualTo("a+b/c");
        assertThat(jwt.scope()).isEqualTo("com.atproto.refresh");
        assertThat(jwt.audience()).isEqualTo("did:web:pds");
        assertThat(jwt.subject()).isEqualTo("did:plc:x");
        assertThat(jwt.issuedAt()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(jwt.lifetime()).isEqualTo(Duration.ofHours(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "opaque", "a.b", "a.b.c", "a.b.c.d", "...", "e30.!!!.x", "e30.W10.x", "e30.bnVsbA.x"})
    void whatIsNoTokenHasNoClaims(String text) {
        Jwt jwt = Jwt.read(Secret.of(text));
        assertThat(jwt.jti()).isNull();
        assertThat(jwt.lifetime()).isNull();
        assertThat(jwt.issuedAt()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"iat\":1767225600}",
                "{\"exp\":1767225600}",
                "{\"iat\":1767225600,\"exp\":1767225600}",
                "{\"iat\":1767225600,\"exp\":1767225599}",
                "{\"iat\":\"1767225600\",\"exp\":\"1767232800\"}",
                "{\"iat\":0,\"exp\":7200}",
                "{\"iat\":-5,\"exp\":7200}",
                "{\"iat\":1767225600,\"exp\":9223372036854775807}",
                "{\"iat\":-9223372036854775808,\"exp\":9223372036854775807}",
                "{\"iat\":1767225600,\"exp\":17672256000}"
            })
    void aLifetimeThatMakesNoSenseIsNone(String claims) {
        assertThat(jwt(claims).lifetime()).isNull();
    }

    @Test
    void noTextBreaksTheReader() {
        long seed = 20260101;
        var random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder("e30.");
            for (int n = random.nextInt(40); n > 0; n--) {
                text.append((char) (random.nextInt(4) == 0 ? '.' : ' ' + random.nextInt(96)));
            }
            Jwt jwt = Jwt.read(Secret.of(text + ".x"));
            assertThat(jwt.lifetime())
                    .as("seed %s, %s", seed, text)
                    .satisfiesAnyOf(
                            lifetime -> assertThat(lifetime).isNull(),
                            lifetime -> assertThat(lifetime).isPositive());
        }
    }

    @Test
    void twoTokensOfOneRowAreTheSameForARefresh() {
        Secret one = token("{\"jti\":\"r\",\"iat\":1767225600}");
        Secret same = token("{\"jti\":\"r\",\"iat\":1767225999}");
        Secret other = token("{\"jti\":\"s\",\"iat\":1767225600}");
        assertThat(Tokens.sameRefresh(one, same)).isTrue();
        assertThat(Tokens.sameRefresh(one, other)).isFalse();
        assertThat(Tokens.sameRefresh(Secret.of("opaque"), Secret.of("opaque"))).isTrue();
        assertThat(Tokens.sameRefresh(Secret.of("opaque"), Secret.of("opaque2")))
                .isFalse();
    }

    @Test
    void aLifetimeUpToACenturyMakesSense() {
        long century = 100L * 365 * 24 * 3600;
        assertThat(jwt("{\"iat\":1,\"exp\":" + century + "}").lifetime()).isEqualTo(Duration.ofSeconds(century - 1));
        assertThat(jwt("{\"iat\":1,\"exp\":" + (century + 1) + "}").lifetime()).isNull();
        assertThat(jwt("{\"iat\":" + (100 * century - 2) + ",\"exp\":" + (100 * century - 1) + "}")
                        .lifetime())
                .isEqualTo(Duration.ofSeconds(1));
        assertThat(jwt("{\"iat\":" + (100 * century - 1) + ",\"exp\":" + 100 * century + "}")
                        .lifetime())
                .isNull();
    }

    @Test
    void aTokenIsWhatAHeaderCanCarry() {
        Secret plain = Secret.of("!~");
        assertThat(Tokens.checked(plain)).isEqualTo(plain);
        for (String odd : new String[] {"", " ", "a b", "a\u007f", "\u00e4"}) {
            assertThat(Tokens.wellFormed(odd)).isFalse();
        }
    }
}
