// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NsidTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"com.example.getThing", "a.b.c", "a.0.c9", "org.4chan.x-y.Z", "xn--fiqs8s.x.y", "a-0.b-1.c"})
    void readsWhatTheGrammarAllows(String text) {
        assertThat(Nsid.parse(text)).hasToString(text);
        assertThat(Nsid.tryParse(text)).contains(new Nsid(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|has an empty label at index 0",
                "com|has fewer than three parts",
                "com.example|has fewer than three parts",
                "com.example.|has an empty label at index 12",
                "com..getThing|has an empty label at index 4",
                "0com.example.getThing|has '0' at index 0, and the first part starts with a letter",
                "com.example.0thing|has '0' at index 12, and the name starts with a letter",
                "com.example.get-thing|has '-' at index 15, and the name is made of a-z, A-Z and 0-9",
                "com.-example.thing|has '-' at index 4, where a label starts",
                "com.example-.thing|has '-' at index 11, where a label ends",
                "com.example.thing#main|has '#' at index 17, and labels are made of a-z, A-Z, 0-9 and hyphens",
                "com.example.*|has '*' at index 12, and labels are made of a-z, A-Z, 0-9 and hyphens",
            })
    void refusesTheRestAndSaysWhy(String text, String rule) {
        assertThatThrownBy(() -> Nsid.parse(text))
                .isInstanceOf(SyntaxException.class)
                .hasMessage("not a valid NSID: \"" + text + "\" " + rule);
        assertThat(Nsid.tryParse(text)).isEmpty();
    }

    @Test
    void has63CharactersInAPartAnd317InAllAtMost() {
        String part = "a".repeat(63);
        String longest = (part + ".").repeat(4) + "a".repeat(61);

        assertThat(longest).hasSize(317);
        assertThat(Nsid.tryParse(longest)).isPresent();
        assertThatThrownBy(() -> Nsid.parse(longest + "a")).hasMessageEndingWith("is longer than 317 characters");
        assertThatThrownBy(() -> Nsid.parse("com.example." + part + "a"))
                .hasMessageEndingWith("has a label of more than 63 characters at index 12");
    }

    @Test
    void isADomainInReverseAndAName() {
        Nsid nsid = Nsid.parse("com.atproto.server.getSession");

        assertThat(nsid.authority()).isEqualTo("server.atproto.com");
        assertThat(nsid.name()).isEqualTo("getSession");
    }
}
