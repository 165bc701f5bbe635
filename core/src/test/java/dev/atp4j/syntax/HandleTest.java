// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HandleTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"alice.test", "a.b", "8.cn", "xn--bcher-kva.example", "A.B.C.d-0", "a--b.c", "0.1.2.org", "x.y9"
            })
    void readsWhatTheGrammarAllows(String text) {
        assertThat(Handle.parse(text)).hasToString(text);
        assertThat(Handle.tryParse(text)).contains(new Handle(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|has an empty label at index 0",
                "alice|has no dot",
                "alice.|has an empty label at index 6",
                ".test|has an empty label at index 0",
                "alice..test|has an empty label at index 6",
                "alice.test.|has an empty label at index 11",
                "-alice.test|has '-' at index 0, where a label starts",
                "alice-.test|has '-' at index 5, where a label ends",
                "-.test|has '-' at index 0, where a label starts",
                "alice.8th|has '8' at index 6, and the last label starts with a letter",
                "127.0.0.1|has '1' at index 8, and the last label starts with a letter",
                "al_ice.test|has '_' at index 2, and labels are made of a-z, A-Z, 0-9 and hyphens",
                "@alice.test|has '@' at index 0, and labels are made of a-z, A-Z, 0-9 and hyphens",
                "` alice.test`|has U+0020 at index 0, and labels are made of a-z, A-Z, 0-9 and hyphens",
                "аlice.test|has U+0430 at index 0, and labels are made of a-z, A-Z, 0-9 and hyphens",
                "😀.test|has U+1F600 at index 0, and labels are made of a-z, A-Z, 0-9 and hyphens",
            })
    void refusesTheRestAndSaysWhy(String text, String rule) {
        assertThatThrownBy(() -> Handle.parse(text))
                .isInstanceOf(SyntaxException.class)
                .hasMessage("not a valid handle: \"" + text + "\" " + rule);
        assertThat(Handle.tryParse(text)).isEmpty();
    }

    @Test
    void has63CharactersInALabelAnd253InAllAtMost() {
        String label = "a".repeat(63);
        String longest = (label + ".").repeat(3) + "a".repeat(61);

        assertThat(longest).hasSize(253);
        assertThat(Handle.tryParse(longest)).isPresent();
        assertThatThrownBy(() -> Handle.parse(longest + "a")).hasMessageEndingWith("is longer than 253 characters");
        assertThatThrownBy(() -> Handle.parse("x." + label + "a"))
                .hasMessageEndingWith("has a label of more than 63 characters at index 2");
    }

    @Test
    void isComparedInLowerCase() {
        Handle handle = Handle.parse("Alice.TEST");

        assertThat(handle).isNotEqualTo(Handle.parse("alice.test"));
        assertThat(handle.normalise()).isEqualTo(Handle.parse("alice.test"));

        Handle normal = handle.normalise();
        assertThat(normal.normalise()).isSameAs(normal);
    }

    @Test
    void knowsThePlaceholderOfABrokenHandle() {
        assertThat(Handle.parse("handle.invalid").isInvalid()).isTrue();
        assertThat(Handle.parse("Handle.Invalid").isInvalid()).isTrue();
        assertThat(Handle.parse("alice.invalid").isInvalid()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "a.local, true",
        "a.Localhost, true",
        "a.ONION, true",
        "a.example, true",
        "a.b.internal, true",
        "a.test, false",
        "local.com, false",
        "a.notlocal, false"
    })
    void knowsTopLevelDomainsThatNobodyMayRegister(String text, boolean disallowed) {
        assertThat(Handle.parse(text).hasDisallowedTld()).isEqualTo(disallowed);
    }
}
