// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.atp4j.data.DataException.Kind;
import dev.atp4j.syntax.Cid;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The known answers are those of the reference implementation. */
class DagCborTest {

    private static final String LINK = "bafyreidykglsfhoixmivffc5uwhcgshx4j465xwqntbmu43nb2dzqwfvae";
    private static final String BLOB = "bafkreiccldh766hwcnuxnf2wh6jgzepf2nlu2lvcllt63eww5p6chi4ity";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|a0",
                "[]|80",
                "null|f6",
                "true|f5",
                "false|f4",
                "0|00",
                "23|17",
                "24|1818",
                "255|18ff",
                "256|190100",
                "65535|19ffff",
                "65536|1a00010000",
                "4294967295|1affffffff",
                "4294967296|1b0000000100000000",
                "9007199254740991|1b001fffffffffffff",
                "9223372036854775807|1b7fffffffffffffff",
                "-1|20",
                "-24|37",
                "-25|3818",
                "-256|38ff",
                "-257|390100",
                "-9007199254740991|3b001ffffffffffffe",
                "-9223372036854775808|3b7fffffffffffffff",
                "\"é😀?\"|67c3a9f09f98803f",
                "{\"$bytes\":\"AQID\"}|43010203",
                "[1,[2]]|82018102",
                "{\"$link\":\"" + LINK + "\"}"
                        + "|d82a58250001711220785197229dc8bb1152945da58e2348f7e279eeded06cc2ca736d0e879858b501",
                "{\"b\":1,\"a\":2,\"é\":4,\"aa\":3}|a46161026162016261610362c3a904",
            })
    void eachValueHasOneForm(String json, String hex) {
        LexValue value = LexJson.parse(json);
        byte[] cbor = HexFormat.of().parseHex(hex);

        assertThat(DagCbor.write(value)).isEqualTo(cbor);
        assertThat(DagCbor.read(cbor)).isEqualTo(value);
    }

    @Test
    void aRecordHasTheIdentifierThatServersGiveIt() {
        String post = "{\"text\":\"Hello\",\"$type\":\"app.bsky.feed.post\",\"langs\":[\"en\"],"
                + "\"createdAt\":\"2026-11-22T06:00:00.000Z\",\"reply\":{\"root\":"
                + "{\"uri\":\"at://did:plc:abc/app.bsky.feed.post/3k\",\"cid\":\"" + LINK + "\"}}}";

        assertThat(DagCbor.cid(LexJson.parse(post)))
                .hasToString("bafyreihx5dogfbzi6pkfjpiaw5eew4ve43nprvutogzbx5qvoghsz54fmu");
    }

    /** From the protocol's interoperability tests. */
    @Test
    void linksBytesAndBlobsAreWrittenAsEverywhere() {
        String json = """
                {"a": {"$link": "bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a"},
                 "b": {"$bytes": "nFERjvLLiw9qm45JrqH9QTzyC2Lu1Xb4ne6+sBrCzI0"},
                 "c": {"$type": "blob", "mimeType": "image/jpeg", "size": 10000,
                       "ref": {"$link": "bafkreiccldh766hwcnuxnf2wh6jgzepf2nlu2lvcllt63eww5p6chi4ity"}}}
                """;
        assertThat(Base64.getEncoder().withoutPadding().encodeToString(DagCbor.write(LexJson.parse(json))))
                .isEqualTo("o2Fh2CpYJQABcRIgZQYqWloA/BbXPGlEI3zLwVscSnI0SJM2iR0JF0GiOdBhYlggnFERjvLLiw9qm45JrqH9"
                        + "QTzyC2Lu1Xb4ne6+sBrCzI1hY6RjcmVm2CpYJQABVRIgQljP/3j2E2l2l1Y/kmyR5dNXTS6iWuftktbr/COjiJ5k"
                        + "c2l6ZRknEGUkdHlwZWRibG9iaG1pbWVUeXBlamltYWdlL2pwZWc");
        assertThat(DagCbor.cid(LexJson.parse(json)))
                .hasToString("bafyreihldkhcwijkde7gx4rpkkuw7pl6lbyu5gieunyc7ihactn5bkd2nm");
    }

    @Test
    void aRecordWithALegacyBlobKeepsItsIdentifier() {
        String profile = "{\"$type\":\"app.bsky.actor.profile\",\"avatar\":{\"$type\":\"blob\",\"ref\":{\"$link\":\""
                + BLOB + "\"},\"mimeType\":\"image/jpeg\",\"size\":12345},\"banner\":{\"cid\":\"" + BLOB
                + "\",\"mimeType\":\"image/png\"}}";
        LexMap read = LexJson.parseMap(profile.getBytes(UTF_8));
        LexMap written =
                read.with("banner", BlobRef.of(read.get("banner")).orElseThrow().raw());

        assertThat(DagCbor.cid(DagCbor.read(DagCbor.write(written))))
                .hasToString("bafyreidvgbuxljpyylnf5wb5jslo3yum5o2eyvnyhthbwzzux2zxkt7rga");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|CBOR|$|the document ends early",
                "61|CBOR|$|the document ends early",
                "1a0000|CBOR|$|the document ends early",
                "820161|CBOR|$[1]|the document ends early",
                "9a0001ffff01|CBOR|$|the document ends early",
                "5bffffffffffffffff|CBOR|$|the document ends early",
                "9bffffffffffffffff|CBOR|$|the document ends early",
                "0000|CBOR|$|more follows after the end of the document",
                "1817|CBOR|$|the number is not in its shortest form",
                "1900ff|CBOR|$|the number is not in its shortest form",
                "1a0000ffff|CBOR|$|the number is not in its shortest form",
                "1b00000000ffffffff|CBOR|$|the number is not in its shortest form",
                "780161|CBOR|$|the number is not in its shortest form",
                "9fff|CBOR|$|the length is not given in advance",
                "bfff|CBOR|$|the length is not given in advance",
                "7f6161ff|CBOR|$|the length is not given in advance",
                "1c|CBOR|$|the head has a reserved form",
                "a2616201616102|CBOR|$.a|the names are not sorted by length and then by bytes",
                "a262616101616202|CBOR|$.b|the names are not sorted by length and then by bytes",
                "a2616101616102|MODEL|$.a|the map has this name twice",
                "a16001|MODEL|$|the name is empty",
                "a10102|MODEL|$|the name of a field is no string",
                "a1616181f93c00|MODEL|$.a[0]|the number is a float",
                "fa3f800000|MODEL|$|the number is a float",
                "fb3ff0000000000000|MODEL|$|the number is a float",
                "f7|MODEL|$|there is no such value as the simple value 23",
                "f800|MODEL|$|there is no such value as the simple value 24",
                "ff|MODEL|$|there is no such value as the simple value 31",
                "1b8000000000000000|MODEL|$|the number is no integer of 64 bits",
                "3b8000000000000000|MODEL|$|the number is no integer of 64 bits",
                "61ff|MODEL|$|the string is not UTF-8",
                "62c328|MODEL|$|the string is not UTF-8",
                "63eda080|MODEL|$|the string is not UTF-8",
                "c000|MODEL|$|the tag is 0, not 42",
                "dbffffffffffffffff00|MODEL|$|the tag is 18446744073709551615, not 42",
                "d82a00|MODEL|$|the link is no byte string",
                "d82a40|MODEL|$|the link does not begin with a zero byte",
                "d82a4101|MODEL|$|the link does not begin with a zero byte",
                "d82a4100|MODEL|$|the link is no CID",
                "d82a450001551201|MODEL|$|the link is no CID",
            })
    void refusesEveryOtherFormAndSaysWhereAndWhy(String hex, Kind kind, String path, String rule) {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> DagCbor.read(HexFormat.of().parseHex(hex)))
                .satisfies(e -> {
                    assertThat(e).hasMessage(path + ": " + rule);
                    assertThat(e.kind()).isEqualTo(kind);
                });
    }

    @Test
    void theReplacementCharacterIsACharacterToo() {
        LexValue text = new LexString("\uFFFD");

        assertThat(DagCbor.read(DagCbor.write(text))).isEqualTo(text);
    }

    @Test
    void refusesToWriteWhatNobodyCouldRead() {
        assertRefused(new LexString("?\uD800"), Kind.MODEL, "$: the string has half a surrogate pair");
        assertRefused(
                LexList.of(LexMap.empty().with("\uDC00", LexNull.NULL)),
                Kind.MODEL,
                "$[0].\uFFFD: the string has half a surrogate pair");
        assertRefused(
                LexMap.empty().with("a", LexMap.empty().with("", LexNull.NULL)), Kind.MODEL, "$.a.: the name is empty");
        assertRefused(
                new LexLink(Cid.parse("zdj7WhuEjrB52m1BisYCtmjH1hSKa7yZ3jEZ9JcXaFRD51wVz")),
                Kind.MODEL,
                "$: the link is no CID in base32");
    }

    @Test
    void bothDirectionsKeepTheLimitsOfARecord() {
        LexValue deep = LexNull.NULL;
        for (int i = 0; i < 32; i++) {
            deep = LexList.of(deep);
        }
        assertRead(deep);
        assertRefused(
                LexList.of(deep),
                Kind.LIMIT,
                "$" + "[0]".repeat(8) + "[…]" + "[0]".repeat(8) + ": containers are nested deeper than 32 levels");
        assertReadingRefused(
                "81".repeat(33) + "f6",
                "$" + "[0]".repeat(8) + "[…]" + "[0]".repeat(8) + ": containers are nested deeper than 32 levels");

        String rule = "$: the container has more than 131072 entries";
        assertRead(new LexList(Collections.nCopies(131_072, LexNull.NULL)));
        assertRefused(new LexList(Collections.nCopies(131_073, LexNull.NULL)), Kind.LIMIT, rule);
        assertReadingRefused("9a00020001" + "f6".repeat(131_073), rule);

        rule = ": the name is longer than 8192 bytes";
        assertRead(LexMap.empty().with("é".repeat(4096), LexNull.NULL));
        assertRefused(
                LexMap.empty().with("x".repeat(8193), LexNull.NULL), Kind.LIMIT, "$." + "x".repeat(40) + "…" + rule);
        assertReadingRefused("a1792001" + "78".repeat(8193) + "f6", "$" + rule);

        rule = "$: the document is larger than 1048576 bytes";
        assertRead(new LexString("x".repeat(1024 * 1024 - 5)));
        assertRefused(new LexString("x".repeat(1024 * 1024 - 4)), Kind.LIMIT, rule);
        assertReadingRefused("7a000ffffc" + "78".repeat(1024 * 1024 - 4), rule);

        byte[] link = new byte[100];
        link[0] = 1;
        link[1] = 0x55;
        link[3] = 96;
        assertRead(new LexLink(Cid.ofBytes(link)));
        byte[] longer = java.util.Arrays.copyOf(link, 101);
        longer[3] = 97;
        assertRefused(new LexLink(Cid.ofBytes(longer)), Kind.LIMIT, "$: the link is longer than 100 bytes");
        assertReadingRefused("d82a586600" + HexFormat.of().formatHex(longer), "$: the link is longer than 100 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"80", "f6", "6161"})
    void aDocumentThatHasToBeAMapIsOne(String hex) {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> DagCbor.readMap(HexFormat.of().parseHex(hex)))
                .withMessage("$: the document is not a map");
        assertThat(DagCbor.readMap(new byte[] {(byte) 0xa0})).isEqualTo(LexMap.empty());
    }

    private static void assertRead(LexValue value) {
        assertThat(DagCbor.read(DagCbor.write(value))).isEqualTo(value);
    }

    private static void assertRefused(LexValue value, Kind kind, String message) {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> DagCbor.write(value))
                .withMessage(message)
                .satisfies(e -> assertThat(e.kind()).isEqualTo(kind));
    }

    private static void assertReadingRefused(String hex, String message) {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> DagCbor.read(HexFormat.of().parseHex(hex)))
                .withMessage(message);
    }
}
