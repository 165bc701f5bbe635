// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.syntax;

import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A language tag of BCP 47, such as {@code en}, {@code pt-BR} or {@code zh-Hant}.
 *
 * <p>The grammar of RFC 5646 is checked, and that no variant and no extension occurs twice; the registry of subtags is
 * not. The language itself is two or three lower-case letters; elsewhere case does not matter.
 *
 * @param value the language tag's text
 */
public record Language(String value) {

    /** Tags registered before the grammar that it does not cover. The other old tags fit it by chance. */
    private static final Set<String> IRREGULAR = Set.of(
            "en-gb-oed",
            "i-ami",
            "i-bnn",
            "i-default",
            "i-enochian",
            "i-hak",
            "i-klingon",
            "i-lux",
            "i-mingo",
            "i-navajo",
            "i-pwn",
            "i-tao",
            "i-tay",
            "i-tsu",
            "sgn-be-fr",
            "sgn-be-nl",
            "sgn-ch-de");

    private static final int MAX_SUBTAG = 8;

    /**
     * Checks the text.
     *
     * @throws SyntaxException if the text is no language tag
     */
    public Language {
        String fault = fault(value);
        if (fault != null) {
            throw new SyntaxException("language tag", value, fault);
        }
    }

    /**
     * Reads a language tag.
     *
     * @param text the text to read
     * @return the language tag
     * @throws SyntaxException if the text is no language tag
     */
    public static Language parse(String text) {
        return new Language(text);
    }

    /**
     * Reads a language tag if the text is one.
     *
     * @param text the text to read
     * @return the language tag, or empty if the text is none
     */
    public static Optional<Language> tryParse(String text) {
        return fault(text) == null ? Optional.of(new Language(text)) : Optional.empty();
    }

    /** Returns the language tag's text. */
    @Override
    public String toString() {
        return value;
    }

    private static @Nullable String fault(String text) {
        if (IRREGULAR.contains(text.toLowerCase(Locale.ROOT))) {
            return null;
        }
        String[] subtags = text.split("-", -1);
        int index = 0;
        for (String subtag : subtags) {
            if (subtag.isEmpty()) {
                return "has an empty subtag at index " + index;
            }
            if (subtag.length() > MAX_SUBTAG) {
                return "has a subtag of more than " + MAX_SUBTAG + " characters at index " + index;
            }
            for (int i = 0; i < subtag.length(); i++, index++) {
                if (!Ascii.alphanumeric(subtag.charAt(i))) {
                    return Ascii.found(text, index) + ", and subtags are made of a-z, A-Z and 0-9";
                }
            }
            index++;
        }
        return new Subtags(subtags).fault();
    }

    /** A walk along the subtags of one tag, each of them 1 to 8 letters and digits. */
    private static final class Subtags {

        private final String[] subtags;
        private int next;

        Subtags(String[] subtags) {
            this.subtags = subtags;
        }

        @Nullable
        String fault() {
            if (!take(Subtags::privateUse)) {
                if (!take(s -> s.length() >= 2 && s.length() <= 3 && s.chars().allMatch(c -> Ascii.lower((char) c)))) {
                    return "does not start with a language of two or three lower-case letters";
                }
                for (int i = 0; i < 3 && take(s -> letters(s, 3)); i++) {}
                take(s -> letters(s, 4));
                take(s -> letters(s, 2) || digits(s, 3));
                var variants = new HashSet<String>();
                while (next < subtags.length && variant(subtags[next])) {
                    if (!variants.add(subtags[next++].toLowerCase(Locale.ROOT))) {
                        return "has the variant \"" + subtags[next - 1] + "\" twice";
                    }
                }
                var extensions = new HashSet<String>();
                while (take(s -> s.length() == 1 && !privateUse(s))) {
                    String singleton = subtags[next - 1];
                    if (!extensions.add(singleton.toLowerCase(Locale.ROOT))) {
                        return "has the extension \"" + singleton + "\" twice";
                    }
                    if (!take(s -> s.length() >= 2)) {
                        return "has nothing after the extension \"" + singleton + "\"";
                    }
                    while (take(s -> s.length() >= 2)) {}
                }
                if (next == subtags.length) {
                    return null;
                }
                if (!take(Subtags::privateUse)) {
                    return "has the subtag \"" + subtags[next] + "\" where it has no meaning";
                }
            }
            return next == subtags.length ? "has nothing after \"x\"" : null;
        }

        private boolean take(Predicate<String> kind) {
            if (next < subtags.length && kind.test(subtags[next])) {
                next++;
                return true;
            }
            return false;
        }

        private static boolean privateUse(String subtag) {
            return subtag.equalsIgnoreCase("x");
        }

        private static boolean variant(String subtag) {
            return subtag.length() >= 5 || subtag.length() == 4 && Ascii.digit(subtag.charAt(0));
        }

        private static boolean letters(String subtag, int length) {
            return subtag.length() == length && subtag.chars().allMatch(c -> Ascii.letter((char) c));
        }

        private static boolean digits(String subtag, int length) {
            return subtag.length() == length && subtag.chars().allMatch(c -> Ascii.digit((char) c));
        }
    }
}
