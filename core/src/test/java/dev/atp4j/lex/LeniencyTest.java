// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lex;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atp4j.data.DataException;
import dev.atp4j.data.LexInteger;
import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexValue;
import dev.atp4j.lex.Samples.Letter;
import dev.atp4j.lex.Samples.Page;
import dev.atp4j.lex.Samples.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each document is read as bytes and as a tree, and has to become the same. */
class LeniencyTest {

    private static final String CID = "bafkreiccldh766hwcnuxnf2wh6jgzepf2nlu2lvcllt63eww5p6chi4ity";

    private final List<String> odd = new ArrayList<>();

    @Test
    void readsEveryKindOfProperty() {
        Letter letter = letter("""
                {"$type": "test.sample.letter", "any": {"x": [1, {}]}, "data": {"$bytes": "AQI"}, "open": true, "size": -7,
                 "file": {"$type": "blob", "ref": {"$link": "CID"}, "mimeType": "a/b", "size": 1}, "link": {"$link": "CID"},
                 "swap": "s", "tags": ["a", "é😀\\n"], "text": "t", "part": {"$type": "test.sample.stamp", "price": 1},
                 "parts": [{"$type": "test.sample.letter#page", "text": "p"}], "sizes": [1, 2], "stamp": {"price": 3},
                 "value": [null], "anything": [{}, {"a": 1}], "enclosure": {"$type": "test.sample.letter", "text": "u"}}
                """);

        assertThat(odd).isEmpty();
        assertThat(letter.extra()).isEqualTo(LexMap.empty());
        assertThat(letter.any()).hasToString("{\"x\":[1,{}]}");
        assertThat(letter.data()).isNotNull().hasToString("{\"$bytes\":\"AQI\"}");
        assertThat(letter.file()).isNotNull();
        assertThat(letter.link()).hasToString(CID);
        assertThat(letter.open()).isTrue();
        assertThat(letter.size()).isEqualTo(-7);
        assertThat(letter.swap()).isEqualTo("s");
        assertThat(letter.tags()).containsExactly("a", "é😀\n");
        assertThat(letter.text()).isEqualTo("t");
        assertThat(letter.part())
                .isInstanceOfSatisfying(
                        Stamp.class, stamp -> assertThat(stamp.price()).isEqualTo(1));
        assertThat(letter.parts()).singleElement().isInstanceOf(Page.class);
        assertThat(letter.sizes()).containsExactly(1L, 2L);
        assertThat(letter.stamp()).isNotNull().returns(3L, Stamp::price);
        assertThat(letter.value()).hasToString("[null]");
        assertThat(letter.anything()).hasSize(2);
        assertThat(letter.enclosure()).isNotNull().returns("u", Letter::text);
    }

    @Test
    void writesWithTypeFirstThenInOrderThenWhatIsUnknown() {
        Letter letter = letter("""
                {"zzz": 1, "text": "t", "stamp": {"price": 1, "$type": "test.sample.stamp"}, "open": false, "bbb": 2,
                 "$type": "test.sample.letter", "part": {"price": 2, "$type": "test.sample.stamp"}}""");

        assertThat(new String(letter.toJson(), UTF_8))
                .isEqualTo("{\"$type\":\"test.sample.letter\",\"open\":false,\"text\":\"t\","
                        + "\"part\":{\"$type\":\"test.sample.stamp\",\"price\":2},"
                        + "\"stamp\":{\"$type\":\"test.sample.stamp\",\"price\":1},\"zzz\":1,\"bbb\":2}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"$type\":\"test.sample.stamp\",\"price\":1,\"pictureOfSomebody\":\"x\"}",
                "{\"price\":1,\"$type\":\"test.sample.stamp\",\"pictureOfSomebody\":\"x\"}",
                "{\"price\":1,\"pictureOfSomebody\":\"x\",\"$type\":\"test.sample.stamp\"}",
                "{ \"price\" : 1 , \"pictureOfSomebody\" : \"x\" , \"$type\" : \"test.sample.stamp\" }",
                "{\"pictureOfSomebody\":\"x\",\"\\u0024type\":\"test.sample.stamp\",\"price\":1}",
                "{\"pictureOfSomebody\":\"x\",\"$type\":\"test.sample.st\\u0061mp#main\",\"price\":1}",
            })
    void findsTypeWhereverItStands(String part) {
        Letter letter = letter("{\"text\":\"t\",\"part\":" + part + ",\"parts\":[" + part + "," + part + "]}");

        assertThat(odd).isEmpty();
        assertThat(letter.part())
                .isInstanceOf(Stamp.class)
                .isEqualTo(letter.parts().get(1));
        assertThat(letter.part())
                .hasToString("{\"price\":1,\"pictureOfSomebody\":\"x\"}")
                .satisfies(stamp -> assertThat(((LexObject) stamp).extra()).isEqualTo(LexMap.empty()));
    }

    @Test
    void isNotMisledByTypesThatAreNotTheObjectsOwn() {
        Letter letter = letter("""
                {"text": "t", "part": {"a": "$type", "b": {"$type": "test.sample.stamp"}, "c\\"$type": "test.sample.stamp",
                 "d": ["$type", "test.sample.stamp"], "e": "\\\\", "$type": "test.sample.letter#page", "text": "p"}}""");

        assertThat(letter.part()).isInstanceOf(Page.class);
    }

    @Test
    void keepsVariantsThatItDoesNotKnow() {
        Letter letter = letter("""
                {"text": "t", "part": {"x": 1.5, "$type": "test.sample.new", "y": ["\\ud83d\\ude00", null]},
                 "parts": [{"price": 1}, {"$type": 7}, {"$type": ""}, {"$type": "test.sample.letter#page", "text": "p"}]}
                """);

        assertThat(letter.part()).isInstanceOfSatisfying(LexAny.class, any -> {
            assertThat(any.type()).contains("test.sample.new");
            assertThat(any.raw().getString("x")).contains("1.5");
            assertThat(any.as(Stamp.TYPE)).isEmpty();
        });
        assertThat(letter.parts()).hasSize(4);
        assertThat(odd)
                .containsExactly(
                        "$.parts[0]: object without, where object with $type should be",
                        "$.parts[1]: object without, where object with $type should be",
                        "$.parts[2]: object without, where object with $type should be");
    }

    @Test
    void readsAnObjectOfOpenTypeWhenItIsAsked() {
        Letter letter = letter("""
                {"text": "t", "any": { "price": 1, "$type": "test.sample.stamp", "more": {"$bytes": "AQI="} },
                 "anything": [{"text": "u", "$type": "test.sample.letter"}, {"price": 1}]}""");

        LexAny any = letter.any();
        assertThat(any).isNotNull();
        assertThat(any.as(Letter.TYPE)).isEmpty();
        assertThat(any.as(Stamp.TYPE)).hasValueSatisfying(stamp -> {
            assertThat(stamp.price()).isEqualTo(1);
            assertThat(stamp.extra().fields()).containsOnlyKeys("$type", "more");
        });
        assertThat(any.as(Stamp.TYPE)).isEqualTo(any.as(Stamp.TYPE));
        assertThat(letter.anything().get(0).as(Letter.TYPE))
                .hasValueSatisfying(inner -> assertThat(inner.extra()).isEqualTo(LexMap.empty()));
        assertThat(letter.anything().get(1).type()).isEmpty();
    }

    @Test
    void keepsFieldsThatItDoesNotKnow() {
        Letter letter =
                letter("{\"text\":\"t\",\"new\":{\"a\":[1.5,{\"$link\":\"" + CID + "\"}]},\"\":null,\"n\\u0065w2\":1}");

        assertThat(letter.extra().fields()).containsOnlyKeys("new", "", "new2");
        assertThat(odd).isEmpty();
    }

    @Test
    void takesNullForAbsentUnlessItMeansSomething() {
        Letter letter = letter("{\"text\":null,\"size\":null,\"tags\":null,\"part\":null,\"any\":null,\"swap\":null}");

        assertThat(letter.extra()).isEqualTo(LexMap.empty());
        assertThat(letter.hasSwap()).isTrue();
        assertThat(letter.swap()).isNull();
        assertThat(letter.tags()).isEmpty();
        assertThat(new String(letter.toJson(), UTF_8)).isEqualTo("{\"$type\":\"test.sample.letter\",\"swap\":null}");
        assertThat(odd)
                .containsExactlyInAnyOrder(
                        "$.text: null, where string should be",
                        "$.size: null, where integer should be",
                        "$.tags: null, where string should be",
                        "$.part: null, where union should be",
                        "$.any: null, where unknown should be");
        assertThatThrownBy(letter::text)
                .isInstanceOf(MissingFieldException.class)
                .hasMessageContaining("text");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "any|7|unknown|integer",
                "any|{\"$link\":\"CID\"}|unknown|link",
                "any|{\"\\u0024bytes\":\"AQI\"}|unknown|bytes",
                "data|\"AQI\"|bytes|string",
                "data|{\"$bytes\":\"!\"}|bytes|map",
                "file|{\"$type\":\"blob\"}|blob|map",
                "link|\"CID\"|link|string",
                "open|\"true\"|boolean|string",
                "open|0|boolean|integer",
                "size|\"7\"|integer|string",
                "size|123.4|integer|string",
                "size|9223372036854775808|integer|string",
                "size|true|integer|boolean",
                "text|7|string|integer",
                "text|{}|string|map",
                "text|[]|string|list",
                "tags|\"a\"|list|string",
                "tags|{\"a\":1}|list|map",
                "stamp|[1]|object|list",
                "stamp|{\"$link\":\"CID\"}|object|link",
                "part|\"test.sample.stamp\"|union|string",
                "part|{\"$bytes\":\"\"}|union|bytes",
            })
    void keepsWhatDoesNotFit(String name, String value, String expected, String got) {
        String json = "{\"%s\":%s,\"enclosure\":{\"text\":\"u\"}}".formatted(name, value.replace("CID", CID));

        Letter letter = letter(json);

        assertThat(letter.extra().fields()).containsOnlyKeys(name);
        assertThat(letter.enclosure()).isNotNull().returns("u", Letter::text);
        assertThat(odd).contains("$." + name + ": " + got + ", where " + expected + " should be");
    }

    @ParameterizedTest
    @CsvSource({"123.0, 123", "1e2, 100", "-0, 0", "9223372036854775807, 9223372036854775807", "12e-1000, "})
    void readsEverySpellingOfAnInteger(String number, Long value) {
        assertThat(letter("{\"text\":\"t\",\"size\":" + number + "}").size()).isEqualTo(value);
    }

    @Test
    void readsANumberThatIsNoIntegerAsTheTextOfItsDigits() {
        assertThat(letter("{\"text\":123.4}").text()).isEqualTo("123.4");
    }

    @Test
    void keepsTheReadableItemsOfAListAndTheWholeListBesides() {
        Letter letter = letter("""
                {"text": "t", "tags": ["a", 7, null, "b"], "sizes": [1.5, 2], "anything": [{}, []],
                 "parts": [{"$type": "test.sample.stamp", "price": 1, "x": 2}, null,
                           {"$type": "test.sample.stamp", "price": "dear"}]}""");

        assertThat(letter.tags()).containsExactly("a", "b");
        assertThat(letter.sizes()).containsExactly(2L);
        assertThat(letter.anything()).hasSize(1);
        assertThat(letter.parts()).hasSize(2);
        assertThat(letter.extra().fields()).containsOnlyKeys("tags", "sizes", "anything", "parts");
        assertThat(odd)
                .containsExactly(
                        "$.tags[1]: integer, where string should be",
                        "$.tags[2]: null, where string should be",
                        "$.sizes[0]: string, where integer should be",
                        "$.anything[1]: list, where unknown should be",
                        "$.parts[1]: null, where union should be",
                        "$.parts[2].price: string, where integer should be");
    }

    @Test
    void listsThatDoNotFitWithinEachOtherAreKeptOnce() {
        String json = "1";
        for (int level = 0; level < 300; level++) {
            json = "{\"$type\":\"test.sample.letter#page\",\"text\":\"p\",\"notes\":[" + json + ",7]}";
        }
        Letter letter = letter("{\"text\":\"t\",\"part\":" + json + "}");

        int levels = 0;
        LexValue kept = null;
        for (Object part = letter.part(); part instanceof Page page; levels++) {
            LexValue notes = page.extra().get("notes");
            // What an outer list keeps holds what an inner one keeps; it is no copy of it.
            assertThat(kept == null || kept.toString().contains(notes.toString()))
                    .isTrue();
            kept = notes;
            part = page.notes().isEmpty() ? null : page.notes().get(0);
        }
        assertThat(levels).isEqualTo(300);
    }

    @Test
    void namesWhatIsMissing() {
        letter("{\"stamp\":{},\"parts\":[{\"$type\":\"test.sample.letter#page\"}]}");

        assertThat(odd)
                .containsExactly(
                        "$.stamp.price: nothing, where integer should be",
                        "$.parts[0].text: nothing, where string should be",
                        "$.text: nothing, where string should be");
    }

    @Test
    void ofTwoFieldsWithOneNameTheLastCounts() {
        assertThat(same("{\"size\":1,\"text\":\"a\",\"text\":\"b\",\"size\":\"x\"}")
                        .size())
                .isNull();
        assertThat(same("{\"size\":\"x\",\"text\":\"t\",\"size\":1}").extra()).isEqualTo(LexMap.empty());
        assertThat(same("{\"size\":1,\"text\":\"t\",\"size\":null,\"new\":1,\"new\":2}")
                        .toMap()
                        .fields())
                .containsOnlyKeys("$type", "text", "new")
                .containsEntry("new", new LexInteger(2));
    }

    @Test
    void keepsATypeThatIsNotNeeded() {
        Letter letter = letter("{\"text\":\"t\",\"stamp\":{\"price\":1,\"$type\":\"test.sample.stamp\"},\"enclosure\":{"
                + "\"text\":\"u\",\"$type\":\"test.other\"}}");

        assertThat(letter.stamp()).isNotNull();
        assertThat(letter.stamp().extra().getString("$type")).contains("test.sample.stamp");
        assertThat(letter.enclosure()).isNotNull();
        assertThat(letter.enclosure().extra().getString("$type")).contains("test.other");
    }

    @Test
    void readsTheLegacyFormOfABlob() {
        Letter letter = letter("{\"text\":\"t\",\"file\":{\"cid\":\"" + CID + "\",\"mimeType\":\"image/png\"}}");

        assertThat(letter.file()).isNotNull();
        assertThat(letter.file().legacy()).isTrue();
        assertThat(letter.toMap().getMap("file")).contains(letter.file().raw());
    }

    @Test
    void repairsBytesThatAreNotUtf8() {
        byte[] json = "{\"text\":\"?\",\"any\":{\"a\":\"?\"},\"new\":\"?\"}".getBytes(UTF_8);
        for (int i = 0; i < json.length; i++) {
            json[i] = json[i] == '?' ? (byte) 0xFF : json[i];
        }
        Letter letter = Letter.TYPE.fromJson(json);

        assertThat(letter.text()).isEqualTo("\uFFFD");
        assertThat(LexJson.parseMap(letter.toJson()))
                .isEqualTo(Letter.TYPE.fromMap(LexJson.parseMapLenient(json)).toMap());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|$: the document is empty",
                "[]|$: the document is not an object",
                "{\"$bytes\":\"AQI\"}|$: the document is not an object",
                "{\"text\":\"hunter2|$: not JSON, the document ends early",
                "{\"text\":\"hunter2\"} x|$: not JSON, line 1, column 20",
                "{\"text\":\"hunter2\"}{}|$: more follows after the end of the document",
                "{\"parts\":[{\"text\":hunter2}]}|$.parts[0]: not JSON, line 1, column 19",
                "{\"any\":{\"a\":{\"b\":[1,hunter2]}}}|$.any.a.b: not JSON, line 1, column 21",
                "{\"any\":{\"a\":01}}|$.any: not JSON, line 1, column 14",
                "{\"new\":{\"hunter2\"}}|$.new: not JSON, line 1, column 18",
                "{\"part\":{\"$type\":\"test.sample.stamp\",\"price\":1]}|$.part: not JSON, line 1, column 47",
            })
    void refusesWhatIsNoDocumentAndQuotesNothing(String json, String message) {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> Letter.TYPE.fromJson(json.getBytes(UTF_8)))
                .withMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"any", "new", "value", "enclosure"})
    void nests1000ContainersAtMost(String name) {
        String open = "{\"" + name + "\":";
        String deepest = open.repeat(999) + "{}" + "}".repeat(999);
        String tooDeep = open.repeat(1000) + "{}" + "}".repeat(1000);

        assertThat(Letter.TYPE.fromJson(deepest.getBytes(UTF_8)).toJson()).isNotEmpty();
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> Letter.TYPE.fromJson(tooDeep.getBytes(UTF_8)))
                .withMessageEndingWith("containers are nested deeper than 1000 levels")
                .matches(e -> e.kind() == DataException.Kind.LIMIT);
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> Letter.TYPE.fromJson(open.repeat(1_000_000).getBytes(UTF_8)))
                .withMessageEndingWith("containers are nested deeper than 1000 levels");
    }

    @Test
    void deepObjectsNeedNoMoreStackThanAnyThreadHas() throws InterruptedException {
        String json = "{\"text\":\"a\",\"enclosure\":".repeat(999) + "{}" + "}".repeat(999);
        String union = "{\"text\":\"a\",\"part\":" + "{\"next\":".repeat(998) + "{}"
                + ",\"$type\":\"test.sample.letter#page\"}".repeat(998) + "}";
        var failure = new AtomicReference<Throwable>();
        List<byte[]> written = new ArrayList<>();
        var usual = new Thread(
                null,
                () -> {
                    for (String document : List.of(json, union)) {
                        Letter letter = Letter.TYPE.fromJson(document.getBytes(UTF_8));
                        written.add(letter.toJson());
                        written.add(LexJson.write(
                                Letter.TYPE.fromMap(letter.toMap()).toMap()));
                    }
                },
                "usual stack",
                1024 * 1024);
        usual.setUncaughtExceptionHandler((thread, e) -> failure.set(e));
        usual.start();
        usual.join();

        assertThat(failure.get()).isNull();
        assertThat(written.get(0)).isEqualTo(written.get(1)).hasSizeGreaterThan(json.length());
        assertThat(written.get(2)).isEqualTo(written.get(3)).hasSizeGreaterThan(union.length());
    }

    @Test
    void readsObjectsThatSayLastWhatTheyAreThroughAllLevels() {
        String json = "{\"text\":\"a\",\"part\":" + "{\"next\":".repeat(900) + "{\"x\":\"" + "y".repeat(1000) + "\"}"
                + ",\"$type\":\"test.sample.letter#page\"}".repeat(900) + "}";

        Letter letter = same(json);

        int levels = 0;
        for (Object part = letter.part(); part instanceof Page page; part = page.next()) {
            levels++;
        }
        assertThat(levels).isEqualTo(900);
    }

    @Test
    void showsNoSecrets() {
        Letter letter =
                letter("{\"text\":\"t\",\"key\":\"hunter2\",\"enclosure\":{\"text\":\"u\",\"key\":\"hunter2\"}}");

        assertThat(letter.toString()).doesNotContain("hunter2").contains("\"key\":\"***\"");
        assertThat(new String(letter.toJson(), UTF_8)).contains("hunter2");
    }

    private Letter letter(String text) {
        byte[] json = text.replace("CID", CID).getBytes(UTF_8);
        List<String> inTree = new ArrayList<>();
        Letter letter = same(text);
        Letter.TYPE.fromJson(json, diagnostic -> odd.add(diagnostic.toString()));
        Letter.TYPE.fromMap(LexJson.parseMapLenient(json), diagnostic -> inTree.add(diagnostic.toString()));
        assertThat(odd).isEqualTo(inTree);
        return letter;
    }

    private static Letter same(String text) {
        byte[] json = text.replace("CID", CID).getBytes(UTF_8);
        Letter letter = Letter.TYPE.fromJson(json, diagnostic -> {});

        assertThat(letter).isEqualTo(Letter.TYPE.fromMap(LexJson.parseMapLenient(json)));
        assertThat(letter).isEqualTo(Letter.TYPE.fromJson(json)).hasSameHashCodeAs(Letter.TYPE.fromJson(json));
        assertThat(LexJson.parseMapLenient(letter.toJson())).isEqualTo(letter.toMap());
        assertThat(Letter.TYPE.fromJson(letter.toJson())).isEqualTo(letter);
        return letter;
    }
}
