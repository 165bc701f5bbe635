// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "en",
                "yue",
                "pt-BR",
                "pt-br",
                "es-419",
                "zh-Hant",
                "zh-Hant-TW",
                "zh-cmn-Hans-CN",
                "zh-min-nan",
                "sl-rozaj-biske-1994",
                "de-CH-1996",
                "en-a-bbb-x-a-ccc",
                "en-u-co-phonebk-t-en-us",
                "de-x-1-22-88888888",
                "x-whatever",
                "X-1",
                "i-klingon",
                "I-Klingon",
                "en-GB-oed",
                "sgn-BE-FR",
                "art-lojban"
            })
    void readsWhatTheGrammarAllows(String text) {
        assertThat(Language.parse(text)).hasToString(text);
        assertThat(Language.tryParse(text)).contains(new Language(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|has an empty subtag at index 0",
                "e|does not start with a language of two or three lower-case letters",
                "engl|does not start with a language of two or three lower-case letters",
                "english|does not start with a language of two or three lower-case letters",
                "EN|does not start with a language of two or three lower-case letters",
                "i-unknown|does not start with a language of two or three lower-case letters",
                "419|does not start with a language of two or three lower-case letters",
                "en-|has an empty subtag at index 3",
                "en--US|has an empty subtag at index 3",
                "en_US|has '_' at index 2, and subtags are made of a-z, A-Z and 0-9",
                "en-ü|has U+00FC at index 3, and subtags are made of a-z, A-Z and 0-9",
                "en-abcdefghi|has a subtag of more than 8 characters at index 3",
                "en-US-GB|has the subtag \"GB\" where it has no meaning",
                "en-Latn-Cyrl|has the subtag \"Cyrl\" where it has no meaning",
                "zh-aaa-bbb-ccc-ddd|has the subtag \"ddd\" where it has no meaning",
                "en-a|has nothing after the extension \"a\"",
                "en-a-b-cc|has nothing after the extension \"a\"",
                "en-x|has nothing after \"x\"",
                "x|has nothing after \"x\"",
                "de-1901-1901|has the variant \"1901\" twice",
                "sl-rozaj-ROZAJ|has the variant \"ROZAJ\" twice",
                "en-u-co-U-ca|has the extension \"U\" twice",
            })
    void refusesTheRestAndSaysWhy(String text, String rule) {
        assertThatThrownBy(() -> Language.parse(text))
                .isInstanceOf(SyntaxException.class)
                .hasMessage("not a valid language tag: \"" + text + "\" " + rule);
        assertThat(Language.tryParse(text)).isEmpty();
    }
}
