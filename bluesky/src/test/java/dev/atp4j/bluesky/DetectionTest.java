// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.bluesky;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.bluesky.Detection.Found;
import dev.atp4j.bluesky.Detection.Kind;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DetectionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello @alice.example.com you => MENTION 6-24 alice.example.com",
                "(@alice.test) => MENTION 1-12 alice.test",
                "@alice.test. => MENTION 0-11 alice.test",
                "@a-b.example.com! => MENTION 0-16 a-b.example.com",
                "see example.com => LINK 4-15 https://example.com",
                "(example.com/a(b)) => LINK 1-18 https://example.com/a(b))",
                "(example.com/a) => LINK 1-14 https://example.com/a",
                "see https://example.com. => LINK 4-23 https://example.com",
                "https://localhost:8080/x?y#z => LINK 0-28 https://localhost:8080/x?y#z",
                "httpbin.org => LINK 0-11 https://httpbin.org",
                "Example.co.uk/x => LINK 0-15 https://Example.co.uk/x",
                "#cats! => TAG 0-5 cats",
                "a #日本語 b => TAG 2-6 日本語",
                "#1a => TAG 0-3 1a",
                "##x => TAG 0-3 #x",
                "buy $aapl! => TAG 4-9 $AAPL",
                "($BRK.B) => TAG 1-5 $BRK"
            })
    void finds(String textAndWhatIsInIt) {
        String[] parts = textAndWhatIsInIt.split(" => ", 2);

        assertThat(Detection.in(parts[0])).extracting(DetectionTest::line).containsExactly(parts[1]);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mail@example.com",
                "@alice",
                "@alice.zzz",
                "@alice.COM",
                "foo.zzz",
                "1.2.3",
                "e.g.",
                "foo-bar.com",
                "EXAMPLE.COM",
                "HTTP://example.com",
                "https://",
                "https://.",
                "https:///x",
                "a#b",
                "#1",
                "#!",
                "#",
                "# a",
                "#\ufe0f\u20e3",
                "$1",
                "$TOOLONG",
                "a$AAPL"
            })
    void findsNothing(String text) {
        assertThat(Detection.in(text)).isEmpty();
    }

    @Test
    void findsAllKindsInTheOrderOfTheText() {
        assertThat(Detection.in("#a @b.test c.com $D #e"))
                .extracting(Found::kind)
                .containsExactly(Kind.TAG, Kind.MENTION, Kind.LINK, Kind.TAG, Kind.TAG);
    }

    @Test
    void aTagThatNoRecordMayHoldIsNone() {
        assertThat(Detection.in("#" + "a".repeat(64))).hasSize(1);
        assertThat(Detection.in("#" + "a".repeat(65))).isEmpty();
        assertThat(Detection.in("#" + "\ud83d\udc4d\ud83c\udffd".repeat(64)))
                .as("64 graphemes")
                .hasSize(1);
        assertThat(Detection.in("#" + "\ud83d\udc4d\ud83c\udffd".repeat(65))).isEmpty();
        assertThat(Detection.in("#a" + "\u0301".repeat(320))).as("641 bytes").isEmpty();
    }

    @Test
    void whatIsFoundStandsInTheTextAndSplitsNoCharacter() {
        var random = new Random(4);
        for (int round = 0; round < 20_000; round++) {
            String text = RandomText.of(random, 1 + random.nextInt(20));
            for (Found found : Detection.in(text)) {
                assertThat(found.start()).isBetween(0, found.end() - 1);
                assertThat(found.end()).isLessThanOrEqualTo(text.length());
                var offsets = new ByteOffsets(text);
                assertThat(offsets.toUnit(offsets.ofUnit(found.start()))).isEqualTo(found.start());
                assertThat(offsets.toUnit(offsets.ofUnit(found.end()))).isEqualTo(found.end());
            }
        }
    }

    @Test
    void aLongTextTakesTimeInProportion() {
        String text = "(@a.".repeat(200_000) + "a.a.".repeat(200_000) + "#$".repeat(200_000);

        assertThat(Detection.in(text)).isEqualTo(List.of());
    }

    private static String line(Found found) {
        return found.kind() + " " + found.start() + "-" + found.end() + " " + found.value();
    }
}
