// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon;

import dev.atp4j.data.LexBoolean;
import dev.atp4j.data.LexBytes;
import dev.atp4j.data.LexInteger;
import dev.atp4j.data.LexLink;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import org.jspecify.annotations.Nullable;

/** What messages call the kinds of values. */
final class Kind {

    private Kind() {}

    static String of(@Nullable LexValue value) {
        if (value == null) {
            return "nothing";
        } else if (value instanceof LexString) {
            return "a string";
        } else if (value instanceof LexInteger) {
            return "an integer";
        } else if (value instanceof LexBoolean) {
            return "a boolean";
        } else if (value instanceof LexList) {
            return "a list";
        } else if (value instanceof LexMap) {
            return "an object";
        } else if (value instanceof LexBytes) {
            return "bytes";
        } else if (value instanceof LexLink) {
            return "a link";
        }
        return "null";
    }
}
