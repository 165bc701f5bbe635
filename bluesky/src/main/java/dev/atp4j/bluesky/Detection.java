// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.bluesky;

import dev.atp4j.text.Graphemes;
import dev.atp4j.text.Utf8;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Finds what a text mentions, links to and is tagged with, as the official apps do: what they find in a text that somebody
 * types must be what a program finds in it. Each text is gone through once per kind, without going back.
 */
final class Detection {

    private static final int MAX_TAG_GRAPHEMES = 64;
    private static final int MAX_TAG_BYTES = 640;
    private static final int LONGEST_TICKER = 5;

    /** Invisible characters that end a tag. */
    private static final String INVISIBLE = "\u00ad\u2060\u200a\u200b\u200c\u200d\u20e2";

    private static final String AFTER_TICKER = ".,;:!?)\"'\u2019";

    private final String text;
    private final List<Found> found = new ArrayList<>();

    private Detection(String text) {
        this.text = text;
    }

    /** What kind of facet a part of a text is. */
    enum Kind {
        MENTION,
        LINK,
        TAG
    }

    /**
     * A part of a text.
     *
     * @param start its first UTF-16 unit
     * @param end the unit after its last
     * @param value the handle, the URI or the tag
     */
    record Found(Kind kind, int start, int end, String value) {}

    /** Returns what is in a text by where it starts. A tag may overlap something else. */
    static List<Found> in(String text) {
        var detection = new Detection(text);
        detection.mentions();
        detection.links();
        detection.tags();
        detection.tickers();
        detection.found.sort(Comparator.comparingInt(Found::start));
        return detection.found;
    }

    private void mentions() {
        for (int at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
            int start = at + 1;
            int end = start;
            while (end < text.length() && isOfHandle(text.charAt(end))) {
                end++;
            }
            end = endOfWord(start, end);
            String handle = text.substring(start, end);
            if (startsAfterGap(at, true)
                    && !handle.isEmpty()
                    && (TopLevelDomains.end(handle) || handle.endsWith(".test"))) {
                found.add(new Found(Kind.MENTION, at, end, handle));
            }
        }
    }

    /** Goes back to where a word begins or ends. */
    private int endOfWord(int start, int end) {
        int last = end;
        while (last > start && isOfWord(last - 1) == isOfWord(last)) {
            last--;
        }
        return last;
    }

    private boolean isOfWord(int index) {
        return index < text.length() && (isAlphanumeric(text.charAt(index)) || text.charAt(index) == '_');
    }

    private void links() {
        int next = 0;
        while (next < text.length()) {
            int start = next++;
            if (!isLetter(text.charAt(start)) || !startsAfterGap(start, true)) {
                continue;
            }
            int scheme = schemeAt(start);
            int domain = endOfDomain(start);
            if (scheme > 0 || domain > start) {
                next = endOfRun(start);
                boolean spelled = text.startsWith("http", start);
                if (scheme > 0 && spelled) {
                    address(start, scheme, next);
                } else if (scheme == 0 && TopLevelDomains.end(text.substring(start, domain))) {
                    bareDomain(start, next);
                }
            }
        }
    }

    /** Takes an address unless there is nothing behind its scheme. */
    private void address(int start, int scheme, int run) {
        int end = withoutEnding(start, run);
        if (end > start + scheme && text.charAt(start + scheme) != '/') {
            found.add(new Found(Kind.LINK, start, end, text.substring(start, end)));
        }
    }

    private void bareDomain(int start, int run) {
        int end = withoutEnding(start, run);
        found.add(new Found(Kind.LINK, start, end, "https://" + text.substring(start, end)));
    }

    /** Returns the length of a scheme that something follows, in whatever case, or 0. */
    private int schemeAt(int start) {
        int colon = start;
        while (colon < text.length() && isLetter(text.charAt(colon))) {
            colon++;
        }
        String scheme = text.substring(start, colon).toLowerCase(Locale.ROOT);
        int end = colon + 3;
        return (scheme.equals("https") || scheme.equals("http"))
                        && text.startsWith("://", colon)
                        && end < text.length()
                        && !isSpace(text.charAt(end))
                ? end - start
                : 0;
    }

    /** Returns where letters and digits with dots between them end, or the start if there is no dot. */
    private int endOfDomain(int start) {
        int domain = start;
        int dot = endOfLabel(start);
        while (dot + 1 < text.length() && text.charAt(dot) == '.' && isAlphanumeric(text.charAt(dot + 1))) {
            domain = endOfLabel(dot + 1);
            dot = domain;
        }
        return domain;
    }

    private int endOfLabel(int start) {
        int end = start;
        while (end < text.length() && isAlphanumeric(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** Leaves out a sign that ends the sentence rather than the address, and the bracket that the address stands in. */
    private int withoutEnding(int start, int end) {
        int last = end;
        if (".,;:!?".indexOf(text.charAt(last - 1)) >= 0) {
            last--;
        }
        if (last > start
                && text.charAt(last - 1) == ')'
                && text.substring(start, last).indexOf('(') < 0) {
            last--;
        }
        return last;
    }

    private void tags() {
        for (int hash = 0; hash < text.length(); hash++) {
            if (text.charAt(hash) != '#' && text.charAt(hash) != '\uff03' || !startsAfterGap(hash, false)) {
                continue;
            }
            int end = hash + 1;
            int visible = end;
            boolean named = false;
            while (end < text.length() && isOfTag(text.charAt(end))) {
                int c = text.codePointAt(end);
                end += Character.charCount(c);
                if (!isPunctuation(c)) {
                    visible = end;
                    named |= c < '0' || c > '9';
                }
            }
            String tag = text.substring(hash + 1, Math.max(visible, hash + 1));
            if (named && fits(tag) && tag.charAt(0) != '\ufe0f') {
                found.add(new Found(Kind.TAG, hash, visible, tag));
            }
            hash = Math.max(hash, end - 1);
        }
    }

    /** Tells whether a record may hold a tag. */
    static boolean fits(String tag) {
        return !tag.isEmpty() && Graphemes.atMost(tag, MAX_TAG_GRAPHEMES) && Utf8.length(tag) <= MAX_TAG_BYTES;
    }

    private void tickers() {
        for (int dollar = text.indexOf('$'); dollar >= 0; dollar = text.indexOf('$', dollar + 1)) {
            int start = dollar + 1;
            int end = endOfLabel(start);
            boolean ends =
                    end == text.length() || isSpace(text.charAt(end)) || AFTER_TICKER.indexOf(text.charAt(end)) >= 0;
            if (end > start
                    && end - start <= LONGEST_TICKER
                    && isLetter(text.charAt(start))
                    && ends
                    && startsAfterGap(dollar, true)) {
                found.add(new Found(
                        Kind.TAG, dollar, end, "$" + text.substring(start, end).toUpperCase(Locale.ROOT)));
            }
        }
    }

    /** Tells whether nothing, a space, or perhaps an opening bracket stands in front. */
    private boolean startsAfterGap(int index, boolean orBracket) {
        return index == 0 || isSpace(text.charAt(index - 1)) || orBracket && text.charAt(index - 1) == '(';
    }

    private int endOfRun(int start) {
        int end = start;
        while (end < text.length() && !isSpace(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isOfHandle(char c) {
        return isAlphanumeric(c) || c == '.' || c == '-';
    }

    private static boolean isOfTag(char c) {
        return !isSpace(c) && INVISIBLE.indexOf(c) < 0;
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean isAlphanumeric(char c) {
        return isLetter(c) || c >= '0' && c <= '9';
    }

    /** Tells what counts as a space, on every JDK alike: Unicode's white space and the byte order mark. */
    static boolean isSpace(char c) {
        return c == ' ' || c >= '\t' && c <= '\r' || c == '\u00a0' || c == '\ufeff' || c > 127 && isWideSpace(c);
    }

    private static boolean isWideSpace(char c) {
        return c == '\u1680'
                || c >= '\u2000' && c <= '\u200a'
                || c == '\u2028'
                || c == '\u2029'
                || c == '\u202f'
                || c == '\u205f'
                || c == '\u3000';
    }

    private static boolean isPunctuation(int c) {
        return switch (Character.getType(c)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> true;
            default -> false;
        };
    }
}
