// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.bluesky;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteOffsetsTest {

    @Test
    void countsAsUtf8Does() {
        var offsets = new ByteOffsets("a\u00e9\u65e5\ud83d\ude00b");

        assertThat(offsets.total()).isEqualTo(11);
        assertThat(offsets.ofUnit(3)).isEqualTo(6);
        assertThat(offsets.ofUnit(5)).isEqualTo(10);
    }

    @Test
    void noCharacterStartsWithinAnother() {
        var offsets = new ByteOffsets("a\u00e9\u65e5\ud83d\ude00b");

        int[] units = new int[12];
        for (int offset = 0; offset < units.length; offset++) {
            units[offset] = offsets.toUnit(offset);
        }
        assertThat(units).containsExactly(0, 1, -1, 2, -1, -1, 3, -1, -1, -1, 5, 6);
        assertThat(offsets.toUnit(Long.MAX_VALUE)).isEqualTo(6);
        assertThat(offsets.toUnit(-1)).isEqualTo(-1);
        assertThat(offsets.toUnit(Long.MIN_VALUE)).isEqualTo(-1);
    }

    @Test
    void agreesWithTheEncoder() {
        var random = new Random(5);
        for (int round = 0; round < 2_000; round++) {
            String text = RandomText.of(random, 10)
                    .replaceAll("[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]", "");
            var offsets = new ByteOffsets(text);
            for (int unit = 0; unit < text.length(); unit = text.offsetByCodePoints(unit, 1)) {
                int bytes = text.substring(0, unit).getBytes(StandardCharsets.UTF_8).length;
                assertThat(offsets.ofUnit(unit)).isEqualTo(bytes);
                assertThat(offsets.toUnit(bytes)).isEqualTo(unit);
            }
        }
    }
}
