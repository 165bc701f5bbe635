// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;

import dev.atp4j.data.DataException.Kind;
import dev.atp4j.syntax.Cid;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LexJsonTest {

    private static final String CID = "bafyreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku";

    @Test
    void readsEveryKindOfValueInOrder() {
        String json = """
                {"null": null, "yes": true, "no": false, "int": -7, "text": "a\\u00e9\\n\\ud83d\\ude00", "list": [1, [], {}],
                 "link": {"$link": "CID"}, "bytes": {"$bytes": "AQI"}}
                """.replace("CID", CID);

        assertThat(strict(json).fields())
                .containsExactly(
                        entry("null", LexNull.NULL),
                        entry("yes", LexBoolean.TRUE),
                        entry("no", LexBoolean.FALSE),
                        entry("int", new LexInteger(-7)),
                        entry("text", new LexString("aé\n😀")),
                        entry("list", LexList.of(new LexInteger(1), LexList.of(), LexMap.empty())),
                        entry("link", new LexLink(Cid.parse(CID))),
                        entry("bytes", LexBytes.of(new byte[] {1, 2})));
        assertThat(lenient(json))
                .isEqualTo(strict(json))
                .hasToString(strict(json).toString());
    }

    @Test
    void writesWithoutWhiteSpaceAndWithoutNeedlessEscapes() {
        LexMap map = LexMap.builder()
                .put("text", "\"\\/\n\u0001é😀")
                .put("link", new LexLink(Cid.parse(CID)))
                .put("bytes", LexBytes.of(new byte[] {(byte) 0xFB, 2}))
                .put("list", LexList.of(LexNull.NULL, LexBoolean.TRUE, new LexInteger(Long.MIN_VALUE), LexMap.empty()))
                .build();

        assertThat(new String(LexJson.write(map), UTF_8))
                .isEqualTo("{\"text\":\"\\\"\\\\/\\n\\u0001é😀\",\"link\":{\"$link\":\"" + CID
                        + "\"},\"bytes\":{\"$bytes\":\"+wI\"},\"list\":[null,true,-9223372036854775808,{}]}")
                .isEqualTo(map.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "\"a\"", "null", "[]", "{\"$bytes\":\"\"}"})
    void readsDocumentsThatAreNoObjectUnlessOneIsAskedFor(String json) {
        assertThat(LexJson.parse(json)).hasToString(json).isEqualTo(LexJson.parseLenient(json.getBytes(UTF_8)));
        assertThat(refused(json))
                .hasMessage("$: the document is not an object")
                .returns(Kind.MODEL, DataException::kind);
        assertThatThrownBy(() -> lenient(json)).hasMessage("$: the document is not an object");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|$: the document is empty",
                "` `|$: the document is empty",
                "{\"a\":|$: not JSON, the document ends early",
                "{\"a\":{\"b\":[1,{\"c\":\"d|$.a.b[1]: not JSON, the document ends early",
                "{\"a\":1} x|$: not JSON, line 1, column 9",
                "{} {}|$: more follows after the end of the document",
                "{\"a\":tru}|$: not JSON, line 1, column 6",
                "{\"a\":01}|$: not JSON, line 1, column 7",
                "{\"a\":.5}|$: not JSON, line 1, column 6",
                "{\"a\":+1}|$: not JSON, line 1, column 7",
                "{\"a\":NaN}|$: not JSON, line 1, column 9",
                "{'a':1}|$: not JSON, line 1, column 2",
                "{\"a\":1,}|$: not JSON, line 1, column 8",
                "[1,]|$: not JSON, line 1, column 4",
                "[1}|$: not JSON, line 1, column 3",
                "<html>|$: not JSON, line 1, column 1",
                "{\"a\":\"\t\"}|$: not JSON, line 1, column 7",
                "{\"a\":1,\"\\uD800\":2}|$: not JSON, line 1, column 15",
            })
    void refusesWhatIsNotJsonAndSaysWhere(String json, String message) {
        assertThatThrownBy(() -> LexJson.parse(json))
                .hasMessage(message)
                .isInstanceOfSatisfying(
                        DataException.class, e -> assertThat(e.kind()).isEqualTo(Kind.JSON));
        assertThatThrownBy(() -> LexJson.parseLenient(json.getBytes(UTF_8))).hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "-0.0, 0",
        "0e999999999999999999999, 0",
        "123.0, 123",
        "123.000000000000000000000000000000, 123",
        "1.5e1, 15",
        "1E3, 1000",
        "1200e-2, 12",
        "9223372036854775807, 9223372036854775807",
        "-9223372036854775808, -9223372036854775808",
        "9223372036854775807.0, 9223372036854775807",
        "922337203685477580.7e1, 9223372036854775807",
        "999999999999999999, 999999999999999999",
        "1000000000000000000, 1000000000000000000",
    })
    void readsEverySpellingOfAnInteger(String json, long value) {
        assertThat(LexJson.parse(json)).isEqualTo(new LexInteger(value));
        assertThat(LexJson.parseLenient(json.getBytes(UTF_8))).isEqualTo(new LexInteger(value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "123.4",
                "9223372036854775808",
                "-9223372036854775809",
                "1e19",
                "1e-1",
                "1e999999999",
                "1e-999999999",
                "1e99999999999999999999999999999",
                "99999999999999999999999999999999999999999999"
            })
    void refusesOtherNumbersOrKeepsTheirDigits(String json) {
        assertThat(refused("{\"a\":[" + json + "]}"))
                .hasMessage("$.a[0]: the number is no integer of 64 bits")
                .returns(Kind.MODEL, DataException::kind)
                .returns("$.a[0]", DataException::path);
        assertThat(lenient("{\"a\":" + json + ",\"accessJwt\":\"x\"}"))
                .isEqualTo(LexMap.builder().put("a", json).put("accessJwt", "x").build());
    }

    @Test
    void readsNumbersOfAnyLengthLeniently() {
        String digits = "1".repeat(5_000);

        assertThat(lenient("{\"a\":" + digits + "}").getString("a")).contains(digits);
        assertThat(refused("{\"a\":0." + digits + "}")).hasMessage("$.a: the number is no integer of 64 bits");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"$link\":\"junk\"}|the $link is no CID",
                "{\"$link\":7}|the $link is no CID",
                "{\"$link\":{\"$link\":\"CID\"}}|the $link is no CID",
                "{\"$link\":\"CID\",\"x\":1}|$link and $bytes stand alone in their object",
                "{\"x\":1,\"$link\":\"CID\"}|$link and $bytes stand alone in their object",
                "{\"$bytes\":\"AQI\",\"x\":1}|$link and $bytes stand alone in their object",
                "{\"$bytes\":[1,2]}|the $bytes are no base64",
                "{\"$bytes\":\"A\"}|the $bytes are no base64",
                "{\"$bytes\":\"AQ=\"}|the $bytes are no base64",
                "{\"$bytes\":\"A Q=\"}|the $bytes are no base64",
                "{\"$bytes\":\"-_\"}|the $bytes are no base64",
                "{\"$type\":null}|the $type is no name",
                "{\"$type\":7}|the $type is no name",
                "{\"$type\":\"\"}|the $type is no name",
                "{\"$type\":\"blob\"}|BLOB",
                "{\"$type\":\"blob\",\"ref\":\"CID\",\"mimeType\":\"a/b\",\"size\":1}|BLOB",
                "{\"$type\":\"blob\",\"ref\":{\"$link\":\"CID\"},\"mimeType\":\"\",\"size\":1}|BLOB",
                "{\"$type\":\"blob\",\"ref\":{\"$link\":\"CID\"},\"mimeType\":7,\"size\":1}|BLOB",
                "{\"$type\":\"blob\",\"ref\":{\"$link\":\"CID\"},\"mimeType\":\"a/b\",\"size\":\"1\"}|BLOB",
                "{\"$type\":\"blob\",\"ref\":{\"$link\":\"CID\"},\"mimeType\":\"a/b\",\"size\":-1}|BLOB",
                "{\"$type\":\"blob\",\"ref\":{\"$link\":\"CID\"},\"mimeType\":\"a/b\",\"size\":1,\"x\":1}|BLOB",
                "\"\\uD800\"|the string has half a surrogate pair",
                "\"\\uDE00\\uD83D\"|the string has half a surrogate pair",
            })
    void refusesWhatBreaksTheModelOrKeepsItAsItIs(String value, String rule) {
        String json = "{\"a\":{\"b\":[" + value.replace("CID", CID) + "]}}";
        String message = rule.replace(
                "BLOB", "a blob has a ref that is a link, a mimeType, a size of zero or more, and no more");

        assertThat(refused(json)).hasMessage("$.a.b[0]: " + message).returns(Kind.MODEL, DataException::kind);
        assertThat(lenient(json)).hasToString(json);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\uD83D\"", "\"\\\uD83D\"", "\"\\\\\uDE00\"", "{\"\\\uD83D\":1}"})
    void halfASurrogatePairIsRefusedWhateverStandsBeforeIt(String json) {
        assertThat(catchThrowableOfType(DataException.class, () -> LexJson.parse(json)))
                .isNotNull();
    }

    @Test
    void refusesADoubledNameOrTakesTheLast() {
        String json = "{\"x\":{\"a\":1,\"b\":2,\"a\":3}}";

        assertThat(refused(json)).hasMessage("$.x.a: the object has this name twice");
        assertThat(lenient(json)).hasToString("{\"x\":{\"a\":3,\"b\":2}}");
    }

    @Test
    void refusesAnEmptyNameOrKeepsIt() {
        assertThat(refused("{\"\":1}")).hasMessage("$.: the name is empty");
        assertThat(lenient("{\"\":1}")).hasToString("{\"\":1}");
    }

    @Test
    void oneOddFieldDoesNotHideTheOthers() {
        String json = """
                {"ratio": 1.5, "avatar": {"$link": "junk"}, "icon": {"$bytes": 7}, "t": {"$type": 3},
                 "b": {"$type": "blob"}, "half": "\\ud800", "": 1, "a": 1, "a": 2, "both": {"$link": "CID", "x": 1},
                 "accessJwt": "one", "refreshJwt": "two"}
                """;

        LexMap map = lenient(json);

        assertThat(map.getString("accessJwt")).contains("one");
        assertThat(map.getString("refreshJwt")).contains("two");
        assertThat(map.getString("half")).contains("\ud800");
        assertThat(map.getMap("avatar").flatMap(link -> link.getString("$link")))
                .contains("junk");
        assertThat(lenient(map.toString())).isEqualTo(map);
    }

    @Test
    void repairsBytesThatAreNotUtf8OnlyWhenLenient() {
        byte[] json = "{\"name\":\"?\",\"token\":\"é\"}".getBytes(UTF_8);
        json[9] = (byte) 0xFF;

        assertThatThrownBy(() -> LexJson.parse(json)).hasMessage("$: the document is not UTF-8");
        assertThat(LexJson.parseMapLenient(json))
                .isEqualTo(
                        LexMap.builder().put("name", "\uFFFD").put("token", "é").build());
    }

    @Test
    void skipsAByteOrderMark() {
        assertThat(strict("\uFEFF{\"a\":1}"))
                .isEqualTo(lenient("\uFEFF{\"a\":1}"))
                .hasToString("{\"a\":1}");
        assertThat(LexJson.parse("\uFEFF1")).hasToString("1");
    }

    @Test
    void readsPaddedBase64() {
        assertThat(LexJson.parse("{\"$bytes\":\"AQI=\"}")).hasToString("{\"$bytes\":\"AQI\"}");
    }

    @Test
    void nests32ContainersAtMostOr1000WhenLenient() {
        assertThat(LexJson.parse(nested(32, "7"))).hasToString(nested(32, "7"));
        assertThat(LexJson.parse(nested(32, "{\"$bytes\":\"AQI\"}"))).isNotNull();
        for (String tooDeep :
                new String[] {nested(33, "7"), nested(32, "{}"), nested(900, "7"), nested(100_000, "7")}) {
            assertThatThrownBy(() -> LexJson.parse(tooDeep))
                    .isInstanceOfSatisfying(
                            DataException.class, e -> assertThat(e.kind()).isEqualTo(Kind.LIMIT))
                    .hasMessageEndingWith(": containers are nested deeper than 32 levels")
                    .hasMessageStartingWith("$[0].a[0].a");
        }

        assertThat(LexJson.parseLenient(nested(1000, "7").getBytes(UTF_8))).hasToString(nested(1000, "7"));
        assertThat(LexJson.parseLenient(nested(1000, "{\"$bytes\":\"AQI\"}").getBytes(UTF_8)))
                .hasToString(nested(1000, "{\"$bytes\":\"AQI\"}"));
        assertThatThrownBy(() -> LexJson.parseLenient(nested(1001, "7").getBytes(UTF_8)))
                .hasMessage(
                        "$[0].a[0].a[0].a[0].a[…][0].a[0].a[0].a[0].a: containers are nested deeper than 1000 levels");
        assertThatThrownBy(() -> LexJson.parseLenient("[".repeat(1_000_000).getBytes(UTF_8)))
                .hasMessageEndingWith("containers are nested deeper than 1000 levels");
    }

    @Test
    void writes1000LevelsAtMost() {
        LexValue value = LexBytes.of(new byte[0]);
        for (int i = 0; i < 1000; i++) {
            value = LexList.of(value);
        }
        LexValue deepest = value;
        LexValue tooDeep = LexList.of(value);

        assertThat(LexJson.write(deepest)).hasSize(2000 + "{\"$bytes\":\"\"}".length());
        assertThatThrownBy(() -> LexJson.write(tooDeep))
                .isInstanceOf(DataException.class)
                .hasMessageEndingWith("containers are nested deeper than 1000 levels");
    }

    @Test
    void deepTreesNeedLittleStack() throws InterruptedException {
        byte[] json = nested(1000, "7").getBytes(UTF_8);
        var failure = new AtomicReference<Throwable>();
        var small = new Thread(
                null,
                () -> {
                    LexValue one = LexJson.parseLenient(json);
                    LexValue two = LexJson.parseLenient(json);
                    assertThat(one.equals(two)).isTrue();
                    assertThat(one.hashCode()).isEqualTo(two.hashCode());
                    assertThat(one.toString()).hasSize(json.length);
                },
                "small stack",
                512 * 1024);
        small.setUncaughtExceptionHandler((thread, e) -> failure.set(e));
        small.start();
        small.join();

        assertThat(failure.get()).isNull();
    }

    @Test
    void limitsTheSizeOfWhatIsReadStrictly() {
        String document = "\"" + "a".repeat(2 * 1024 * 1024 - 2) + "\"";
        assertThat(LexJson.parse(document.getBytes(UTF_8))).isNotNull();
        assertThatThrownBy(() -> LexJson.parse((document + " ").getBytes(UTF_8)))
                .hasMessage("$: the document is larger than 2097152 bytes");
        assertThatThrownBy(() -> LexJson.parse(document + " "))
                .hasMessage("$: the document is larger than 2097152 bytes");
        assertThatThrownBy(() -> LexJson.parse("\"" + "é".repeat(1024 * 1024) + "\""))
                .hasMessage("$: the document is larger than 2097152 bytes");
        assertThat(LexJson.parseLenient((document + " ").getBytes(UTF_8))).isNotNull();

        String name = "é".repeat(4096);
        assertThat(strict("{\"" + name + "\":1}").fields()).containsKey(name);
        assertThat(refused("{\"x\":{\"" + name + "a\":1}}"))
                .hasMessage("$.x." + "é".repeat(40) + "…: the name is longer than 8192 bytes")
                .returns(Kind.LIMIT, DataException::kind);
        assertThat(lenient("{\"" + name + "a\":1}").fields()).containsKey(name + "a");

        String items = "0,".repeat(131_071);
        String fields =
                IntStream.range(0, 131_072).mapToObj(i -> "\"" + i + "\":0").collect(Collectors.joining(","));
        assertThat(LexJson.parse("[" + items + "0]")).isInstanceOf(LexList.class);
        assertThat(LexJson.parse("{" + fields + "}")).isInstanceOf(LexMap.class);
        assertThat(refused("{\"x\":[" + items + "0,0]}"))
                .hasMessage("$.x[131072]: the container has more than 131072 entries")
                .returns(Kind.LIMIT, DataException::kind);
        assertThat(refused("{" + fields + ",\"more\":0}"))
                .hasMessage("$.more: the container has more than 131072 entries");
        assertThat(LexJson.parseLenient(("[" + items + "0,0]").getBytes(UTF_8))).isInstanceOf(LexList.class);
    }

    @Test
    void namesThePlaceInAForm() {
        assertThat(refused("{\"a b\":{\"c\\nd\":[0,{\"e\":0.5}]}}").path()).isEqualTo("$.a b.c\uFFFDd[1].e");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"t\":hunter2}",
                "{\"t\":\"hunter2",
                "{\"t\":\"hunter2\"",
                "{\"t\":\"hunter2\\x\"}",
                "{\"t\":\"hunter2\" \"u\":1}",
                "{\"t\":\"hunter2\",\"t\":\"hunter2\"}",
                "{\"t\":1,\"hunter2\"]",
                "{\"$link\":\"hunter2\"}",
                "{\"$bytes\":\"hunter2!\"}",
                "{\"$type\":\"blob\",\"hunter2\":\"hunter2\"}"
            })
    void quotesNoValue(String json) {
        var text = new StringWriter();
        refused(json).printStackTrace(new PrintWriter(text));

        assertThat(text.toString()).doesNotContain("hunter2");
    }

    private static String nested(int levels, String inside) {
        var json = new StringBuilder();
        for (int i = 0; i < levels; i++) {
            json.append(i % 2 == 0 ? "[" : "{\"a\":");
        }
        json.append(inside);
        for (int i = levels - 1; i >= 0; i--) {
            json.append(i % 2 == 0 ? "]" : "}");
        }
        return json.toString();
    }

    private static LexMap strict(String json) {
        return LexJson.parseMap(json.getBytes(UTF_8));
    }

    private static LexMap lenient(String json) {
        return LexJson.parseMapLenient(json.getBytes(UTF_8));
    }

    private static DataException refused(String json) {
        return catchThrowableOfType(DataException.class, () -> strict(json));
    }
}
