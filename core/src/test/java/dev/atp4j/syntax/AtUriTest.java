// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AtUriTest {

    @Test
    void hasAnAuthorityACollectionAndAKey() {
        AtUri uri = AtUri.parse("at://alice.test/app.bsky.feed.post/3jzfcijpj2z2a");

        assertThat(uri)
                .isEqualTo(new AtUri(
                        Handle.parse("alice.test"), Nsid.parse("app.bsky.feed.post"), RecordKey.parse("3jzfcijpj2z2a")))
                .hasToString("at://alice.test/app.bsky.feed.post/3jzfcijpj2z2a");
    }

    @Test
    void mayEndBeforeTheCollectionOrTheKey() {
        assertThat(AtUri.parse("at://did:web:alice.test"))
                .isEqualTo(new AtUri(Did.parse("did:web:alice.test"), null, null));
        assertThat(AtUri.parse("at://did:web:alice.test/a.b.c"))
                .isEqualTo(new AtUri(Did.parse("did:web:alice.test"), Nsid.parse("a.b.c"), null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "at://did:plc:abc",
                "at://alice.test/a.b.c",
                "at://alice.test/a.b.c/...",
                "at://alice.test/a.b.c/:",
                "at://did:x:%3A::-/a.b.c/~"
            })
    void keepsItsText(String text) {
        assertThat(AtUri.parse(text)).hasToString(text);
        assertThat(AtUri.tryParse(text)).contains(AtUri.parse(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://alice.test|does not start with at://",
                "AT://alice.test|does not start with at://",
                "at:alice.test|does not start with at://",
                "at://|has a wrong part: not a valid handle: \"\" has an empty label at index 0",
                "at://alice|has a wrong part: not a valid handle: \"alice\" has no dot",
                "at://alice.test/|has a wrong part: not a valid NSID: \"\" has an empty label at index 0",
                "at://alice.test/a.b|has a wrong part: not a valid NSID: \"a.b\" has fewer than three parts",
                "at://alice.test/a.b.c/|has a wrong part: not a valid record key: \"\" is empty",
                "at://alice.test/a.b.c/..|has a wrong part: not a valid record key: \"..\" is reserved",
                "at://alice.test/a.b.c/x/|has more than an authority, a collection and a record key",
                "at://alice.test/a.b.c/x/y/z|has more than an authority, a collection and a record key",
            })
    void refusesTheRestAndSaysWhy(String text, String rule) {
        assertThatThrownBy(() -> AtUri.parse(text))
                .isInstanceOf(SyntaxException.class)
                .hasMessage("not a valid AT URI: \"" + text + "\" " + rule);
        assertThat(AtUri.tryParse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"?q=1", "#/text", "#", " "})
    void hasNoQueryAndNoFragment(String more) {
        assertThat(AtUri.tryParse("at://alice.test" + more)).isEmpty();
        assertThat(AtUri.tryParse("at://alice.test/a.b.c" + more)).isEmpty();
        assertThat(AtUri.tryParse("at://alice.test/a.b.c/x" + more)).isEmpty();
    }

    @Test
    void refusesLongTextsWithoutReadingThem() {
        assertThatThrownBy(() -> AtUri.parse("at://" + "/".repeat(9000)))
                .hasMessageEndingWith("is longer than 8192 characters");
    }

    @Test
    void hasNoKeyWithoutACollection() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AtUri(Handle.parse("alice.test"), null, RecordKey.SELF));
    }
}
