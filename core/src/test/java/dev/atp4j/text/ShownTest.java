// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShownTest {

    @Test
    void whatCanBeSeenStaysAsItIs() {
        assertThat(Shown.of("Größe 東京 🦋?", 40)).isEqualTo("Größe 東京 🦋?");
    }

    @Test
    void whatIsNotSeenOrMovesOthersIsReplaced() {
        assertThat(Shown.of("a\u0000\n\u001b\u200b\u202e\u2028\u2029\ud800\ue000b", 40))
                .isEqualTo("a\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFDb");
    }

    @Test
    void whatIsLongIsCutBetweenCharacters() {
        assertThat(Shown.of("🦋🦋🦋", 2)).isEqualTo("🦋🦋…");
        assertThat(Shown.of("🦋🦋", 2)).isEqualTo("🦋🦋");
        assertThat(Shown.of("a", 0)).isEqualTo("…");
        assertThat(Shown.of("", 0)).isEmpty();
    }
}
