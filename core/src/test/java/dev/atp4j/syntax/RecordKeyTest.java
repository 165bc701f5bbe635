// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordKeyTest {

    @ParameterizedTest
    @ValueSource(strings = {"self", "a", "...", "~1.2-3_:", "com.example.lexicon", "_", "3jzfcijpj2z2a"})
    void readsWhatTheGrammarAllows(String text) {
        assertThat(RecordKey.parse(text)).hasToString(text);
        assertThat(RecordKey.tryParse(text)).contains(new RecordKey(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|is empty",
                ".|is reserved",
                "..|is reserved",
                "a/b|has '/' at index 1, and only a-z, A-Z, 0-9 and .-_:~ may stand there",
                "a%20|has '%' at index 1, and only a-z, A-Z, 0-9 and .-_:~ may stand there",
                "dHI=|has '=' at index 3, and only a-z, A-Z, 0-9 and .-_:~ may stand there",
            })
    void refusesTheRestAndSaysWhy(String text, String rule) {
        assertThatThrownBy(() -> RecordKey.parse(text))
                .isInstanceOf(SyntaxException.class)
                .hasMessage("not a valid record key: \"" + text + "\" " + rule);
        assertThat(RecordKey.tryParse(text)).isEmpty();
    }

    @Test
    void has512CharactersAtMost() {
        assertThat(RecordKey.tryParse("k".repeat(512))).isPresent();
        assertThatThrownBy(() -> RecordKey.parse("k".repeat(513)))
                .hasMessageEndingWith("is longer than 512 characters");
    }

    @Test
    void mayBeATid() {
        assertThat(RecordKey.of(Tid.parse("3jzfcijpj2z2a"))).isEqualTo(RecordKey.parse("3jzfcijpj2z2a"));
    }
}
