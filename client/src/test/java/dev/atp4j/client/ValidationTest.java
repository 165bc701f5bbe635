// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atp4j.data.LexMap;
import dev.atp4j.lexicon.InvalidDataException;
import dev.atp4j.lexicon.LexiconDoc;
import dev.atp4j.lexicon.LexiconReader;
import dev.atp4j.lexicon.Lexicons;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ValidationTest {

    private static final Lexicons LEXICONS = Lexicons.of(List.of(lexicon("""
                    {"lexicon":1,"id":"com.acme.mood","defs":{"main":{"type":"record","key":"tid","record":{
                      "type":"object","required":["text"],"properties":{
                        "text":{"type":"string","maxGraphemes":5},"level":{"type":"integer","maximum":9}}}}}}"""), lexicon("""
                    {"lexicon":1,"id":"com.acme.listMoods","defs":{"main":{"type":"query",
                      "parameters":{"type":"params","properties":{"limit":{"type":"integer","maximum":100},
                        "tags":{"type":"array","items":{"type":"string"},"maxLength":2}}},
                      "output":{"encoding":"application/json","schema":{"type":"object","properties":{}}}}}}"""), lexicon("""
                    {"lexicon":1,"id":"com.acme.setMood","defs":{"main":{"type":"procedure",
                      "input":{"encoding":"application/json","schema":{"type":"object","required":["text"],
                        "properties":{"text":{"type":"string","maxLength":5}}}}}}}""")));

    private final World world = new World();
    private final AtpClient client = AtpClient.builder(world.session)
            .lexicons(LEXICONS)
            .options(o -> o.validate(true))
            .build();

    @AfterEach
    void close() {
        world.close();
    }

    private static LexiconDoc lexicon(String json) {
        return LexiconReader.parse(json.getBytes(StandardCharsets.UTF_8), "test");
    }

    private void isStopped(String reason, ThrowingCallable call) {
        world.pds.journal().clear();
        assertThatThrownBy(call).isInstanceOf(InvalidDataException.class).hasMessageContaining(reason);
        assertThat(world.pds.journal().entries()).isEmpty();
    }

    @Test
    void wrongRecordsAreNotSent() {
        String reason = "$.text: expected";
        isStopped(reason, () -> client.create(Mood.TYPE, Mood.of("wonderful")));
        isStopped(reason, () -> client.put(Mood.TYPE, "3jzfcijpj2z2a", Mood.of("wonderful")));
        isStopped(
                reason,
                () -> client.applyWrites(w -> w.delete(Mood.TYPE, "x")
                        .create(Mood.TYPE, Mood.of("fine"))
                        .create(Mood.TYPE, Mood.of("wonderful"))));
        isStopped("[required]", () -> client.create(Mood.TYPE, Mood.builder().buildUnchecked()));
        isStopped("[record-key]", () -> client.put(Mood.TYPE, "today", Mood.of("fine")));
        assertThat(client.create(Mood.TYPE, Mood.of("fine"))).isNotNull();
    }

    @Test
    void wrongParametersAreNotSent() {
        isStopped("$.limit: expected", () -> client.call(ListMoods.QUERY, p -> p.limit(101)));
        isStopped("$.limit: expected", () -> client.get("com.acme.listMoods", Params.of("limit", 101)));
        isStopped("$.limit: expected", () -> client.get("com.acme.listMoods", Params.of("limit", "many")));
        isStopped(
                "$.tags: expected",
                () -> client.get(
                        "com.acme.listMoods",
                        Params.of("tags", "a").and("tags", "b").and("tags", List.of("c"))));
    }

    @Test
    void wrongInputIsNotSent() {
        isStopped("$.text: expected", () -> client.call(Methods.SET_MOOD, Mood.of("wonderful")));
        LexMap input = LexMap.builder().put("text", "wonderful").build();
        isStopped("$.text: expected", () -> client.post("com.acme.setMood", input));
    }

    @Test
    void whatIsRightIsSent() {
        var script = new Script().json("{\"moods\":[]}").json("{\"text\":\"x\"}");
        AtpClient checked = script.client()
                .lexicons(LEXICONS)
                .options(o -> o.validate(true))
                .build();
        checked.call(ListMoods.QUERY, p -> p.limit(5).tags(List.of("a")));
        checked.call(Methods.SET_MOOD, Mood.of("fine"));
        assertThat(script.calls()).isEqualTo(2);
    }

    @Test
    void whatNoLexiconDescribesCannotBeChecked() {
        assertThatThrownBy(() -> client.call(Methods.PING))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("com.acme.ping");
    }

    @Test
    void nothingIsCheckedUnlessThatIsWanted() {
        AtpClient plain = client.with(o -> o.validate(false));
        assertThat(plain.create(Mood.TYPE, Mood.of("wonderful"))).isNotNull();
    }

    @Test
    void lexiconsOnTheClassPathAreFoundByThemselves() {
        AtpClient plain =
                AtpClient.builder(world.session).options(o -> o.validate(true)).build();
        isStopped("$.repo", () -> plain.get("com.atproto.repo.describeRepo", Params.of("repo", "not one")));
        assertThat(plain.get("com.atproto.repo.describeRepo", Params.of("repo", world.alice.did()))
                        .getString("did"))
                .contains(world.alice.did().value());
    }
}
