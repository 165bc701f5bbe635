// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import dev.atp4j.syntax.Nsid;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextValuesTest {

    private static final Nsid METHOD = Nsid.parse("com.example.doThing");

    private final TextValues texts =
            new TextValues(Lexicons.of(List.of(LexiconReader.parse("""
            {"lexicon": 1, "id": "com.example.doThing", "defs": {
              "main": {"type": "procedure",
                "parameters": {"type": "params", "properties": {
                  "actor": {"type": "string"}, "limit": {"type": "integer"}, "deep": {"type": "boolean"},
                  "tags": {"type": "array", "items": {"type": "string"}}}},
                "input": {"encoding": "application/json", "schema": {"type": "ref", "ref": "#input"}}},
              "input": {"type": "object", "properties": {
                "name": {"type": "ref", "ref": "#name"}, "link": {"type": "cid-link"},
                "sizes": {"type": "array", "items": {"type": "integer"}},
                "any": {"type": "unknown"}, "lost": {"type": "ref", "ref": "com.example.nowhere"}}},
              "name": {"type": "string"}}}
            """.getBytes(StandardCharsets.UTF_8), "test"))));

    @Test
    void readsTextsAsTheLexiconSaysOfTheirNames() {
        assertThat(texts.params(METHOD, pairs("actor=12", "limit=12", "deep=true", "tags=a", "tags=b=c")))
                .isEqualTo(new TextValues.Reading(
                        tree("{\"actor\": \"12\", \"limit\": 12, \"deep\": true, \"tags\": [\"a\", \"b=c\"]}"),
                        List.of()));
        String cid = "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku";
        assertThat(texts.input(METHOD, pairs("name=", "link=" + cid, "sizes=-1", "any={\"a\":[1]}", "lost=[null]")))
                .isEqualTo(new TextValues.Reading(
                        tree("{\"name\": \"\", \"link\": {\"$link\": \"" + cid
                                + "\"}, \"sizes\": [-1], \"any\": {\"a\": [1]}, \"lost\": [null]}"),
                        List.of()));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", textBlock = """
            limt=1 => $.limt: expected one of actor, limit, deep, tags, got another name [name]
            limit=many => $.limit: expected an integer, got another text [kind]
            limit=99999999999999999999 => $.limit: expected an integer, got another text [kind]
            deep=yes => $.deep: expected true or false, got another text [kind]
            """)
    void tellsWhatIsWrongWithAParameter(String pair, String violation) {
        TextValues.Reading reading = texts.params(METHOD, pairs(pair, "actor=a"));

        assertThat(reading.violations()).extracting(Violation::toString).containsExactly(violation);
        assertThat(reading.value()).isEqualTo(tree("{\"actor\": \"a\"}"));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", textBlock = """
            any={ => $.any: expected JSON, got another text [kind]
            link=x => $.link: expected a CID, got another text [kind]
            """)
    void tellsWhatIsWrongWithAnInput(String pair, String violation) {
        assertThat(texts.input(METHOD, pairs(pair)).violations())
                .extracting(Violation::toString)
                .containsExactly(violation);
    }

    @Test
    void oneValueIsNoList() {
        assertThat(texts.params(METHOD, pairs("limit=1", "limit=2")).violations())
                .hasToString("[$.limit: expected one value, got several [repeated]]");
    }

    private static List<Map.Entry<String, String>> pairs(String... texts) {
        return Stream.of(texts)
                .map(text -> Map.entry(text.split("=", 2)[0], text.split("=", 2)[1]))
                .toList();
    }

    private static LexMap tree(String json) {
        return LexJson.parseMap(json.getBytes(StandardCharsets.UTF_8));
    }
}
