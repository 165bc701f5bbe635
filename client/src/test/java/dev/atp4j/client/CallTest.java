// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atp4j.data.LexInteger;
import dev.atp4j.data.LexMap;
import dev.atp4j.http.Headers;
import dev.atp4j.http.RequestBody;
import dev.atp4j.lex.Diagnostic;
import dev.atp4j.xrpc.XrpcDecodeException;
import dev.atp4j.xrpc.XrpcResponse;
import dev.atp4j.xrpc.XrpcResponseException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallTest {

    private final Script script = new Script();
    private final AtpClient client = script.client().build();

    private String query() {
        return script.last().uri().toString().replace("https://pds.test/xrpc/", "");
    }

    @Test
    void aQueryIsCalledWithItsParameters() {
        script.json("{\"moods\":[{\"text\":\"fine\"}],\"cursor\":\"c\"}");

        ListMoods.Output page =
                client.call(ListMoods.QUERY, p -> p.limit(50).newest(true).tags(List.of("a", "b c")));

        assertThat(page.moods()).containsExactly(Mood.of("fine"));
        assertThat(script.last().method()).isEqualTo("GET");
        assertThat(query()).isEqualTo("com.acme.listMoods?tags=a&tags=b%20c&limit=50&newest=true");
    }

    @Test
    void parametersMayBeBuiltBefore() {
        script.json("{\"moods\":[]}");
        client.call(ListMoods.QUERY, ListMoods.Params.builder().limit(3).build());
        assertThat(query()).isEqualTo("com.acme.listMoods?limit=3");
    }

    @Test
    void aQueryIsCalledWithoutParameters() {
        script.json("{\"moods\":[]}");
        assertThat(client.call(ListMoods.QUERY).moods()).isEmpty();
        assertThat(query()).isEqualTo("com.acme.listMoods");
    }

    @Test
    void aProcedureIsCalledWithItsInput() {
        script.json("{\"text\":\"better\"}");

        Mood mood = client.call(Methods.SET_MOOD, i -> i.text("good"));

        assertThat(mood.text()).isEqualTo("better");
        assertThat(script.last().method()).isEqualTo("POST");
        assertThat(script.last().body().contentType()).isEqualTo("application/json");
        assertThat(script.lastBody()).contains("\"text\":\"good\"");
    }

    @Test
    void aProcedureThatNeedsInputIsNotCalledWithout() {
        assertThatThrownBy(() -> client.call(Methods.SET_MOOD))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("com.acme.mood needs text");
        assertThat(script.calls()).isZero();
    }

    @Test
    void aProcedureWithoutInputAndOutputIsCalledWithoutABody() {
        script.answer(200, Headers.empty(), "");
        assertThat(client.call(Methods.PING)).isNull();
        assertThat(script.last().body().contentType()).isNull();
        assertThat(script.last().body().length()).isZero();
    }

    @Test
    void whatAProcedureWithoutOutputAnswersDoesNotMatter() {
        script.answer(200, Headers.of("content-type", "text/html"), "<p>done");
        assertThat(client.call(Methods.PING)).isNull();
    }

    @Test
    void bytesAreUploaded() {
        script.json("{\"text\":\"bright\"}");
        Mood mood = client.call(Methods.PAINT, RequestBody.bytes(new byte[] {1, 2}, "image/png"), p -> {});
        assertThat(mood.text()).isEqualTo("bright");
        assertThat(script.last().body().contentType()).isEqualTo("image/png");
    }

    @Test
    void anActionIsCalledLikeAMethod() {
        script.json("{\"text\":\"one\"}").json("{\"text\":\"two\"}");
        assertThat(client.call(CallTest::both, "x")).isEqualTo("one two");
        assertThat(client.call((AtpClient c, Integer n) -> n + 1, 1)).isEqualTo(2);
    }

    private static String both(AtpClient client, String text) {
        return client.call(Methods.SET_MOOD, Mood.of(text)).text() + " "
                + client.call(Methods.SET_MOOD, i -> i.text(text)).text();
    }

    @Test
    void methodsAreCalledByTheirNames() {
        script.json("{\"n\":1}").json("{\"n\":2}").answer(200, Headers.empty(), "");

        assertThat(client.get(
                        "com.acme.getStats", Params.of("since", "2026-01-01").and("n", List.of(1, 2))))
                .isEqualTo(LexMap.builder().put("n", 1).build());
        assertThat(query()).isEqualTo("com.acme.getStats?since=2026-01-01&n=1&n=2");
        assertThat(client.post("com.acme.setStats", LexMap.of(java.util.Map.of("n", new LexInteger(2)))))
                .isEqualTo(LexMap.builder().put("n", 2).build());
        assertThat(script.lastBody()).isEqualTo("{\"n\":2}");
        assertThat(client.post("com.acme.setStats", LexMap.empty())).isEqualTo(LexMap.empty());
    }

    @Test
    void aResultTellsAllThereIsToKnow() {
        script.answer(
                201,
                Headers.of("content-type", "application/json").plus("ratelimit-remaining", "7"),
                "{\"moods\":[{\"text\":7,\"extra\":1}]}");

        XrpcResult<ListMoods.Output> result = client.exchange(ListMoods.QUERY, p -> p.limit(1));

        assertThat(result.status()).isEqualTo(201);
        assertThat(result.headers().first("content-type")).contains("application/json");
        assertThat(result.rateLimit().orElseThrow().remaining()).hasValue(7);
        assertThat(result.diagnostics()).extracting(Diagnostic::path).contains("$.moods[0].text");
        assertThat(result.value().moods()).hasSize(1);
        assertThat(result.tree().getList("moods").orElseThrow().size()).isEqualTo(1);
        assertThat(new String(result.bytes())).startsWith("{\"moods\"");
    }

    @Test
    void jsonByAnotherNameIsReadAndRemarkedUpon() {
        script.answer(200, Headers.of("content-type", "text/plain; charset=utf-8"), "{\"moods\":[]}");
        XrpcResult<ListMoods.Output> result =
                client.exchange(ListMoods.QUERY, ListMoods.Params.builder().build());
        assertThat(result.diagnostics()).containsExactly(new Diagnostic("$", "application/json", "text/plain"));
    }

    @Test
    void whatIsNoJsonFailsAndSaysWhatItIs() {
        script.answer(200, Headers.of("content-type", "text/html"), "<html>").answer(200, Headers.empty(), "");
        assertThatThrownBy(() -> client.call(ListMoods.QUERY))
                .isInstanceOf(XrpcDecodeException.class)
                .hasMessageContaining("com.acme.listMoods")
                .hasMessageContaining("text/html");
        assertThatThrownBy(() -> client.call(ListMoods.QUERY))
                .isInstanceOf(XrpcDecodeException.class)
                .hasMessageContaining("0 bytes");
    }

    @Test
    void whatIsTooDeepFailsAndNamesThePath() {
        script.json("{\"moods\":" + "[".repeat(2000) + "]".repeat(2000) + "}");
        assertThatThrownBy(() -> client.call(ListMoods.QUERY))
                .isInstanceOf(XrpcDecodeException.class)
                .hasMessageContaining("$.moods[0]");
    }

    @Test
    void bytesAreGivenIfTheyAreOfTheRightKind() {
        script.answer(200, Headers.of("content-type", "application/vnd.ipld.car"), "car")
                .answer(200, Headers.of("content-type", "text/html"), "<html>");
        assertThat(client.call(Methods.ARCHIVE)).asString().isEqualTo("car");
        assertThatThrownBy(() -> client.call(Methods.ARCHIVE))
                .isInstanceOf(XrpcDecodeException.class)
                .hasMessage("com.acme.archive: the answer is text/html, where application/vnd.ipld.car should be");
    }

    @Test
    void whatIsTooLargeForMemoryIsStreamed() throws Exception {
        script.answer(200, Headers.of("content-type", "application/vnd.ipld.car"), "car")
                .answer(200, Headers.of("content-type", "text/html"), "<html>");
        try (XrpcResponse response = client.stream(Methods.ARCHIVE, p -> {})) {
            assertThat(response.stream().readAllBytes()).asString().isEqualTo("car");
        }
        assertThatThrownBy(() -> client.stream(Methods.ARCHIVE, p -> {})).isInstanceOf(XrpcDecodeException.class);
    }

    @Test
    void anErrorIsThrownUnlessItIsAskedFor() {
        script.error(400, "MoodNotFound").error(400, "MoodNotFound").json("{\"moods\":[]}");

        assertThatThrownBy(() -> client.call(ListMoods.QUERY))
                .isInstanceOfSatisfying(
                        XrpcResponseException.class,
                        e -> assertThat(e.is("MoodNotFound")).isTrue());
        Attempt<ListMoods.Output> failed = Attempt.of(() -> client.call(ListMoods.QUERY));
        assertThat(failed.is("MoodNotFound")).isTrue();
        assertThat(failed.value()).isEmpty();
        assertThatThrownBy(failed::orThrow).isSameAs(failed.error().orElseThrow());
        Attempt<ListMoods.Output> fine = Attempt.of(() -> client.call(ListMoods.QUERY));
        assertThat(fine.isSuccess()).isTrue();
        assertThat(fine.orThrow().moods()).isEmpty();
    }

    @Test
    void optionsOfOneCallStayWithIt() {
        script.json("{\"moods\":[]}").json("{\"moods\":[]}");
        client.call(
                ListMoods.QUERY,
                ListMoods.Params.builder().build(),
                CallOptions.builder()
                        .timeout(Duration.ofSeconds(3))
                        .header("x-tried", "1")
                        .build());
        client.call(ListMoods.QUERY);
        assertThat(script.request(0).timeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(script.request(0).headers().first("x-tried")).contains("1");
        assertThat(script.request(1).headers().first("x-tried")).isEmpty();
    }
}
