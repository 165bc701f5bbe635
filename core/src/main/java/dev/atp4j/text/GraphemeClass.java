// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.text;

import java.util.Arrays;

/** What the rules of graphemes ask of a code point, as a letter. Looked up in {@link GraphemeTable}. */
final class GraphemeClass {

    static final char OTHER = 'O';
    static final char CARRIAGE_RETURN = 'R';
    static final char LINE_FEED = 'N';
    static final char CONTROL = 'C';
    static final char PREPEND = 'P';
    static final char SPACING_MARK = 'S';
    static final char JOINER = 'J';
    static final char PICTOGRAPH = 'X';

    /** Half of a flag. */
    static final char REGIONAL = 'F';

    /** Extends what stands before it, the beginning of a conjunct included. */
    static final char EXTEND = 'E';

    /** Extends what stands before it, but ends the beginning of a conjunct. */
    static final char EXTEND_ONLY = 'W';

    /** Extends what stands before it, and links a consonant with the next one. */
    static final char LINKER = 'K';

    /** A consonant of a script with conjuncts. */
    static final char CONSONANT = 'D';

    static final char HANGUL_L = 'L';
    static final char HANGUL_V = 'V';
    static final char HANGUL_T = 'T';
    static final char HANGUL_LV = 'Y';
    static final char HANGUL_LVT = 'Z';

    private static final int FIRST_SYLLABLE = 0xAC00;
    private static final int SYLLABLES = 11_172;
    private static final int SYLLABLES_PER_VOWEL = 28;

    private static final int[] STARTS = new int[GraphemeTable.SIZE];
    private static final int[] ENDS = new int[GraphemeTable.SIZE];
    private static final char[] CLASSES = new char[GraphemeTable.SIZE];

    static {
        String text = GraphemeTable.RANGES;
        int at = 0;
        int end = 0;
        for (int range = 0; range < GraphemeTable.SIZE; range++) {
            CLASSES[range] = text.charAt(at++);
            int[] numbers = {0, 0};
            int which = 0;
            for (; at < text.length() && !Character.isUpperCase(text.charAt(at)); at++) {
                char c = text.charAt(at);
                if (c == '.') {
                    which = 1;
                } else {
                    numbers[which] = numbers[which] * 36 + Character.digit(c, 36);
                }
            }
            STARTS[range] = end + numbers[0];
            end = STARTS[range] + numbers[1] + 1;
            ENDS[range] = end;
        }
    }

    private GraphemeClass() {}

    static char of(int point) {
        if (point >= ' ' && point <= '~') {
            return OTHER;
        }
        int syllable = point - FIRST_SYLLABLE;
        if (syllable >= 0 && syllable < SYLLABLES) {
            return syllable % SYLLABLES_PER_VOWEL == 0 ? HANGUL_LV : HANGUL_LVT;
        }
        int range = Arrays.binarySearch(STARTS, point);
        if (range < 0) {
            range = -range - 2;
        }
        return range >= 0 && point < ENDS[range] ? CLASSES[range] : OTHER;
    }
}
