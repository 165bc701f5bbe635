// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon;

import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexValue;

/** Objects of any type. */
record UnknownCheck() implements Check {

    @Override
    public void check(LexValue value, Walk walk) {
        if (!(value instanceof LexMap map)) {
            wrongKind(value, walk);
        } else if (walk.strict() && BlobCheck.isTyped(map)) {
            walk.report("kind", expected(), "a blob");
        }
    }

    @Override
    public String expected() {
        return "an object of any type";
    }
}
