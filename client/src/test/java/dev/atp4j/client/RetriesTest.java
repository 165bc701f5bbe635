// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atp4j.http.Headers;
import dev.atp4j.http.RequestBody;
import dev.atp4j.http.TransportException;
import dev.atp4j.http.TransportException.Kind;
import dev.atp4j.xrpc.XrpcResponseException;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetriesTest {

    private final Script script = new Script();
    private final QuickTime time = new QuickTime();
    private final AtpClient client = script.client().time(time).random(() -> 0L).build();

    private static final String FINE = "{\"moods\":[],\"text\":\"x\"}";

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504, 522, 524})
    void passingTroubleOfAQueryIsTriedAgain(int status) {
        script.error(status, "Trouble").json(FINE);
        assertThat(client.call(ListMoods.QUERY).moods()).isEmpty();
        assertThat(time.pauses()).containsExactly(Duration.ofMillis(500));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 413, 501})
    void otherTroubleIsNot(int status) {
        script.error(status, "Trouble");
        assertThatThrownBy(() -> client.call(ListMoods.QUERY)).isInstanceOf(XrpcResponseException.class);
        assertThat(script.calls()).isEqualTo(1);
    }

    @Test
    void pausesDoubleAndThenTheTroubleIsThrown() {
        script.trouble(Kind.CONNECT).trouble(Kind.BROKEN).trouble(Kind.TIMEOUT).error(503, "Down");
        assertThatThrownBy(() -> client.call(ListMoods.QUERY))
                .isInstanceOfSatisfying(
                        XrpcResponseException.class, e -> assertThat(e.status()).isEqualTo(503));
        assertThat(time.pauses()).containsExactly(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void halfOfAPauseIsLeftToChance() {
        AtpClient lucky = script.client().time(time).random(() -> -1L).build();
        script.error(503, "Down").json(FINE);
        lucky.call(ListMoods.QUERY);
        assertThat(time.pauses().get(0)).isBetween(Duration.ofMillis(250), Duration.ofMillis(251));
    }

    @Test
    void theServersWordOnWhenToComeBackIsKept() {
        script.answer(429, Headers.of("retry-after", "7"), "{\"error\":\"RateLimitExceeded\"}")
                .answer(
                        429,
                        Headers.of("ratelimit-remaining", "0")
                                .plus("ratelimit-reset", "" + (time.now().getEpochSecond() + 19)),
                        "{\"error\":\"RateLimitExceeded\"}")
                .json(FINE);
        client.call(ListMoods.QUERY);
        assertThat(time.pauses()).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(12));
    }

    @Test
    void aServerThatWantsTooLongAPauseIsNotAskedAgain() {
        script.answer(429, Headers.of("retry-after", "31"), "{\"error\":\"RateLimitExceeded\"}");
        assertThatThrownBy(() -> client.call(ListMoods.QUERY)).isInstanceOf(XrpcResponseException.class);
        assertThat(time.pauses()).isEmpty();
    }

    @Test
    void theWholeMustFitIntoTheTimeOfTheCall() {
        script.error(503, "Down").error(503, "Down").json(FINE);
        AtpClient hurried = client.with(o -> o.timeout(Duration.ofMillis(1400)));
        assertThatThrownBy(() -> hurried.call(ListMoods.QUERY)).isInstanceOf(XrpcResponseException.class);
        assertThat(script.request(0).timeout()).isEqualTo(Duration.ofMillis(1400));
        assertThat(script.request(1).timeout()).isEqualTo(Duration.ofMillis(900));
        assertThat(script.calls()).isEqualTo(2);
    }

    @Test
    void aProcedureIsTriedAgainOnlyIfThatIsSaidToBeHarmless() {
        script.error(503, "Down");
        assertThatThrownBy(() -> client.call(Methods.SET_MOOD, Mood.of("x"))).isInstanceOf(XrpcResponseException.class);
        script.trouble(Kind.BROKEN).json(FINE);
        client.with(o -> o.repeatable(true)).call(Methods.SET_MOOD, Mood.of("x"));
        assertThat(script.calls()).isEqualTo(3);
    }

    @Test
    void aBodyThatCanBeReadOnceIsSentOnce() {
        script.error(503, "Down");
        var once = RequestBody.once(new ByteArrayInputStream(new byte[1]), 1, "image/png");
        assertThatThrownBy(() -> client.with(o -> o.repeatable(true)).call(Methods.PAINT, once, p -> {}))
                .isInstanceOf(XrpcResponseException.class);
        assertThat(script.calls()).isEqualTo(1);
    }

    @Test
    void anInterruptIsNotOvercome() {
        script.trouble(Kind.INTERRUPTED);
        assertThatThrownBy(() -> client.call(ListMoods.QUERY)).isInstanceOf(TransportException.class);
        assertThat(time.pauses()).isEmpty();
    }

    @Test
    void aPauseEndsWithAnInterrupt() {
        script.error(503, "Down");
        AtpClient patient = script.client().random(() -> 0L).build();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> patient.call(ListMoods.QUERY))
                .isInstanceOfSatisfying(
                        TransportException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INTERRUPTED));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void retriesCanBeLeftOut() {
        script.error(503, "Down");
        assertThatThrownBy(() -> client.with(o -> o.retries(Retries.none())).call(ListMoods.QUERY))
                .isInstanceOf(XrpcResponseException.class);
        assertThat(time.pauses()).isEmpty();
    }
}
