// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexValue;
import dev.atp4j.syntax.Nsid;
import dev.atp4j.syntax.RecordKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValidatorTest {

    private static final Nsid THING = Nsid.parse("com.example.thing");
    private static final Nsid QUERY = Nsid.parse("com.example.getThing");
    private static final Nsid PROCEDURE = Nsid.parse("com.example.doThing");

    private static final String RAW = "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku";
    private static final String DAG = "bafyreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku";

    private static final Lexicons LEXICONS = Lexicons.of(List.of(doc("""
                    {"lexicon": 1, "id": "com.example.thing", "defs": {
                      "main": {"type": "record", "key": "literal:one", "record": {"type": "object",
                        "required": ["count"], "nullable": ["nullable"],
                        "properties": {
                          "count": {"type": "integer"},
                          "flag": {"type": "boolean"}, "yes": {"type": "boolean", "const": true},
                          "text": {"type": "string"}, "nullable": {"type": "string"},
                          "short": {"type": "string", "minLength": 3, "maxLength": 6},
                          "seen": {"type": "string", "minGraphemes": 2, "maxGraphemes": 3},
                          "color": {"type": "string", "enum": ["red", "green"]},
                          "known": {"type": "string", "knownValues": ["red", "green"]},
                          "fixed": {"type": "string", "const": "fixed"},
                          "forty": {"type": "integer", "const": 40},
                          "small": {"type": "integer", "enum": [1, 2, 3]},
                          "range": {"type": "integer", "minimum": 10, "maximum": 20},
                          "data": {"type": "bytes", "minLength": 2, "maxLength": 4},
                          "link": {"type": "cid-link"},
                          "blob": {"type": "blob"},
                          "image": {"type": "blob", "accept": ["image/*", "video/mp4"], "maxSize": 100},
                          "list": {"type": "array", "minLength": 1, "maxLength": 2, "items": {"type": "integer"}},
                          "any": {"type": "unknown"},
                          "inner": {"type": "ref", "ref": "#inner"},
                          "token": {"type": "ref", "ref": "#token"},
                          "named": {"type": "ref", "ref": "#named"},
                          "lost": {"type": "ref", "ref": "com.example.nowhere#x"},
                          "open": {"type": "union", "refs": ["#inner", "#tree", "com.example.nowhere#x"]},
                          "closed": {"type": "union", "refs": ["#inner"], "closed": true},
                          "own": {"type": "union", "refs": ["com.example.thing"], "closed": true},
                          "tree": {"type": "ref", "ref": "#tree"},
                          "record": {"type": "ref", "ref": "com.example.thing"},
                          "did": {"type": "string", "format": "did"},
                          "time": {"type": "string", "format": "datetime"},
                          "uri": {"type": "string", "format": "at-uri"},
                          "lang": {"type": "string", "format": "language"},
                          "odd": {"type": "string", "format": "colour"}}}},
                      "inner": {"type": "object", "required": ["a"], "properties": {"a": {"type": "integer"}}},
                      "tree": {"type": "object", "properties": {
                        "left": {"type": "ref", "ref": "#tree"},
                        "more": {"type": "array", "items": {"type": "ref", "ref": "#tree"}},
                        "name": {"type": "string"}}},
                      "named": {"type": "string", "maxLength": 3},
                      "round": {"type": "ref", "ref": "#about"}, "about": {"type": "ref", "ref": "#round"},
                      "token": {"type": "token"}}}
                    """), doc("""
                    {"lexicon": 1, "id": "com.example.getThing", "defs": {"main": {"type": "query",
                      "parameters": {"type": "params", "required": ["actor"], "properties": {
                        "actor": {"type": "string", "format": "at-identifier"},
                        "limit": {"type": "integer", "minimum": 1, "maximum": 100},
                        "tags": {"type": "array", "items": {"type": "string"}, "maxLength": 2}}},
                      "output": {"encoding": "application/json", "schema":
                        {"type": "object", "required": ["thing"], "properties": {
                          "thing": {"type": "ref", "ref": "com.example.thing#inner"}}}}}}}
                    """), doc("""
                    {"lexicon": 1, "id": "com.example.doThing", "defs": {"main": {"type": "procedure",
                      "input": {"encoding": "application/json", "schema":
                        {"type": "ref", "ref": "com.example.thing#inner"}},
                      "output": {"encoding": "*/*"}}}}
                    """)));

    private final Validator strict = Validator.strict(LEXICONS);
    private final Validator lenient = Validator.lenient(LEXICONS);

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            "flag": 1 => $.flag => kind
            "yes": false => $.yes => const
            "text": 1 => $.text => kind
            "text": null => $.text => null
            "short": "ab" => $.short => min-length
            "short": "éééé" => $.short => max-length
            "seen": "🇩🇪" => $.seen => min-graphemes
            "seen": "abcd" => $.seen => max-graphemes
            "color": "blue" => $.color => enum
            "color": 1 => $.color => enum
            "fixed": "other" => $.fixed => const
            "forty": 41 => $.forty => const
            "small": 4 => $.small => enum
            "range": 9 => $.range => minimum
            "range": 21 => $.range => maximum
            "data": "AAA" => $.data => kind
            "data": {"$bytes": "AA"} => $.data => min-length
            "data": {"$bytes": "AAAAAAAA"} => $.data => max-length
            "link": "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku" => $.link => kind
            "blob": "text" => $.blob => kind
            "blob": {"$type": "image"} => $.blob => type
            "blob": {"a": 1} => $.blob => blob
            "list": 1 => $.list => kind
            "list": [] => $.list => min-length
            "list": [1, 2, 3] => $.list => max-length
            "list": [1, "2"] => $.list[1] => kind
            "any": [] => $.any => kind
            "any": {"$bytes": "AA"} => $.any => kind
            "inner": 1 => $.inner => kind
            "inner": {} => $.inner.a => required
            "inner": {"a": "1"} => $.inner.a => kind
            "inner": {"a": 1, "$type": "com.example.other"} => $.inner => type
            "token": "com.example.thing#other" => $.token => const
            "named": "long" => $.named => max-length
            "open": {"a": 1} => $.open => type
            "open": {"$type": 1} => $.open => type
            "open": 1 => $.open => kind
            "open": {"$type": "com.example.thing#inner"} => $.open.a => required
            "closed": {"$type": "com.example.thing#tree"} => $.closed => union
            "record": {"count": 1} => $.record => type
            "tree": {"left": {"more": [{"name": "a"}, {"name": 1}]}} => $.tree.left.more[1].name => kind
            "did": "did:" => $.did => format
            "time": "yesterday" => $.time => format
            "uri": "https://example.com" => $.uri => format
            "lang": "not a tag" => $.lang => format
            """)
    void namesPathAndRuleOfWhatIsWrongInBothWays(String field, String path, String rule) {
        for (Validator validator : List.of(strict, lenient)) {
            assertThat(validator.record(THING, thing(field)))
                    .singleElement()
                    .extracting(Violation::path, Violation::rule)
                    .containsExactly(path, rule);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            "count": 9007199254740992 => $.count => integer-size
            "blob": {"cid": "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku", "mimeType": "a/b"} => $.blob => blob
            "image": {"$type": "blob", "ref": {"$link": "bafyreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku"}, "mimeType": "image/png", "size": 1} => $.image => blob
            "image": {"$type": "blob", "ref": {"$link": "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku"}, "mimeType": "text/plain", "size": 1} => $.image => accept
            "image": {"$type": "blob", "ref": {"$link": "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku"}, "mimeType": "image/png", "size": 101} => $.image => max-size
            "image": {"$type": "blob", "ref": {"$link": "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku"}, "mimeType": "image/png", "size": -1} => $.image => blob
            "any": {"$type": "blob", "ref": {"$link": "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku"}, "mimeType": "a/b", "size": 1} => $.any => kind
            "lost": 1 => $.lost => definition
            "open": {"$type": "com.example.nowhere#x"} => $.open => definition
            "own": {"$type": "com.example.thing#main", "count": 1} => $.own => union
            "record": {"$type": "com.example.thing#main", "count": 1} => $.record => type
            "time": "2026-11-21T08:30:00" => $.time => format
            "time": "2026-11-21T08:30Z" => $.time => format
            "uri": "at://did:plc:ewvi7nxzyoun6zhxrhs64oiz/com.example.thing/" => $.uri => format
            "uri": "at://did:plc:ewvi7nxzyoun6zhxrhs64oiz/com.example.thing/x?y=z" => $.uri => format
            "lang": "EN" => $.lang => format
            "lang": "jaja" => $.lang => format
            """)
    void aLenientValidatorTakesWhatOldDataHolds(String field, String path, String rule) {
        String text = field.startsWith("\"count\"") ? field : "\"count\": 1, " + field;
        LexValue value = lenientTree("{\"$type\": \"com.example.thing\", " + text + "}");

        assertThat(strict.record(THING, value))
                .singleElement()
                .extracting(Violation::path, Violation::rule)
                .containsExactly(path, rule);
        assertThat(lenient.record(THING, value)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"unheard\": [1, {}, null]",
                "\"nullable\": null",
                "\"yes\": true",
                "\"short\": \"ééé\"",
                "\"seen\": \"👩‍👩‍👦‍👦🇩🇪\"",
                "\"known\": \"blue\"",
                "\"fixed\": \"fixed\"",
                "\"small\": 3",
                "\"data\": {\"$bytes\": \"AAA=\"}",
                "\"link\": {\"$link\": \"" + DAG + "\"}",
                "\"image\": {\"$type\": \"blob\", \"ref\": {\"$link\": \"" + RAW
                        + "\"}, \"mimeType\": \"video/mp4\", \"size\": 100}",
                "\"any\": {\"$type\": \"com.example.new\", \"x\": [null]}",
                "\"inner\": {\"$type\": \"com.example.thing#inner\", \"a\": 1}",
                "\"token\": \"com.example.thing#token\"",
                "\"open\": {\"$type\": \"com.example.new#kind\", \"a\": true}",
                "\"closed\": {\"$type\": \"com.example.thing#inner\", \"a\": 1}",
                "\"record\": {\"$type\": \"com.example.thing\", \"count\": 1}",
                "\"odd\": \"anything\"",
            })
    void lexiconsAreOpenWhereTheyDoNotSayOtherwise(String field) {
        assertThat(strict.record(THING, thing(field))).isEmpty();
    }

    @Test
    void recordsSayWhatTheyAre() {
        assertThat(strict.record(THING, lenientTree("{\"count\": 1}")))
                .hasToString(
                        "[$: expected an object with \"$type\": \"com.example.thing\", got one without $type [type]]");
        assertThat(strict.record(THING, lenientTree("{\"count\": 1, \"$type\": \"com.example.other\"}")))
                .extracting(Violation::rule)
                .containsExactly("type");
        assertThat(strict.record(THING, lenientTree("[]")))
                .extracting(Violation::rule)
                .containsExactly("kind");
    }

    @Test
    void keysOfRecordsHaveTheFormThatTheLexiconAsksFor() {
        assertThat(strict.recordKey(THING, RecordKey.parse("one"))).isEmpty();
        assertThat(strict.recordKey(THING, RecordKey.parse("two")))
                .hasToString("[$: expected a key of the form literal:one, got another key [record-key]]");
    }

    @Test
    void listsEverythingOrTheFirst() {
        LexMap value = thing("\"flag\": 1, \"list\": [\"a\", \"b\"], \"text\": null");

        assertThat(strict.record(THING, value))
                .extracting(Violation::path)
                .containsExactly("$.flag", "$.text", "$.list[0]", "$.list[1]");
        assertThat(strict.firstOnly().record(THING, value))
                .extracting(Violation::path)
                .containsExactly("$.flag");
    }

    @Test
    void checksParametersInputsAndOutputs() {
        assertThat(strict.params(
                        QUERY,
                        LexMap.builder()
                                .put("actor", "alice.test")
                                .put("new", "x")
                                .build()))
                .isEmpty();
        assertThat(strict.params(QUERY, LexMap.builder().put("limit", 0).build()))
                .extracting(Violation::path, Violation::rule)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("$.actor", "required"),
                        org.assertj.core.groups.Tuple.tuple("$.limit", "minimum"));
        assertThat(strict.params(PROCEDURE, LexMap.empty())).isEmpty();
        assertThat(strict.output(QUERY, lenientTree("{\"thing\": {}}")))
                .extracting(Violation::path)
                .containsExactly("$.thing.a");
        assertThat(strict.output(QUERY, null)).extracting(Violation::rule).containsExactly("required");
        assertThat(strict.input(PROCEDURE, lenientTree("{\"a\": 1}"))).isEmpty();
        assertThat(strict.input(PROCEDURE, lenientTree("{}")))
                .extracting(Violation::path)
                .containsExactly("$.a");
        assertThat(strict.output(PROCEDURE, lenientTree("{}"))).isEmpty();
        assertThat(strict.def(new DefRef(THING, "named"), lenientTree("\"abcd\"")))
                .hasToString("[$: expected a string of at most 3 bytes in UTF-8, got 4 bytes [max-length]]");
    }

    @Test
    void refusesNamesThatAreSomethingElse() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> strict.record(QUERY, LexMap.empty()))
                .withMessage("com.example.getThing is no record");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> strict.input(QUERY, null))
                .withMessage("com.example.getThing is no procedure");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> strict.params(THING, LexMap.empty()))
                .withMessage("com.example.thing is no method");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> strict.record(Nsid.parse("com.example.nowhere"), LexMap.empty()))
                .withMessage("no record com.example.nowhere is in the lexicons given");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> strict.def(DefRef.main(QUERY), LexMap.empty()))
                .withMessage("com.example.getThing is no definition of data");
    }

    @Test
    void neverQuotesData() {
        String secret = "eyJhbGciOi";
        LexMap value = thing("\"did\": \"" + secret + "\", \"color\": \"" + secret + "\", \"flag\": \"" + secret
                + "\", \"short\": \"" + secret + "\", \"open\": {\"$type\": 1}, \"closed\": {\"$type\": \"" + secret
                + "\"}, \"list\": [\"" + secret + "\"], \"any\": \"" + secret + "\", \"blob\": {\"$type\": \"" + secret
                + "\"}, \"inner\": {\"a\": 1, \"$type\": \"" + secret + "\"}");

        List<Violation> violations = strict.record(THING, value);

        assertThat(violations).hasSize(10);
        assertThat(new InvalidDataException("the thing", violations))
                .hasMessageStartingWith("the thing is not as its lexicon wants it:\n$.flag: ")
                .message()
                .doesNotContain(secret);
    }

    @Test
    void survivesValuesAsDeepAsTheyCome() {
        LexMap deep = LexMap.empty();
        for (int i = 0; i < 100_000; i++) {
            deep = LexMap.builder().put("left", deep).build();
        }

        assertThat(strict.def(new DefRef(THING, "tree"), deep))
                .singleElement()
                .extracting(Violation::rule)
                .isEqualTo("depth");
    }

    @Test
    void survivesDefinitionsThatLeadInACircle() {
        assertThat(strict.def(new DefRef(THING, "round"), LexMap.empty()))
                .extracting(Violation::rule)
                .containsExactly("definition");
    }

    private static LexiconDoc doc(String json) {
        return LexiconReader.parseLenient(json.getBytes(StandardCharsets.UTF_8), "test")
                .doc();
    }

    private static LexMap thing(String field) {
        return (LexMap) lenientTree("{\"$type\": \"com.example.thing\", \"count\": 1, " + field + "}");
    }

    private static LexValue lenientTree(String json) {
        return LexJson.parseLenient(json.getBytes(StandardCharsets.UTF_8));
    }
}
