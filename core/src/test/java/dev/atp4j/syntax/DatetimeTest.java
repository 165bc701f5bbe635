// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatetimeTest {

    @ParameterizedTest
    @CsvSource({
        "2026-11-21T08:30:00.000Z, 2026-11-21T08:30:00Z",
        "2026-11-21T08:30:00Z, 2026-11-21T08:30:00Z",
        "2026-11-21T08:30:00.5Z, 2026-11-21T08:30:00.500Z",
        "2026-11-21T08:30:00.123456789Z, 2026-11-21T08:30:00.123456789Z",
        "2026-11-21T08:30:00.1234567899999Z, 2026-11-21T08:30:00.123456789Z",
        "2026-11-21T08:30:00.25+00:00, 2026-11-21T08:30:00.250Z",
        "2026-11-21T08:30:00+05:45, 2026-11-21T02:45:00Z",
        "2026-11-21T08:30:00-23:59, 2026-11-22T08:29:00Z",
        "2024-02-29T00:00:00Z, 2024-02-29T00:00:00Z",
        "2000-02-29T00:00:00Z, 2000-02-29T00:00:00Z",
        "0000-01-01T00:00:00Z, 0000-01-01T00:00:00Z",
        "0000-02-29T00:00:00Z, 0000-02-29T00:00:00Z",
        "0001-01-01T00:00:00.000Z, 0001-01-01T00:00:00Z",
        "1969-12-31T23:59:59.999Z, 1969-12-31T23:59:59.999Z",
        "9999-12-31T23:59:59.999Z, 9999-12-31T23:59:59.999Z",
        "0000-01-01T00:00:00-00:01, 0000-01-01T00:01:00Z",
    })
    void keepsItsTextAndTellsTheTime(String text, Instant instant) {
        Datetime datetime = Datetime.parse(text);

        assertThat(datetime).hasToString(text);
        assertThat(datetime.toInstant()).isEqualTo(instant);
        assertThat(Datetime.tryParse(text)).contains(datetime);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|ends early",
                "2026-11-21|ends early",
                "2026-11-21T08:30Z|has 'Z' at index 16, where ':' must stand",
                "2026-11-21T08:30:00|has no offset from UTC",
                "2026-11-21T08:30:00.5|has no offset from UTC",
                "2026-11-21T08:30:00.|has no offset from UTC",
                "2026-11-21T08:30:00.Z|has no digit after the point",
                "2026-11-21T08:30:00 Z|has U+0020 at index 19, where the offset from UTC must start",
                "2026-11-21T08:30:00z|has 'z' at index 19, where the offset from UTC must start",
                "2026-11-21t08:30:00Z|has 't' at index 10, where 'T' must stand",
                "2026-11-21 08:30:00Z|has U+0020 at index 10, where 'T' must stand",
                "` 2026-11-21T08:30:00Z`|has U+0020 at index 0, where a digit must stand",
                "`2026-11-21T08:30:00Z `|has U+0020 at index 20, after the end",
                "2026-11-21T08:30:00ZZ|has 'Z' at index 20, after the end",
                "-2026-11-21T08:30:00Z|has '-' at index 0, where a digit must stand",
                "12026-11-21T08:30:00Z|has '6' at index 4, where '-' must stand",
                "２026-11-21T08:30:00Z|has U+FF12 at index 0, where a digit must stand",
                "2026-11-21T08:30:00,5Z|has ',' at index 19, where the offset from UTC must start",
                "2026-11-21T08:30:00+01|has an offset that is not Z or hours and minutes such as +01:00",
                "2026-11-21T08:30:00+0100|has an offset that is not Z or hours and minutes such as +01:00",
                "2026-11-21T08:30:00+01:0|has an offset that is not Z or hours and minutes such as +01:00",
                "2026-11-21T08:30:00+01:000|has an offset that is not Z or hours and minutes such as +01:00",
                "2026-11-21T08:30:00+01-00|has an offset that is not Z or hours and minutes such as +01:00",
                "2026-11-21T08:30:00+0a:00|has an offset that is not Z or hours and minutes such as +01:00",
                "2026-11-21T08:30:00+24:00|has an offset that is not Z or hours and minutes such as +01:00",
                "2026-11-21T08:30:00+01:60|has an offset that is not Z or hours and minutes such as +01:00",
                "2026-11-21T08:30:00+|has an offset that is not Z or hours and minutes such as +01:00",
                "2026-11-21T08:30:00-00:00|has the offset -00:00",
                "2026-00-21T08:30:00Z|has a month that does not exist",
                "2026-13-21T08:30:00Z|has a month that does not exist",
                "2026-11-00T08:30:00Z|has a day that does not exist",
                "2026-11-31T08:30:00Z|has a day that does not exist",
                "2026-02-29T08:30:00Z|has a day that does not exist",
                "1900-02-29T08:30:00Z|has a day that does not exist",
                "2026-11-21T24:00:00Z|has a time of day that does not exist",
                "2026-11-21T08:60:00Z|has a time of day that does not exist",
                "2016-12-31T23:59:60Z|has a time of day that does not exist",
                "0000-01-01T00:00:00+00:01|is outside of the years 0000 to 9999 in UTC",
                "9999-12-31T23:59:59-00:01|is outside of the years 0000 to 9999 in UTC",
            })
    void refusesTheRestAndSaysWhy(String text, String rule) {
        assertThatThrownBy(() -> Datetime.parse(text))
                .isInstanceOf(SyntaxException.class)
                .hasMessage("not a valid datetime: \"" + text + "\" " + rule);
        assertThat(Datetime.tryParse(text)).isEmpty();
    }

    @Test
    void has64CharactersAtMost() {
        String decimals = "2026-11-21T08:30:00." + "1".repeat(43);

        assertThat(Datetime.tryParse(decimals + "Z")).isPresent();
        assertThatThrownBy(() -> Datetime.parse(decimals + "1Z")).hasMessageEndingWith("is longer than 64 characters");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-21T08:30:00Z, 2026-11-21T08:30:00.000Z",
        "2026-11-21T08:30:00.999999999Z, 2026-11-21T08:30:00.999Z",
        "0000-01-01T00:00:00Z, 0000-01-01T00:00:00.000Z",
        "9999-12-31T23:59:59.999Z, 9999-12-31T23:59:59.999Z",
        "1969-12-31T23:59:59.0005Z, 1969-12-31T23:59:59.000Z",
    })
    void writesMillisecondsAtAFixedWidth(Instant instant, String text) {
        assertThat(Datetime.of(instant)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource({"-0001-12-31T23:59:59.999Z", "+10000-01-01T00:00:00Z", "+1000000000-12-31T23:59:59.999999999Z"})
    void writesNoTimeOutsideOfFourDigitYears(Instant instant) {
        assertThatThrownBy(() -> Datetime.of(instant))
                .isInstanceOf(SyntaxException.class)
                .hasMessageEndingWith("is outside of the years 0000 to 9999 in UTC");
    }
}
