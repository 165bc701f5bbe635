// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.bluesky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atp4j.bluesky.Cuts.Span;
import dev.atp4j.text.Graphemes;
import dev.atp4j.text.Utf8;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CutsTest {

    @Test
    void cutsBetweenSentences() {
        assertThat(cut("One two. Three four. Five six", 22)).containsExactly("One two. Three four.", "Five six");
        assertThat(cut("Is it? \"Yes!\" She left", 15)).containsExactly("Is it? \"Yes!\"", "She left");
        assertThat(cut("one two three\nfour five", 18)).containsExactly("one two three", "four five");
    }

    @Test
    void cutsBetweenWordsIfTheSentenceWouldLeaveThePieceEmpty() {
        assertThat(cut("Oh. This is a longer sentence", 20)).containsExactly("Oh. This is a longer", "sentence");
    }

    @Test
    void cutsBetweenGraphemesIfThereAreNoWords() {
        String family = "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67";

        assertThat(cut(family.repeat(5), 2)).containsExactly(family + family, family + family, family);
    }

    @Test
    void scriptsWithoutSpacesHaveSentencesToo() {
        assertThat(cut("\u65e5\u672c\u8a9e\u3002\u65e5\u672c\u8a9e\u3067\u3059", 6))
                .containsExactly("\u65e5\u672c\u8a9e\u3002", "\u65e5\u672c\u8a9e\u3067\u3059");
    }

    @Test
    void keepsWholeWhatFits() {
        assertThat(pieces("aa bb cc dd", List.of(new Span(3, 8)), 7, 100, "")).containsExactly("aa", "bb cc", "dd");
    }

    @Test
    void cutsWhatDoesNotFitByItself() {
        assertThat(pieces("aa bbbbbbbb", List.of(new Span(3, 11)), 5, 100, "")).containsExactly("aa", "bbbbb", "bbb");
    }

    @Test
    void bytesAreLimitedAsWell() {
        String accents = "a" + "\u0301".repeat(20);

        assertThat(pieces(accents, List.of(), 5, 20, ""))
                .allMatch(piece -> Utf8.length(piece) <= 20)
                .hasSize(3);
    }

    @Test
    void aSuffixCounts() {
        assertThat(pieces("aaa bbb ccc", List.of(), 7, 100, " (1)")).containsExactly("aaa", "bbb", "ccc");
        assertThatThrownBy(() -> pieces("aaa", List.of(), 4, 100, " (1)")).hasMessageContaining("\" (1)\"");
    }

    @Test
    void nothingButSpacesGivesNoPiece() {
        assertThat(cut(" \n ", 1)).isEmpty();
    }

    @Test
    void piecesFitAndLoseNothingButSpaces() {
        var random = new Random(6);
        for (int round = 0; round < 5_000; round++) {
            String text = RandomText.of(random, random.nextInt(60));
            List<Span> whole = new ArrayList<>();
            Detection.in(text).forEach(found -> whole.add(new Span(found.start(), found.end())));
            int graphemes = 1 + random.nextInt(40);
            int bytes = 4 + random.nextInt(80);

            int before = 0;
            for (Span piece : new Cuts(text, whole, graphemes, bytes).pieces(n -> "")) {
                String words = text.substring(piece.start(), piece.end());
                assertThat(text.substring(before, piece.start()).chars())
                        .allMatch(c -> Detection.isSpace((char) c.intValue()));
                assertThat(Graphemes.count(words)).isBetween(1, graphemes);
                assertThat(Utf8.length(words)).isLessThanOrEqualTo(bytes);
                assertThat(isBetweenCharacters(text, piece.start())).isTrue();
                assertThat(isBetweenCharacters(text, piece.end())).isTrue();
                for (Span span : whole) {
                    String kept = text.substring(span.start(), span.end());
                    boolean fits = endsGrapheme(text, span.end())
                            && Graphemes.count(kept) <= graphemes
                            && Utf8.length(kept) <= bytes;
                    boolean cut = span.start() < piece.end() && piece.end() < span.end();
                    assertThat(cut && fits && alone(span, whole))
                            .as("%s in %s at %d, %d", kept, text, graphemes, bytes)
                            .isFalse();
                }
                before = piece.end();
            }
            assertThat(text.substring(before).chars()).allMatch(c -> Detection.isSpace((char) c.intValue()));
        }
    }

    private static boolean alone(Span span, List<Span> whole) {
        return whole.stream()
                        .filter(other -> other.start() < span.end() && span.start() < other.end())
                        .count()
                == 1;
    }

    /** A tag may end within a grapheme, since what is invisible ends it; the rest then counts as well. */
    private static boolean endsGrapheme(String text, int index) {
        int end = 0;
        while (end < index) {
            end = Graphemes.next(text, end);
        }
        return end == index;
    }

    private static boolean isBetweenCharacters(String text, int index) {
        return index == 0
                || index == text.length()
                || !Character.isSurrogatePair(text.charAt(index - 1), text.charAt(index));
    }

    private static List<String> cut(String text, int graphemes) {
        return pieces(text, List.of(), graphemes, 1_000, "");
    }

    private static List<String> pieces(String text, List<Span> whole, int graphemes, int bytes, String suffix) {
        return new Cuts(text, whole, graphemes, bytes)
                .pieces(n -> suffix).stream()
                        .map(piece -> text.substring(piece.start(), piece.end()))
                        .toList();
    }
}
