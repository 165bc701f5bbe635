// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AtIdentifierTest {

    @Test
    void isADidOrAHandle() {
        assertThat(AtIdentifier.parse("did:web:alice.test")).isEqualTo(Did.parse("did:web:alice.test"));
        assertThat(AtIdentifier.parse("did.alice.test")).isEqualTo(Handle.parse("did.alice.test"));
        assertThat(AtIdentifier.tryParse("did:web:alice.test")).contains(Did.parse("did:web:alice.test"));
        assertThat(AtIdentifier.tryParse("alice.test")).contains(Handle.parse("alice.test"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "did:web", "DID:web:alice.test", "alice", "alice@mail.test", "@alice.test"})
    void isNothingElse(String text) {
        assertThat(AtIdentifier.tryParse(text)).isEmpty();
        assertThatThrownBy(() -> AtIdentifier.parse(text)).isInstanceOf(SyntaxException.class);
    }
}
