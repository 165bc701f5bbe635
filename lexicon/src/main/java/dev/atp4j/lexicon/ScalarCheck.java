// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon;

import dev.atp4j.data.LexBoolean;
import dev.atp4j.data.LexBytes;
import dev.atp4j.data.LexInteger;
import dev.atp4j.data.LexLink;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import dev.atp4j.text.Graphemes;
import dev.atp4j.text.Utf8;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values without values inside. */
sealed interface ScalarCheck extends Check {

    /** What a bound is if there is none. */
    long NONE = -1;

    /** One value, or one of a few: nothing else is asked then. */
    record Choice(String kind, Set<LexValue> values) implements ScalarCheck {

        private static final int SHOWN = 12;

        public Choice {
            values = Collections.unmodifiableSet(new LinkedHashSet<>(values));
        }

        @Override
        public void check(LexValue value, Walk walk) {
            if (!values.contains(value)) {
                String got = Kind.of(value);
                walk.report(
                        values.size() == 1 ? "const" : "enum", expected(), got.equals(kind) ? "another value" : got);
            }
        }

        @Override
        public String expected() {
            List<String> texts = values.stream().map(LexValue::toString).toList();
            return (texts.size() == 1 ? "" : "one of ")
                    + texts.stream().limit(SHOWN).collect(Collectors.joining(", "))
                    + (texts.size() > SHOWN ? " and " + (texts.size() - SHOWN) + " more" : "");
        }
    }

    /** A truth value. */
    record Truth() implements ScalarCheck {

        @Override
        public void check(LexValue value, Walk walk) {
            if (!(value instanceof LexBoolean)) {
                wrongKind(value, walk);
            }
        }

        @Override
        public String expected() {
            return "a boolean";
        }
    }

    /** A number. */
    record Whole(@Nullable Long minimum, @Nullable Long maximum) implements ScalarCheck {

        /** What JavaScript can tell from its neighbours. */
        static final long SAFE = (1L << 53) - 1;

        @Override
        public void check(LexValue value, Walk walk) {
            if (!(value instanceof LexInteger integer)) {
                wrongKind(value, walk);
                return;
            }
            if (minimum != null && integer.value() < minimum) {
                walk.report("minimum", "an integer of " + minimum + " or more", "less");
            } else if (maximum != null && integer.value() > maximum) {
                walk.report("maximum", "an integer of " + maximum + " or less", "more");
            } else if (walk.strict() && (integer.value() > SAFE || integer.value() < -SAFE)) {
                walk.report("integer-size", "an integer of 53 bits", "a longer one");
            }
        }

        @Override
        public String expected() {
            return "an integer";
        }
    }

    /** A text. */
    record Text(@Nullable Format format, long minLength, long maxLength, long minGraphemes, long maxGraphemes)
            implements ScalarCheck {

        @Override
        public void check(LexValue value, Walk walk) {
            if (!(value instanceof LexString string)) {
                wrongKind(value, walk);
                return;
            }
            String text = string.value();
            checkLength(text, walk);
            checkGraphemes(text, walk);
            if (format != null && !format.fits(text, walk.strict())) {
                walk.report("format", expected(), "one that is not");
            }
        }

        private void checkLength(String text, Walk walk) {
            if (minLength == NONE && (maxLength == NONE || text.length() * 3L <= maxLength)) {
                return;
            }
            long length = Utf8.length(text);
            if (length < minLength) {
                walk.report(
                        "min-length",
                        "a string of at least " + minLength + " bytes in UTF-8",
                        Walk.count(length, "byte"));
            } else if (maxLength != NONE && length > maxLength) {
                walk.report(
                        "max-length",
                        "a string of at most " + maxLength + " bytes in UTF-8",
                        Walk.count(length, "byte"));
            }
        }

        private void checkGraphemes(String text, Walk walk) {
            if (minGraphemes != NONE) {
                int count = text.length() < minGraphemes ? text.length() : Graphemes.count(text);
                if (count < minGraphemes) {
                    walk.report("min-graphemes", "a string of at least " + minGraphemes + " graphemes", "fewer");
                }
            }
            if (maxGraphemes != NONE && !Graphemes.atMost(text, maxGraphemes)) {
                walk.report(
                        "max-graphemes",
                        "a string of at most " + maxGraphemes + " graphemes",
                        Walk.count(Graphemes.count(text), "grapheme"));
            }
        }

        @Override
        public String expected() {
            return format == null ? "a string" : "a string of the format " + format;
        }
    }

    /** A byte string. */
    record Bytes(long minLength, long maxLength) implements ScalarCheck {

        @Override
        public void check(LexValue value, Walk walk) {
            if (!(value instanceof LexBytes bytes)) {
                wrongKind(value, walk);
            } else if (bytes.size() < minLength) {
                walk.report("min-length", "at least " + minLength + " bytes", Walk.count(bytes.size(), "byte"));
            } else if (maxLength != NONE && bytes.size() > maxLength) {
                walk.report("max-length", "at most " + maxLength + " bytes", Walk.count(bytes.size(), "byte"));
            }
        }

        @Override
        public String expected() {
            return "bytes";
        }
    }

    /** A link by content. */
    record Link() implements ScalarCheck {

        @Override
        public void check(LexValue value, Walk walk) {
            if (!(value instanceof LexLink)) {
                wrongKind(value, walk);
            }
        }

        @Override
        public String expected() {
            return "a link";
        }
    }
}
