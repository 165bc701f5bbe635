// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class Utf8Test {

    @Test
    void isAsLongAsTheEncodedText() {
        for (int point = 0; point <= Character.MAX_CODE_POINT; point += 13) {
            String text = "a" + Character.toString(point) + "\u00E9";
            if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
                assertThat(Utf8.length(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
            }
        }
    }

    @Test
    void halfAPairTakesThePlaceOfTheCharacterThatStandsForIt() {
        assertThat(Utf8.length("\uD83D")).isEqualTo(3);
        assertThat(Utf8.length("\uD83Da")).isEqualTo(4);
        assertThat(Utf8.length("\uDC00\uD83D")).isEqualTo(6);
        assertThat(Utf8.length("\uD83D\uDE00")).isEqualTo(4);
    }
}
