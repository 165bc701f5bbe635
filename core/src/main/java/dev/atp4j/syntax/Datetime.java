// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.syntax;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A point in time as the protocol writes it, such as {@code 2026-11-21T08:30:00.000Z}. Keeps its text as it was read.
 *
 * <p>The grammar is what RFC 3339, ISO 8601 and HTML have in common: four digits of year, upper-case {@code T} and
 * {@code Z}, seconds, any number of decimals, an offset that is not {@code -00:00}; 64 characters in all at most. It has to
 * be a real time, in UTC within the years 0000 to 9999; leap seconds are none. Two datetimes are equal if their texts are:
 * compare {@link #toInstant()} for the time.
 *
 * @param value the datetime's text
 */
public record Datetime(String value) {

    private static final String PATTERN = "0000-00-00T00:00:00";
    private static final int MAX_LENGTH = 64;

    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final long FIRST_SECOND = -62_167_219_200L;
    private static final long LAST_SECOND = 253_402_300_799L;

    /**
     * Checks the text.
     *
     * @throws SyntaxException if the text is no datetime
     */
    public Datetime {
        String fault = fault(value);
        if (fault != null) {
            throw new SyntaxException("datetime", value, fault);
        }
    }

    /**
     * Reads a datetime.
     *
     * @param text the text to read
     * @return the datetime
     * @throws SyntaxException if the text is no datetime
     */
    public static Datetime parse(String text) {
        return new Datetime(text);
    }

    /**
     * Reads a datetime if the text is one.
     *
     * @param text the text to read
     * @return the datetime, or empty if the text is none
     */
    public static Optional<Datetime> tryParse(String text) {
        return fault(text) == null ? Optional.of(new Datetime(text)) : Optional.empty();
    }

    /**
     * Writes a time with three decimals and {@code Z}, the form that the protocol prefers. All texts made here have the same
     * length, so they sort by time.
     *
     * @param instant the time, cut to milliseconds
     * @return the datetime
     * @throws SyntaxException if it is outside of the years 0000 to 9999
     */
    public static Datetime of(Instant instant) {
        if (instant.getEpochSecond() < FIRST_SECOND || instant.getEpochSecond() > LAST_SECOND) {
            throw new SyntaxException("datetime", instant.toString(), "is outside of the years 0000 to 9999 in UTC");
        }
        return new Datetime(FORM.format(instant));
    }

    /**
     * Returns the time.
     *
     * @return the time, cut to nanoseconds
     */
    public Instant toInstant() {
        int offset = offsetStart(value);
        int nanos = 0;
        for (int i = 0; i < 9; i++) {
            int at = PATTERN.length() + 1 + i;
            nanos = nanos * 10 + (at < offset ? value.charAt(at) - '0' : 0);
        }
        return Instant.ofEpochSecond(epochSecond(value, offset), nanos);
    }

    /** Returns the datetime's text. */
    @Override
    public String toString() {
        return value;
    }

    private static @Nullable String fault(String text) {
        if (text.length() > MAX_LENGTH) {
            return "is longer than " + MAX_LENGTH + " characters";
        }
        for (int i = 0; i < PATTERN.length(); i++) {
            char expected = PATTERN.charAt(i);
            if (i == text.length()) {
                return "ends early";
            }
            char c = text.charAt(i);
            if (expected == '0' ? !Ascii.digit(c) : c != expected) {
                return Ascii.found(text, i) + ", where " + (expected == '0' ? "a digit" : "'" + expected + "'")
                        + " must stand";
            }
        }
        int offset = offsetStart(text);
        if (offset == text.length()) {
            return "has no offset from UTC";
        }
        if (offset == PATTERN.length() + 1) {
            return "has no digit after the point";
        }
        String fault = offsetFault(text, offset);
        if (fault != null) {
            return fault;
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        if (month < 1 || month > 12) {
            return "has a month that does not exist";
        }
        if (day < 1 || day > YearMonth.of(year, month).lengthOfMonth()) {
            return "has a day that does not exist";
        }
        if (number(text, 11, 13) > 23 || number(text, 14, 16) > 59 || number(text, 17, 19) > 59) {
            return "has a time of day that does not exist";
        }
        long second = epochSecond(text, offset);
        if (second < FIRST_SECOND || second > LAST_SECOND) {
            return "is outside of the years 0000 to 9999 in UTC";
        }
        return null;
    }

    /** Returns where the offset starts: after the seconds and their decimals, if there are any. */
    private static int offsetStart(String text) {
        int i = PATTERN.length();
        if (i < text.length() && text.charAt(i) == '.') {
            do {
                i++;
            } while (i < text.length() && Ascii.digit(text.charAt(i)));
        }
        return i;
    }

    private static @Nullable String offsetFault(String text, int start) {
        char sign = text.charAt(start);
        if (sign == 'Z') {
            return text.length() == start + 1 ? null : Ascii.found(text, start + 1) + ", after the end";
        }
        if (sign != '+' && sign != '-') {
            return Ascii.found(text, start) + ", where the offset from UTC must start";
        }
        boolean whole = text.length() == start + 6 && text.charAt(start + 3) == ':';
        for (int i = start + 1; whole && i < text.length(); i++) {
            whole = i == start + 3 || Ascii.digit(text.charAt(i));
        }
        if (!whole || number(text, start + 1, start + 3) > 23 || number(text, start + 4, start + 6) > 59) {
            return "has an offset that is not Z or hours and minutes such as +01:00";
        }
        return text.endsWith("-00:00") ? "has the offset -00:00" : null;
    }

    private static long epochSecond(String text, int offset) {
        long days = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10))
                .toEpochDay();
        long local = days * 86_400 + number(text, 11, 13) * 3600L + number(text, 14, 16) * 60L + number(text, 17, 19);
        if (text.charAt(offset) == 'Z') {
            return local;
        }
        long ahead = number(text, offset + 1, offset + 3) * 3600L + number(text, offset + 4, offset + 6) * 60L;
        return text.charAt(offset) == '+' ? local - ahead : local + ahead;
    }

    private static int number(String text, int start, int end) {
        int number = 0;
        for (int i = start; i < end; i++) {
            number = number * 10 + (text.charAt(i) - '0');
        }
        return number;
    }
}
