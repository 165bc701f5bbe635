// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.syntax;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bafyreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku",
                "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku",
                "zdj7WhuEjrB52m1BisYCtmjH1hSKa7yZ3jEZ9JcXaFRD51wVz",
                "mAXESIA+="
            })
    void readsWhatTheGrammarAllows(String text) {
        assertThat(Cid.parse(text)).hasToString(text);
        assertThat(Cid.tryParse(text)).contains(new Cid(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|is of length 0, not 8 to 256",
                "bafyrei|is of length 7, not 8 to 256",
                "cid:bafyrei|has ':' at index 3, and only a-z, A-Z, 0-9, + and = may stand there",
                "bafy reihd|has U+0020 at index 4, and only a-z, A-Z, 0-9, + and = may stand there",
                "QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG|is of version 0, which the protocol does not use",
            })
    void refusesTheRestAndSaysWhy(String text, String rule) {
        assertThatThrownBy(() -> Cid.parse(text))
                .isInstanceOf(SyntaxException.class)
                .hasMessage("not a valid CID: \"" + text + "\" " + rule);
        assertThat(Cid.tryParse(text)).isEmpty();
    }

    @Test
    void has256CharactersAtMost() {
        assertThat(Cid.tryParse("b".repeat(256))).isPresent();
        assertThat(Cid.tryParse("b".repeat(257))).isEmpty();
    }

    @Test
    void namesContentByItsSha256() {
        byte[] hello = "hello".getBytes(UTF_8);

        assertThat(Cid.ofRaw(hello)).hasToString("bafkreibm6jg3ux5qumhcn2b3flc3tyu6dmlb4xa7u5bf44yegnrjhc4yeq");
        assertThat(Cid.ofRaw(hello).isRaw()).isTrue();
        assertThat(Cid.ofRaw(hello).isDagCbor()).isFalse();
        assertThat(Cid.ofDagCbor(new byte[] {(byte) 0xa0}))
                .hasToString("bafyreigbtj4x7ip5legnfznufuopl4sg4knzc2cof6duas4b3q2fy6swua");
        assertThat(Cid.ofDagCbor(hello).isDagCbor()).isTrue();
        assertThat(Cid.ofDagCbor(hello).isRaw()).isFalse();
    }

    @Test
    void tellsWhetherItNamesThese() {
        byte[] content = {1, 2, 3};

        assertThat(Cid.ofRaw(content).matches(content)).isTrue();
        assertThat(Cid.ofDagCbor(content).matches(content)).isTrue();
        assertThat(Cid.ofRaw(content).matches(new byte[] {1, 2})).isFalse();
        assertThat(Cid.parse("zdj7WhuEjrB52m1BisYCtmjH1hSKa7yZ3jEZ9JcXaFRD51wVz")
                        .matches(content))
                .isFalse();
    }

    @Test
    void hasABinaryForm() {
        var random = new Random(42);
        for (int length = 0; length < 100; length++) {
            byte[] bytes = new byte[4 + length];
            random.nextBytes(bytes);
            bytes[0] = 1;
            bytes[1] = 0x55;
            bytes[2] = 0x12;
            bytes[3] = (byte) length;

            assertThat(Cid.ofBytes(bytes).bytes()).isEqualTo(bytes);
            assertThat(Cid.parse(Cid.ofBytes(bytes).value()).bytes()).isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', is not of version 1",
        "00551200, is not of version 1",
        "12200000, is not of version 1",
        "015512, has a hash of another length than it says",
        "01551201, has a hash of another length than it says",
        "0155120100ff, has a hash of another length than it says",
        "01d5001200, has no codec or no hash function",
        "01ffffffffffffffffffff1200, has no codec or no hash function",
    })
    void refusesWhatIsNoBinaryForm(String hex, String rule) {
        byte[] bytes = HexFormat.of().parseHex(hex);

        assertThatThrownBy(() -> Cid.ofBytes(bytes))
                .isInstanceOf(SyntaxException.class)
                .hasMessageContaining(rule);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zdj7WhuEjrB52m1BisYCtmjH1hSKa7yZ3jEZ9JcXaFRD51wVz",
                "BAFKREIBM6JG3UX5QUMHCN2B3FLC3TYU6DMLB4XA7U5BF44YEGNRJHC4YEQ",
                "bafkreibm6jg3ux5qumhcn2b3flc3tyu6dmlb4xa7u5bf44yegnrjhc4yer",
                "bafkreibm6jg3ux5qumhcn2b3flc3tyu6dmlb4xa7u5bf44yegnrjhc4ye",
                "bafkreibm6jg3ux5qumhcn2b3flc3tyu6dmlb4xa7u5bf44yegnrjhc4yeqa",
                "bafkreibm6jg3ux5qumhcn2b3flc3tyu6dmlb4xa7u5bf44yegnrjhc4ye1",
                "bbbbbbbbbbbb",
            })
    void whatIsNoCidInsideHasNone(String text) {
        assertThatThrownBy(() -> Cid.parse(text).bytes()).isInstanceOf(SyntaxException.class);
        assertThat(Cid.parse(text).isRaw()).isFalse();
    }
}
