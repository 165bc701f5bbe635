// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.bluesky;

import dev.atp4j.text.Graphemes;
import dev.atp4j.text.Utf8;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Finds where to cut a text into pieces that fit a limit: at the end of a sentence if that leaves a piece more than half full,
 * else between words, else between graphemes. Spaces at a cut belong to neither piece.
 */
final class Cuts {

    /** How many bytes a code point takes at most. */
    private static final int LONGEST_CHARACTER = 4;

    private static final String ENDS_SENTENCE = ".!?\u2026";

    /** Ends of sentences in scripts that have no spaces. */
    private static final String ENDS_SENTENCE_ALONE = "\u3002\uff01\uff1f\uff61";

    private static final String CLOSES = ")]}\"'\u201d\u2019\u00bb\u300d\u300f\uff09";

    private final String text;
    private final BitSet within = new BitSet();
    private final int maxGraphemes;
    private final int maxBytes;

    /**
     * Prepares the cutting.
     *
     * @param whole what is not cut unless it does not fit by itself
     */
    Cuts(String text, List<Span> whole, int maxGraphemes, int maxBytes) {
        this.text = text;
        // Marked once: there may be as many links as words.
        whole.forEach(span -> within.set(span.start() + 1, span.end()));
        this.maxGraphemes = maxGraphemes;
        this.maxBytes = maxBytes;
    }

    /** A part of a text in UTF-16 units. */
    record Span(int start, int end) {}

    /**
     * Cuts the text.
     *
     * @param suffix what a piece gets at its end, by its place from 0 on; it counts towards the limit
     */
    List<Span> pieces(IntFunction<String> suffix) {
        List<Span> pieces = new ArrayList<>();
        int end = afterInk(0, text.length());
        for (int start = skipSpaces(0, end); start < end; ) {
            String added = suffix.apply(pieces.size());
            int graphemes = maxGraphemes - Graphemes.count(added);
            int bytes = maxBytes - (int) Utf8.length(added);
            if (graphemes < 1 || bytes < LONGEST_CHARACTER) {
                throw new IllegalArgumentException("a limit of " + maxGraphemes + " graphemes and " + maxBytes
                        + " bytes leaves no room for text beside \"" + added + "\"");
            }
            int cut = cut(start, end, graphemes, bytes);
            pieces.add(new Span(start, cut));
            start = skipSpaces(cut, end);
        }
        return pieces;
    }

    /** Returns where the piece ends that starts here. */
    private int cut(int start, int end, int graphemes, int bytes) {
        int fits = start;
        int anywhere = start;
        int word = start;
        int sentence = start;
        long size = 0;
        for (int count = 1; fits < end; count++) {
            int next = Graphemes.next(text, fits);
            size += Utf8.length(text.subSequence(fits, next));
            if (count > graphemes || size > bytes) {
                int cut = sentence > start ? sentence : word > start ? word : anywhere > start ? anywhere : fits;
                return cut > start ? cut : withinGrapheme(start, bytes);
            }
            fits = next;
            if (fits < end && !within.get(fits)) {
                anywhere = fits;
                word = isBetweenWords(fits) ? afterInk(start, fits) : word;
                sentence = isBetweenSentences(fits) && 2 * count >= graphemes ? afterInk(start, fits) : sentence;
            }
        }
        return end;
    }

    /** Cuts where one grapheme alone is too long, as a letter with a thousand accents is. */
    private int withinGrapheme(int start, int bytes) {
        int cut = start;
        long size = 0;
        while (true) {
            int next = text.offsetByCodePoints(cut, 1);
            size += Utf8.length(text.subSequence(cut, next));
            if (size > bytes) {
                return cut;
            }
            cut = next;
        }
    }

    private boolean isBetweenWords(int index) {
        return Detection.isSpace(text.charAt(index));
    }

    private boolean isBetweenSentences(int index) {
        int last = index - 1;
        while (last > 0 && CLOSES.indexOf(text.charAt(last)) >= 0) {
            last--;
        }
        char c = text.charAt(last);
        return isBetweenWords(index) && (ENDS_SENTENCE.indexOf(c) >= 0 || isLineBreak(text.charAt(index)))
                || ENDS_SENTENCE_ALONE.indexOf(c) >= 0;
    }

    private static boolean isLineBreak(char c) {
        return c == '\n' || c == '\r' || c == '\u2028' || c == '\u2029';
    }

    private int afterInk(int start, int end) {
        int last = end;
        while (last > start && Detection.isSpace(text.charAt(last - 1))) {
            last--;
        }
        return last;
    }

    private int skipSpaces(int start, int end) {
        int first = start;
        while (first < end && Detection.isSpace(text.charAt(first))) {
            first++;
        }
        return first;
    }
}
