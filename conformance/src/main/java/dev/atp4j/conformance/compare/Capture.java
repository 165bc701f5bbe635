// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance.compare;

import dev.atp4j.conformance.Tokens;
import dev.atp4j.data.LexMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads the tokens that a server gives to a program, and changes nothing. */
final class Capture implements UnaryOperator<LexMap> {

    private volatile @Nullable Tokens tokens;

    @Override
    public LexMap apply(LexMap body) {
        tokens = new Tokens(body);
        return body;
    }

    Tokens tokens() {
        Tokens seen = tokens;
        if (seen == null) {
            throw new IllegalStateException("no tokens were given out");
        }
        return seen;
    }
}
