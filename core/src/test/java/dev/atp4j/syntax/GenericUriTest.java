// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GenericUriTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com/a?b=c#d",
                "at://alice.test/a.b.c/x",
                "did:web:alice.test",
                "mailto:alice@example.com",
                "file:///x",
                "HTTP://EXAMPLE.COM",
                "a+b-c.9:x",
                "go://?q",
                "x:/",
                "x:///"
            })
    void readsWhatTheGrammarAllows(String text) {
        assertThat(GenericUri.parse(text)).hasToString(text);
        assertThat(GenericUri.tryParse(text)).contains(new GenericUri(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|…|has no scheme",
                "example.com|…|has no scheme",
                "://example.com|:…|does not start with a letter",
                "1https://example.com|1https:…|does not start with a letter",
                "ht_tp://example.com|ht_tp:…|has '_' at index 2, and a scheme is made of a-z, A-Z, 0-9 and +-.",
                "x:|x:…|ends after its scheme",
                "https://|https:…|ends after its scheme",
                "x:a b|x:…|has U+0020 at index 3, where only visible ASCII may stand",
                "`x:a `|x:…|has U+0020 at index 3, where only visible ASCII may stand",
                "x:é|x:…|has U+00E9 at index 2, where only visible ASCII may stand",
            })
    void refusesTheRestAndSaysWhy(String text, String shown, String rule) {
        assertThatThrownBy(() -> GenericUri.parse(text))
                .isInstanceOf(SyntaxException.class)
                .hasMessage("not a valid URI: \"" + shown + "\" " + rule);
        assertThat(GenericUri.tryParse(text)).isEmpty();
    }

    @Test
    void has8192CharactersAtMost() {
        assertThat(GenericUri.tryParse("x:" + "y".repeat(8190))).isPresent();
        assertThat(GenericUri.tryParse("x:" + "y".repeat(8191))).isEmpty();
    }

    @Test
    void tellsItsScheme() {
        assertThat(GenericUri.parse("https://example.com:80").scheme()).isEqualTo("https");
    }

    @Test
    void showsNoPasswordInItsErrors() {
        assertThatThrownBy(() -> GenericUri.parse("https://alice:hunter2@example.com/ x"))
                .message()
                .doesNotContain("hunter2");
    }
}
