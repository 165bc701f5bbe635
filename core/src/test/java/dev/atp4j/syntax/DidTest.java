// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DidTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "did:plc:ewvi7nxzyoun6zhxrhs64oiz",
                "did:web:blog.example",
                "did:web:localhost%3A8080",
                "did:a:b",
                "did:x:::y",
                "did:x:A-_.%20",
                "did:x:-"
            })
    void readsWhatTheGrammarAllows(String text) {
        assertThat(Did.parse(text)).hasToString(text).isEqualTo(new Did(text));
        assertThat(Did.tryParse(text)).contains(new Did(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|does not start with did:",
                "plc:abc|does not start with did:",
                "DID:plc:abc|does not start with did:",
                "did:|has no method",
                "did::abc|has no method",
                "did:plc|ends after its method",
                "did:plc:|ends after its method",
                "did:Plc:abc|has 'P' at index 4, and a method is made of a-z",
                "did:p1c:abc|has '1' at index 5, and a method is made of a-z",
                "did:plc:ab/c|has '/' at index 10, and only a-z, A-Z, 0-9 and ._:%- may stand there",
                "did:plc:abc#x|has '#' at index 11, and only a-z, A-Z, 0-9 and ._:%- may stand there",
                "did:plc:ü|has U+00FC at index 8, and only a-z, A-Z, 0-9 and ._:%- may stand there",
                "did:plc:abc:|ends with ':'",
                "did:plc:abc%|ends with '%'",
            })
    void refusesTheRestAndSaysWhy(String text, String rule) {
        assertThatThrownBy(() -> Did.parse(text))
                .isInstanceOf(SyntaxException.class)
                .hasMessage("not a valid DID: \"" + text + "\" " + rule);
        assertThat(Did.tryParse(text)).isEmpty();
    }

    @Test
    void has2048CharactersAtMost() {
        String longest = "did:x:" + "a".repeat(2042);

        assertThat(Did.tryParse(longest)).isPresent();
        assertThatThrownBy(() -> Did.parse(longest + "a")).hasMessageEndingWith("is longer than 2048 characters");
    }

    @Test
    void tellsItsMethodAndTheRest() {
        Did did = Did.parse("did:web:localhost%3A80:x");

        assertThat(did.method()).isEqualTo("web");
        assertThat(did.methodSpecificId()).isEqualTo("localhost%3A80:x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "did:plc:ewvi7nxzyoun6zhxrhs64oiz",
                "did:web:blog.example",
                "did:web:localhost",
                "did:web:localhost%3A8080",
                "did:web:localhost%3a1"
            })
    void isResolvableInTheFormsOfTheProtocol(String text) {
        assertThat(Did.parse(text).resolvable()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "did:key:zQ3shZc2QzApp2oymGvQbzP8eKheVshBHbU4ZYjeXqwSKEn6N",
                "did:plc:ewvi7nxzyoun6zhxrhs64oi",
                "did:plc:ewvi7nxzyoun6zhxrhs64oizz",
                "did:plc:Ewvi7nxzyoun6zhxrhs64oiz",
                "did:plc:1wvi7nxzyoun6zhxrhs64oiz",
                "did:web:blog.example:alice",
                "did:web:blog.example%3A443",
                "did:web:blog",
                "did:web:127.0.0.1",
                "did:web:localhost%3A",
                "did:web:localhost%3A123456",
                "did:web:localhost%3A80a"
            })
    void isNotResolvableOtherwise(String text) {
        assertThat(Did.parse(text).resolvable()).isFalse();
    }
}
