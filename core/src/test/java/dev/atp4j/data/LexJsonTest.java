// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atp4j.data.DataException.Kind;
import dev.atp4j.syntax.Cid;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LexJsonTest {

    private static final String CID = "bafyreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku";

    @Test
    void readsEveryKindOfValue() {
        LexMap map = strict("""
                {"null": null, "yes": true, "no": false, "int": -7, "text": "a\\u00e9\\n", "list": [1, [], {}],
                 "link": {"$link": "%s"}, "bytes": {"$bytes": "AQI"}}
                """.formatted(CID));

        assertThat(map.fields())
                .containsExactly(
                        java.util.Map.entry("null", LexNull.NULL),
                        java.util.Map.entry("yes", LexBoolean.TRUE),
                        java.util.Map.entry("no", LexBoolean.FALSE),
                        java.util.Map.entry("int", new LexInteger(-7)),
                        java.util.Map.entry("text", new LexString("aé\n")),
                        java.util.Map.entry(
                                "list",
                                new LexList(List.of(new LexInteger(1), new LexList(List.of()), LexMap.empty()))),
                        java.util.Map.entry("link", new LexLink(Cid.parse(CID))),
                        java.util.Map.entry("bytes", LexBytes.of(new byte[] {1, 2})));
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
    })
    void readsEverySpellingOfAnInteger(String json, long value) {
        assertThat(LexJson.parse(json)).isEqualTo(new LexInteger(value));
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
    void oneOddFieldDoesNotHideTheOthers() {
        String json = """
                {"ratio": 1.5, "avatar": {"$link": "junk"}, "icon": {"$bytes": 7}, "t": {"$type": 3},
                 "b": {"$type": "blob"}, "half": "\\ud800", "": 1, "a": 1, "a": 2, "both": {"$link": "%s", "x": 1},
                 "accessJwt": "one", "refreshJwt": "two"}
                """.formatted(CID);

        LexMap map = lenient(json);

        assertThat(map.getString("accessJwt")).contains("one");
        assertThat(map.getString("refreshJwt")).contains("two");
        assertThat(map.getLong("a")).contains(2L);
        assertThat(map.getLong("")).contains(1L);
        assertThat(map.getString("half")).contains("\ud800");
        assertThat(map.getMap("avatar").flatMap(link -> link.getString("$link")))
                .contains("junk");
        assertThat(lenient(LexJson.toString(map))).isEqualTo(map);
    }

    @Test
    void repairsBytesThatAreNotUtf8OnlyWhenLenient() {
        byte[] json = "{\"name\":\"?\",\"token\":\"é\"}".getBytes(UTF_8);
        json[9] = (byte) 0xFF;

        assertThatThrownBy(() -> LexJson.parse(json)).hasMessage("$: the document is not UTF-8");
        assertThat(LexJson.parseMapLenient(json).getString("name")).contains("\uFFFD");
        assertThat(LexJson.parseMapLenient(json).getString("token")).contains("é");
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
