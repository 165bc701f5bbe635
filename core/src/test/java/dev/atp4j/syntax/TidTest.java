// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TidTest {

    @ParameterizedTest
    @ValueSource(strings = {"2222222222222", "3jzfcijpj2z2a", "7777777777777", "jzzzzzzzzzzzz"})
    void readsWhatTheGrammarAllows(String text) {
        assertThat(Tid.parse(text)).hasToString(text);
        assertThat(Tid.tryParse(text)).contains(new Tid(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|is of length 0, not 13",
                "3jzfcijpj2z2|is of length 12, not 13",
                "3jzfcijpj2z2aa|is of length 14, not 13",
                "3jzf-cij-pj2z|has '-' at index 4, and only 2-7 and a-z may stand there",
                "3jzfcijpj2z21|has '1' at index 12, and only 2-7 and a-z may stand there",
                "3jzfcijpj2z2A|has 'A' at index 12, and only 2-7 and a-z may stand there",
                "kjzfcijpj2z2a|has 'k' at index 0, and only 2-7 and a-j may stand first",
            })
    void refusesTheRestAndSaysWhy(String text, String rule) {
        assertThatThrownBy(() -> Tid.parse(text))
                .isInstanceOf(SyntaxException.class)
                .hasMessage("not a valid TID: \"" + text + "\" " + rule);
        assertThat(Tid.tryParse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 2222222222222",
        "0, 1, 2222222222223",
        "1, 0, 2222222222322",
        "9007199254740991, 1023, bzzzzzzzzzzzz",
    })
    void isMicrosecondsAndAClock(long micros, int clock, String text) {
        Tid tid = Tid.of(micros, clock);

        assertThat(tid).hasToString(text);
        assertThat(tid.clock()).isEqualTo(clock);
        assertThat(tid.toInstant()).isEqualTo(Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1000));
    }

    @Test
    void tellsTheTimeOfTheLastOneThereCanBe() {
        assertThat(Tid.parse("jzzzzzzzzzzzz").toInstant()).isEqualTo("2540-11-07T23:35:09.481983Z");
    }

    @Test
    void sortsByTimeAndThenByClock() {
        assertThat(Tid.of(7, 1023)).isLessThan(Tid.of(8, 0));
        assertThat(Tid.of(8, 0)).isLessThan(Tid.of(8, 1));
        assertThat(Tid.of(8, 1)).isEqualByComparingTo(Tid.of(8, 1));
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "9007199254740992, 0", "0, -1", "0, 1024"})
    void refusesNumbersOutOfRange(long micros, int clock) {
        assertThatIllegalArgumentException().isThrownBy(() -> Tid.of(micros, clock));
    }
}
