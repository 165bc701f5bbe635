// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.xrpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("security")
class ServerTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plain text|plain text",
                "Grüße 😀 日本|Grüße 😀 日本",
                "a\u001b[31mb|a [31mb",
                "a\u202eb\u2066c\u200bd\ufeffe|a b c d e",
                "a\u0085b\u2028c\u00a0d|a b c d",
                "\u0000a\u0000|a",
                "a\ud800b|a b"
            })
    void whatIsNotSeenBecomesOneSpace(String text, String clean) {
        assertThat(ServerText.clean(text, 100)).isEqualTo(clean);
    }

    @Test
    void linesAreJoined() {
        assertThat(ServerText.clean("a\r\n\r\n\tb\n", 100)).isEqualTo("a b");
    }

    @Test
    void longTextIsCutBetweenCharacters() {
        assertThat(ServerText.clean("😀😀😀", 2)).isEqualTo("😀😀…");
        assertThat(ServerText.clean("ab", 2)).isEqualTo("ab");
        assertThat(ServerText.clean("ab  ", 2)).isEqualTo("ab");
        assertThat(ServerText.clean("ab c", 2)).isEqualTo("ab…");
    }

    @Test
    void nothingHarmfulIsLeftOfAnyText() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            var text = new StringBuilder();
            for (int n = random.nextInt(30); n > 0; n--) {
                text.append((char) random.nextInt(random.nextBoolean() ? 0x2100 : 0x10000));
            }
            String clean = ServerText.clean(text.toString(), 10);
            assertThat(clean.codePointCount(0, clean.length()))
                    .as("seed %d, round %d", seed, i)
                    .isLessThanOrEqualTo(11);
            assertThat(clean.codePoints()
                            .noneMatch(c -> Character.isISOControl(c)
                                    || Character.getType(c) == Character.FORMAT
                                    || Character.getType(c) == Character.SURROGATE))
                    .as("seed %d, round %d", seed, i)
                    .isTrue();
        }
    }
}
