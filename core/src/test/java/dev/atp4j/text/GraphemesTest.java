// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;
import com.ibm.icu.util.VersionInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ICU is the judge, since it follows the same version of Unicode. */
class GraphemesTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "``, 0",
                "hello, 5",
                "e\u0301, 1",
                "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67\u200D\uD83D\uDC66, 1",
                "\uD83C\uDDE9\uD83C\uDDEA\uD83C\uDDEB\uD83C\uDDF7, 2",
                "\uD83C\uDDE9\uD83C\uDDEA\uD83C\uDDEB, 2",
                "\uD83D\uDC4D\uD83C\uDFFD, 1",
                "\uD83C\uDFF3\uFE0F\u200D\uD83C\uDF08, 1",
                "1\uFE0F\u20E3, 1",
                "\u0928\u092E\u0938\u094D\u0924\u0947, 3",
                "\u0915\u094D\u0937\u094D\u092E, 1",
                "\uD55C\uAD6D\uC5B4, 3",
                "\u1112\u1161\u11AB\u1100\u116E\u11A8, 2",
                "\u0E01\u0E33, 1",
                "\u0600\u0661, 1",
                "\uD83D, 1",
                "\uDC68\uD83D, 2",
                "a\uD83Db, 3",
                "\u200B\u0301, 2",
            })
    void aPersonCountsThese(String text, int count) {
        assertThat(Graphemes.count(text)).isEqualTo(count);
    }

    @ParameterizedTest
    @CsvSource({"13 10, 1", "10 13, 2", "13 13 10 97, 3", "97 13 10 769 98, 4"})
    void aLineEndIsOne(String points, int count) {
        var text = new StringBuilder();
        for (String point : points.split(" ")) {
            text.appendCodePoint(Integer.parseInt(point));
        }

        assertThat(Graphemes.count(text)).isEqualTo(count);
    }

    @Test
    void theJudgeKnowsTheSameUnicode() {
        assertThat(UCharacter.getUnicodeVersion()).isEqualTo(VersionInfo.getInstance(17, 0));
    }

    /** Every code point, between marks that bring out what it is. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a?a",
                "?\u0301?",
                "\uD83D\uDE00?\u200D\uD83D\uDE00",
                "\uD83D\uDE00\u200D?",
                "\uD83D\uDE00?\uD83D\uDE00",
                "\u0915\u094D?",
                "\u0915?\u0937",
                "\u0915?\u094D\u0937",
                "?\u094D\u0937",
                "\uD83C\uDDE9?",
                "\u1100?",
                "?\u1161",
                "?\u11A8",
                "??",
                "\u0600?",
            })
    void agreesWithIcuOnEveryCodePoint(String frame) {
        for (int from = 0; from <= Character.MAX_CODE_POINT; from += 0x4000) {
            var text = new StringBuilder();
            for (int point = from; point < from + 0x4000; point++) {
                text.append(frame.replace("?", Character.toString(point))).append('\n');
            }
            agrees(text.toString());
        }
    }

    @Test
    void agreesWithIcuOnMixturesOfAllKinds() {
        List<int[]> kinds = kinds();
        var random = new Random(17);
        for (int round = 0; round < 2_000; round++) {
            var text = new StringBuilder();
            for (int n = 0; n < 200; n++) {
                int[] kind = kinds.get(random.nextInt(kinds.size()));
                text.appendCodePoint(kind[random.nextInt(kind.length)]);
            }
            agrees(text.toString());
        }
    }

    @Test
    void looksNoFurtherThanALimitTakes() {
        String family = "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67\u200D\uD83D\uDC66";

        assertThat(Graphemes.atMost("", 0)).isTrue();
        assertThat(Graphemes.atMost("a", 0)).isFalse();
        assertThat(Graphemes.atMost(family.repeat(3), 3)).isTrue();
        assertThat(Graphemes.atMost(family.repeat(3), 2)).isFalse();
        assertThat(Graphemes.atMost(new Endless(), 1_000)).isFalse();
        assertThat(Graphemes.atMost(new Endless(), Integer.MAX_VALUE)).isTrue();
    }

    @Test
    void nothingStartsAfterTheEnd() {
        assertThatThrownBy(() -> Graphemes.next("a", 1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    private static void agrees(String text) {
        assertThat(ours(text)).isEqualTo(icu(text));
    }

    private static List<Integer> ours(String text) {
        var ends = new ArrayList<Integer>();
        for (int at = 0; at < text.length(); ) {
            at = Graphemes.next(text, at);
            ends.add(at);
        }
        assertThat(Graphemes.count(text)).isEqualTo(ends.size());
        return ends;
    }

    private static List<Integer> icu(String text) {
        var ends = new ArrayList<Integer>();
        BreakIterator breaks = BreakIterator.getCharacterInstance(ULocale.ROOT);
        breaks.setText(text);
        for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
            ends.add(end);
        }
        return ends;
    }

    /** A few code points of each kind that the rules tell apart. */
    private static List<int[]> kinds() {
        var byKind = new TreeMap<Integer, List<Integer>>();
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            int kind = UCharacter.getIntPropertyValue(point, UProperty.GRAPHEME_CLUSTER_BREAK) * 100
                    + UCharacter.getIntPropertyValue(point, UProperty.INDIC_CONJUNCT_BREAK) * 10
                    + (UCharacter.hasBinaryProperty(point, UProperty.EXTENDED_PICTOGRAPHIC) ? 1 : 0);
            byKind.computeIfAbsent(kind, k -> new ArrayList<>()).add(point);
        }
        assertThat(byKind).hasSize(18);
        return byKind.values().stream()
                .map(points -> points.stream().mapToInt(point -> point).toArray())
                .toList();
    }

    /** More text than anybody can read. */
    private static final class Endless implements CharSequence {

        @Override
        public int length() {
            return Integer.MAX_VALUE;
        }

        @Override
        public char charAt(int index) {
            assertThat(index).isLessThan(1_010);
            return 'a';
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            throw new UnsupportedOperationException();
        }
    }
}
