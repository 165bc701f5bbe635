// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon;

import dev.atp4j.data.LexValue;

/** A type of a lexicon in the form that values are checked against. Immutable and thread-safe. */
interface Check {

    /** Checks a value and reports what is wrong with it. */
    void check(LexValue value, Walk walk);

    /** Names what the value should be, such as {@code a string}. */
    String expected();

    /** Reports a value of the wrong kind. */
    default void wrongKind(LexValue value, Walk walk) {
        walk.report("kind", expected(), Kind.of(value));
    }
}
