// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SyntaxExceptionTest {

    @Test
    void namesTheKindTheTextAndTheRule() {
        assertThat(new SyntaxException("handle", "alice", "has no dot"))
                .hasMessage("not a valid handle: \"alice\" has no dot");
    }

    @Test
    void shortensLongTexts() {
        assertThat(new SyntaxException("handle", "a".repeat(101), "is long"))
                .hasMessage("not a valid handle: \"" + "a".repeat(100) + "…\" is long");
        assertThat(new SyntaxException("handle", "a".repeat(100), "is long"))
                .hasMessage("not a valid handle: \"" + "a".repeat(100) + "\" is long");
    }

    @Test
    void writesNoLinesOfItsOwnIntoALog() {
        assertThat(new SyntaxException("handle", "a\r\n\u001b[31m", "is odd"))
                .hasMessage("not a valid handle: \"a\uFFFD\uFFFD\uFFFD[31m\" is odd");
    }

    @ParameterizedTest
    @ValueSource(strings = {"eyJhbGciOiJIUzI1NiJ9.e30.c2ln", "Bearer eyJhbGciOiJIUzI1NiJ9", "abcd-EFGH-2345-wxyz"})
    void hidesWhatLooksLikeATokenOrAnAppPassword(String secret) {
        assertThat(new SyntaxException("handle", secret, "is odd")).hasMessage("not a valid handle: \"…\" is odd");
    }
}
