// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.text;

/**
 * Characters as people see them: extended grapheme clusters by the rules of Unicode 17 (UAX #29), the same on every JDK.
 * Lexicons limit texts by them. A family emoji, a flag, a letter with its accents and a syllable of Devanagari are one each.
 *
 * <p>The JDK's own rules are not used: they differ between its releases, and those of 17 count a family emoji as seven.
 */
public final class Graphemes {

    private Graphemes() {}

    /**
     * Counts the graphemes of a text.
     *
     * @param text any text; half of a surrogate pair counts as one
     * @return how many there are
     */
    public static int count(CharSequence text) {
        int count = 0;
        for (int at = 0; at < text.length(); at = next(text, at)) {
            count++;
        }
        return count;
    }

    /**
     * Tells whether a text is no longer than a limit, and looks no further than that takes.
     *
     * @param text any text
     * @param max how many graphemes it may have
     * @return whether it has that many or fewer
     */
    public static boolean atMost(CharSequence text, long max) {
        // No grapheme is shorter than one char, so short texts need no counting.
        if (text.length() <= max) {
            return true;
        }
        long left = max;
        for (int at = 0; at < text.length(); at = next(text, at)) {
            if (left-- <= 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Finds the end of a grapheme.
     *
     * @param text any text
     * @param start where it starts: 0, or what this method returned
     * @return the index after its last char
     * @throws IndexOutOfBoundsException if nothing starts there
     */
    public static int next(CharSequence text, int start) {
        int at = start;
        int point = Character.codePointAt(text, at);
        at += Character.charCount(point);
        if (at == text.length() || plain(point) && plain(text.charAt(at))) {
            return at;
        }
        var soFar = new Cluster(GraphemeClass.of(point));
        while (at < text.length()) {
            point = Character.codePointAt(text, at);
            if (!soFar.takes(GraphemeClass.of(point))) {
                break;
            }
            at += Character.charCount(point);
        }
        return at;
    }

    /** Two of these never belong together. */
    private static boolean plain(int point) {
        return point >= ' ' && point <= '~';
    }

    /** A grapheme that is being read, as far as the rules need to know. */
    private static final class Cluster {

        private char last;
        private boolean oddFlags;
        private Emoji emoji = Emoji.NONE;
        private Conjunct conjunct = Conjunct.NONE;

        private Cluster(char first) {
            take(first);
        }

        boolean takes(char next) {
            boolean taken = together(next);
            if (taken) {
                take(next);
            }
            return taken;
        }

        /** The rules GB3 to GB999, in their order. */
        private boolean together(char next) {
            if (last == GraphemeClass.CARRIAGE_RETURN) {
                return next == GraphemeClass.LINE_FEED;
            }
            if (isControl(last) || isControl(next)) {
                return false;
            }
            return hangul(next)
                    || isExtend(next)
                    || next == GraphemeClass.JOINER
                    || next == GraphemeClass.SPACING_MARK
                    || last == GraphemeClass.PREPEND
                    || conjunct == Conjunct.LINKED && next == GraphemeClass.CONSONANT
                    || emoji == Emoji.JOINED && next == GraphemeClass.PICTOGRAPH
                    || oddFlags && next == GraphemeClass.REGIONAL;
        }

        private boolean hangul(char next) {
            return switch (last) {
                case GraphemeClass.HANGUL_L ->
                    next == GraphemeClass.HANGUL_L
                            || next == GraphemeClass.HANGUL_V
                            || next == GraphemeClass.HANGUL_LV
                            || next == GraphemeClass.HANGUL_LVT;
                case GraphemeClass.HANGUL_V, GraphemeClass.HANGUL_LV ->
                    next == GraphemeClass.HANGUL_V || next == GraphemeClass.HANGUL_T;
                case GraphemeClass.HANGUL_T, GraphemeClass.HANGUL_LVT -> next == GraphemeClass.HANGUL_T;
                default -> false;
            };
        }

        private void take(char next) {
            oddFlags = next == GraphemeClass.REGIONAL && !oddFlags;
            if (next == GraphemeClass.PICTOGRAPH) {
                emoji = Emoji.PICTOGRAPH;
            } else if (emoji == Emoji.PICTOGRAPH && next == GraphemeClass.JOINER) {
                emoji = Emoji.JOINED;
            } else if (emoji != Emoji.PICTOGRAPH || !isExtend(next)) {
                emoji = Emoji.NONE;
            }
            if (next == GraphemeClass.CONSONANT) {
                conjunct = Conjunct.CONSONANT;
            } else if (conjunct != Conjunct.NONE && next == GraphemeClass.LINKER) {
                conjunct = Conjunct.LINKED;
            } else if (next != GraphemeClass.EXTEND && next != GraphemeClass.JOINER) {
                conjunct = Conjunct.NONE;
            }
            last = next;
        }

        private static boolean isControl(char c) {
            return c == GraphemeClass.CARRIAGE_RETURN || c == GraphemeClass.LINE_FEED || c == GraphemeClass.CONTROL;
        }

        private static boolean isExtend(char c) {
            return c == GraphemeClass.EXTEND || c == GraphemeClass.EXTEND_ONLY || c == GraphemeClass.LINKER;
        }
    }

    /** How far a sequence of emoji has come. */
    private enum Emoji {
        NONE,
        PICTOGRAPH,
        JOINED
    }

    /** How far a conjunct has come. */
    private enum Conjunct {
        NONE,
        CONSONANT,
        LINKED
    }
}
