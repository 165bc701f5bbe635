// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bafyreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku",
                "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku",
                "zdj7WhuEjrB52m1BisYCtmjH1hSKa7yZ3jEZ9JcXaFRD51wVz",
                "mAXESIA+="
            })
    void readsWhatTheGrammarAllows(String text) {
        assertThat(Cid.parse(text)).hasToString(text);
        assertThat(Cid.tryParse(text)).contains(new Cid(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|is of length 0, not 8 to 256",
                "bafyrei|is of length 7, not 8 to 256",
                "cid:bafyrei|has ':' at index 3, and only a-z, A-Z, 0-9, + and = may stand there",
                "bafy reihd|has U+0020 at index 4, and only a-z, A-Z, 0-9, + and = may stand there",
                "QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG|is of version 0, which the protocol does not use",
            })
    void refusesTheRestAndSaysWhy(String text, String rule) {
        assertThatThrownBy(() -> Cid.parse(text))
                .isInstanceOf(SyntaxException.class)
                .hasMessage("not a valid CID: \"" + text + "\" " + rule);
        assertThat(Cid.tryParse(text)).isEmpty();
    }

    @Test
    void has256CharactersAtMost() {
        assertThat(Cid.tryParse("b".repeat(256))).isPresent();
        assertThat(Cid.tryParse("b".repeat(257))).isEmpty();
    }
}
