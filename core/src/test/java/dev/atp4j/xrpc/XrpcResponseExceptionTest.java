// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.xrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atp4j.http.Headers;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class XrpcResponseExceptionTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    // Rate limits and waiting

    @Test
    void rateLimitsAreRead() {
        var e = answer(
                429,
                Headers.of("RateLimit-Limit", "30")
                        .plus("RateLimit-Remaining", "0")
                        .plus("RateLimit-Reset", "1795262460")
                        .plus("RateLimit-Policy", "30;w=300"));
        assertThat(e.rateLimit())
                .contains(new RateLimit(
                        OptionalLong.of(30), OptionalLong.of(0), Instant.ofEpochSecond(1_795_262_460), "30;w=300"));
        assertThat(e.retryAfter(Instant.ofEpochSecond(1_795_262_400))).contains(Duration.ofSeconds(60));
    }

    @ParameterizedTest
    @ValueSource(strings = {"many", "-1", "", "1.5", "99999999999999999999", "0x1f", "١٢"})
    void garbageInRateLimitsIsPassedOver(String garbage) {
        var e = answer(
                429,
                Headers.of("ratelimit-limit", "30")
                        .plus(Headers.received("ratelimit-remaining", garbage, "ratelimit-reset", garbage)));
        assertThat(e.rateLimit()).contains(new RateLimit(OptionalLong.of(30), OptionalLong.empty(), null, null));
        assertThat(e.retryAfter(NOW)).isEmpty();
    }

    @Test
    void aResetThatIsNoMomentOfTheseTimesIsPassedOver() {
        assertThat(answer(429, Headers.of("ratelimit-reset", "60"))
                        .rateLimit()
                        .orElseThrow()
                        .reset())
                .isNull();
    }

    @Test
    void withoutRateLimitsThereAreNone() {
        assertThat(answer(400, Headers.empty()).rateLimit()).isEmpty();
        assertThat(answer(400, Headers.empty()).retryAfter(NOW)).isEmpty();
    }

    @Test
    void secondsToWaitCount() {
        assertThat(answer(429, Headers.of("retry-after", " 60 ")).retryAfter(NOW))
                .contains(Duration.ofSeconds(60));
        assertThat(answer(503, Headers.of("retry-after", "0")).retryAfter(NOW)).contains(Duration.ZERO);
    }

    @Test
    void aDateToWaitForCountsFromTheAnswersOwnDate() {
        var headers = Headers.of("date", "Wed, 21 Oct 2015 07:28:00 GMT")
                .plus("retry-after", "Wed, 21 Oct 2015 07:30:00 GMT");
        assertThat(answer(503, headers).retryAfter(NOW)).contains(Duration.ofMinutes(2));
    }

    @Test
    void aDateToWaitForCountsFromNowWithoutOne() {
        var headers = Headers.of("retry-after", "Sat, 21 Nov 2026 12:00:30 GMT");
        assertThat(answer(503, headers).retryAfter(NOW)).contains(Duration.ofSeconds(30));
        assertThat(answer(503, headers.plus("date", "yesterday")).retryAfter(NOW))
                .contains(Duration.ofSeconds(30));
    }

    @Test
    void aMomentInThePastIsNoWait() {
        assertThat(answer(503, Headers.of("retry-after", "Wed, 21 Oct 2015 07:28:00 GMT"))
                        .retryAfter(NOW))
                .contains(Duration.ZERO);
    }

    @Test
    void theResetCountsByTheServersClock() {
        var headers = Headers.of("date", "Sat, 21 Nov 2026 10:00:00 GMT")
                .plus(
                        "ratelimit-reset",
                        "" + Instant.parse("2026-11-21T10:05:00Z").getEpochSecond());
        assertThat(answer(429, headers).retryAfter(NOW)).contains(Duration.ofMinutes(5));
    }

    @Test
    void theResetOfALimitWithRoomLeftIsNoReasonToWait() {
        var headers = Headers.of("ratelimit-remaining", "5")
                .plus("ratelimit-reset", "" + NOW.plusSeconds(50).getEpochSecond());
        assertThat(answer(500, headers).retryAfter(NOW)).isEmpty();
        assertThat(answer(500, headers.with("ratelimit-remaining", "0")).retryAfter(NOW))
                .contains(Duration.ofSeconds(50));
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-5", "1e3", "", "99999999999"})
    void garbageIsNoReasonToWait(String garbage) {
        assertThat(answer(429, Headers.received("retry-after", garbage)).retryAfter(NOW))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "400,false",
        "401,false",
        "403,false",
        "404,false",
        "302,false",
        "408,true",
        "425,true",
        "429,true",
        "500,true",
        "502,true",
        "503,true",
        "504,true"
    })
    void passingTroubleIsWorthAnotherTry(int status, boolean retryable) {
        assertThat(answer(status, Headers.empty()).retryable()).isEqualTo(retryable);
    }

    // Scope

    @Test
    void aCallThatAnAppPasswordMayNotMakeSaysWhatToDo() {
        var e = answer("com.atproto.server.createAppPassword", 400, "InvalidToken", "Bad token scope");
        assertThat(e)
                .isInstanceOf(InsufficientScopeException.class)
                .hasMessageContainingAll("createAppPassword", "Bad token scope", "app password", "account's own");
        assertThat(e.is("InvalidToken")).isTrue();
        assertThat(e.retryable()).isFalse();
    }

    @Test
    void aMethodThatAPlainAppPasswordMayNotCallSaysWhatToDo() {
        assertThat(answer("chat.bsky.convo.listConvos", 400, "InvalidToken", "Bad token method"))
                .isInstanceOf(InsufficientScopeException.class)
                .hasMessageContainingAll("Bad token method", "direct messages");
    }

    @ParameterizedTest
    @CsvSource({
        "com.atproto.server.refreshSession, 400, InvalidToken, Bad token scope",
        "com.atproto.server.getSession, 400, InvalidToken, Bad token scope",
        "com.atproto.server.deleteSession, 400, InvalidToken, Bad token scope",
        "com.atproto.repo.createRecord, 400, InvalidToken, Token could not be verified",
        "com.atproto.server.confirmEmail, 400, InvalidToken, Token is invalid",
        "com.atproto.repo.createRecord, 400, ExpiredToken, Bad token scope",
        "com.atproto.repo.createRecord, 401, InvalidToken, Bad token scope",
    })
    void otherTroubleWithTokensIsNotAMatterOfRights(String nsid, int status, String name, String message) {
        assertThat(answer(nsid, status, name, message)).isExactlyInstanceOf(XrpcResponseException.class);
    }

    private static XrpcResponseException answer(int status, Headers headers) {
        return call("a.b.c", new FakeTransport(status, headers, "{\"error\":\"X\"}"));
    }

    private static XrpcResponseException answer(String nsid, int status, String name, String message) {
        return call(nsid, new FakeTransport(status, "{\"error\":\"" + name + "\",\"message\":\"" + message + "\"}"));
    }

    private static XrpcResponseException call(String nsid, FakeTransport transport) {
        var client = new XrpcClient(transport, URI.create("https://pds.example.com"));
        return catchThrowableOfType(
                XrpcResponseException.class,
                () -> client.send(XrpcRequest.query(nsid).build()));
    }
}
