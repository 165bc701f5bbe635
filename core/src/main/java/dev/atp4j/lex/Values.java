// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lex;

import dev.atp4j.data.LexMap;
import org.jspecify.annotations.Nullable;

/** What an object holds, on its way into the object's constructor. Generated code passes it on and cannot look inside. */
public final class Values {

    /** For the object of a type that only serves to make others. */
    public static final Values NONE = new Values(new @Nullable Object[0], LexMap.empty());

    final @Nullable Object[] slots;
    final LexMap extra;

    Values(@Nullable Object[] slots, LexMap extra) {
        this.slots = slots;
        this.extra = extra;
    }
}
