// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares every scanner with the grammar of its specification, written as a regular expression, on random texts: made by
 * the grammar, and then damaged.
 */
class SyntaxPropertyTest {

    private static final int ROUNDS = 3_000;

    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
    private static final String LETTERS = LOWER + "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String DIGITS = "0123456789";
    private static final String ALPHANUMERIC = LETTERS + DIGITS;
    private static final String ODD = ".-_:~%/#?@+=TZzjk019 \n\0\"é０\uD83D\uDE00";

    private static final String LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?";
    private static final String DID = "did:[a-z]+:[a-zA-Z0-9._:%-]*[a-zA-Z0-9._-]";
    private static final String HANDLE = "(?:" + LABEL + "\\.)+(?=[a-zA-Z])" + LABEL;
    private static final String NSID = "(?=[a-zA-Z])" + LABEL + "(?:\\." + LABEL + ")+\\.[a-zA-Z][a-zA-Z0-9]{0,62}";
    private static final String KEY = "(?!\\.\\.?$)[a-zA-Z0-9_~.:-]{1,512}";

    private static final Pattern LANGUAGE = Pattern.compile("(?:[a-z]{2,3}(?:-[A-Za-z]{3}){0,3}(?:-[A-Za-z]{4})?"
            + "(?:-(?:[A-Za-z]{2}|[0-9]{3}))?(?:-(?:[A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*"
            + "(?:-[0-9A-WY-Za-wy-z](?:-[A-Za-z0-9]{2,8})+)*(?:-[xX](?:-[A-Za-z0-9]{1,8})+)?"
            + "|[xX](?:-[A-Za-z0-9]{1,8})+)");

    private static final Pattern DATETIME =
            Pattern.compile("(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d)(?:\\.\\d+)?(?:Z|([+-]\\d\\d:\\d\\d))");

    private final long seed = Long.getLong("atp4j.seed", new Random().nextLong());
    private final Random random = new Random(seed);

    record Kind(
            String name,
            Function<String, ?> parse,
            Function<String, Optional<?>> tryParse,
            Predicate<String> grammar,
            Function<SyntaxPropertyTest, String> example) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Kind> kinds() {
        return Stream.of(
                new Kind("DID", Did::parse, Did::tryParse, regex(DID, 2048), SyntaxPropertyTest::did),
                new Kind("handle", Handle::parse, Handle::tryParse, regex(HANDLE, 253), SyntaxPropertyTest::handle),
                new Kind("NSID", Nsid::parse, Nsid::tryParse, regex(NSID, 317), SyntaxPropertyTest::nsid),
                new Kind("record key", RecordKey::parse, RecordKey::tryParse, regex(KEY, 512), SyntaxPropertyTest::key),
                new Kind("TID", Tid::parse, Tid::tryParse, regex("[2-7a-j][2-7a-z]{12}", 13), SyntaxPropertyTest::tid),
                new Kind(
                        "CID",
                        Cid::parse,
                        Cid::tryParse,
                        regex("(?!Qm)[a-zA-Z0-9+=]{8,256}", 256),
                        t -> t.text(ALPHANUMERIC + "+=", t.upTo(7, 300))),
                new Kind(
                        "URI",
                        GenericUri::parse,
                        GenericUri::tryParse,
                        regex("[a-zA-Z][a-zA-Z0-9+.-]*:(?!(?://)?$)[\\x21-\\x7E]+", 8192),
                        t -> t.text(LETTERS, 1) + t.text(ALPHANUMERIC + "+-.", t.upTo(0, 9)) + ":"
                                + t.pick("", "/", "//") + t.text(ALPHANUMERIC + "/?#%@", t.upTo(0, 20))),
                new Kind(
                        "AT URI",
                        AtUri::parse,
                        AtUri::tryParse,
                        SyntaxPropertyTest::isAtUri,
                        SyntaxPropertyTest::atUri),
                new Kind(
                        "language",
                        Language::parse,
                        Language::tryParse,
                        SyntaxPropertyTest::isLanguage,
                        SyntaxPropertyTest::language),
                new Kind(
                        "datetime",
                        Datetime::parse,
                        Datetime::tryParse,
                        SyntaxPropertyTest::isDatetime,
                        SyntaxPropertyTest::datetime));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void readsExactlyWhatTheGrammarSays(Kind kind) {
        int valid = 0;
        int invalid = 0;
        for (int i = 0; i < ROUNDS; i++) {
            String text = kind.example().apply(this);
            for (int damage = random.nextInt(3); damage > 0; damage--) {
                text = damaged(text);
            }
            boolean expected = kind.grammar().test(text);
            String what = kind + " <" + text + "> seed " + seed;
            assertThat(read(kind, text, what)).as(what).isEqualTo(expected);
            assertThat(kind.tryParse().apply(text).map(Object::toString))
                    .as(what)
                    .isEqualTo(expected ? Optional.of(text) : Optional.empty());
            valid += expected ? 1 : 0;
            invalid += expected ? 0 : 1;
        }
        assertThat(Math.min(valid, invalid))
                .as("both outcomes are tried, seed %d", seed)
                .isGreaterThan(ROUNDS / 20);
    }

    private static boolean read(Kind kind, String text, String what) {
        try {
            assertThat(kind.parse().apply(text)).as(what).hasToString(text);
            return true;
        } catch (SyntaxException e) {
            return false;
        }
    }

    private static Predicate<String> regex(String grammar, int maxLength) {
        Predicate<String> matches = Pattern.compile(grammar).asMatchPredicate();
        return text -> text.length() <= maxLength && matches.test(text);
    }

    private static boolean isAtUri(String text) {
        String[] parts = text.split("/", -1);
        return text.startsWith("at://")
                && text.length() <= 8192
                && parts.length <= 5
                && (regex(DID, 2048).test(parts[2])
                        || !parts[2].startsWith("did:") && regex(HANDLE, 253).test(parts[2]))
                && (parts.length < 4 || regex(NSID, 317).test(parts[3]))
                && (parts.length < 5 || regex(KEY, 512).test(parts[4]));
    }

    private static boolean isLanguage(String text) {
        if (!LANGUAGE.matcher(text).matches()) {
            return false;
        }
        List<String> subtags = List.of(text.toLowerCase(Locale.ROOT).split("-"));
        List<String> singletons = subtags.stream()
                .takeWhile(s -> !s.equals("x"))
                .filter(s -> s.length() == 1)
                .toList();
        List<String> variants = subtags.stream()
                .takeWhile(s -> s.length() > 1)
                .filter(s -> s.length() > 4 || s.matches("\\d.{3}"))
                .toList();
        return new HashSet<>(singletons).size() == singletons.size()
                && new HashSet<>(variants).size() == variants.size();
    }

    private static boolean isDatetime(String text) {
        Matcher parts = DATETIME.matcher(text);
        if (!parts.matches() || text.length() > 64 || text.endsWith("-00:00")) {
            return false;
        }
        try {
            if (parts.group(1).endsWith("24:00:00")) {
                return false;
            }
            String offset = parts.group(2);
            int seconds = 0;
            if (offset != null) {
                int hours = Integer.parseInt(offset.substring(1, 3));
                int minutes = Integer.parseInt(offset.substring(4, 6));
                if (hours > 23 || minutes > 59) {
                    return false;
                }
                seconds = (hours * 60 + minutes) * (offset.startsWith("-") ? -60 : 60);
            }
            int year = OffsetDateTime.of(LocalDateTime.parse(parts.group(1)), ZoneOffset.UTC)
                    .minusSeconds(seconds)
                    .getYear();
            return year >= 0 && year <= 9999;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private String did() {
        return "did:" + text(LOWER, upTo(1, 6)) + ":" + text(ALPHANUMERIC + "._:%-", upTo(1, pick(24, 24, 2100)));
    }

    private String handle() {
        var labels = new StringBuilder();
        for (int i = upTo(1, pick(3, 3, 8)); i > 0; i--) {
            labels.append(label()).append('.');
        }
        return labels.append(label()).toString();
    }

    private String nsid() {
        return handle() + "." + text(LETTERS, 1) + text(ALPHANUMERIC, upTo(0, pick(10, 10, 66)));
    }

    private String label() {
        int inner = upTo(0, pick(5, 5, 64));
        return text(ALPHANUMERIC, 1) + (inner == 0 ? "" : text(ALPHANUMERIC + "-", inner - 1) + text(ALPHANUMERIC, 1));
    }

    private String key() {
        return text(ALPHANUMERIC + "_~.:-", upTo(1, pick(3, 13, 520)));
    }

    private String tid() {
        return text("234567abcdefghijk", 1) + text("234567" + LOWER, 12);
    }

    private String atUri() {
        return "at://" + pick(did(), handle()) + pick("", "/" + nsid() + pick("", "/" + key()));
    }

    private String language() {
        var tag = new StringBuilder(text(LOWER, upTo(2, 3)));
        tag.append(pick("", "", "-yue")).append(pick("", "-Latn")).append(pick("", "-BR", "-419"));
        for (int i = random.nextInt(3); i > 0; i--) {
            tag.append(pick("-rozaj", "-ROZAJ", "-1994", "-" + text(ALPHANUMERIC, 6)));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            tag.append(pick("-a", "-A", "-u", "-0")).append("-").append(text(ALPHANUMERIC, upTo(2, 8)));
        }
        return tag.append(pick("", "-x-" + text(ALPHANUMERIC, upTo(1, 8)))).toString();
    }

    private String datetime() {
        String offset = pick("+", "-") + two(24) + ":" + two(60);
        return pick("0000", "9999", "20" + two(99), text(DIGITS, 4)) + "-" + pick("01", "12", two(12)) + "-"
                + pick("01", "31", two(31)) + "T" + two(24) + ":" + two(60) + ":" + two(60)
                + pick("", "." + text(DIGITS, upTo(1, pick(3, 9, 50)))) + pick("Z", offset);
    }

    private String two(int max) {
        return "%02d".formatted(random.nextInt(max + 1));
    }

    private String damaged(String text) {
        int at = random.nextInt(text.length() + 1);
        int end = Math.min(text.length(), at + random.nextInt(2));
        String put = random.nextBoolean() ? "" : text(ODD, 1);
        return text.substring(0, at) + put + text.substring(end);
    }

    private String text(String alphabet, int length) {
        var text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private int upTo(int min, int max) {
        return min + random.nextInt(max - min + 1);
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private <T> T pick(T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
