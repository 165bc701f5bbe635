// Generated from com.example.unspecced.defs by atp4j. Changes are lost.
package com.example.lex.com.example.unspecced;

import dev.atp4j.lex.Field;
import dev.atp4j.lex.Generated;
import dev.atp4j.lex.LexObject;
import dev.atp4j.lex.ObjectType;
import dev.atp4j.lex.Values;
import org.jspecify.annotations.Nullable;

/**
 * Deprecated. Use #thing, which is a lot better in each and every respect that anybody could think of.
 *
 * <p>The object {@code com.example.unspecced.defs#old}.
 *
 * <p>Experimental: the lexicon may change in any way at any time.
 *
 * @deprecated by its lexicon
 */
@Deprecated
@Generated("com.example.unspecced.defs")
public final class Old extends LexObject {

    /** The type {@code com.example.unspecced.defs#old}. */
    public static final ObjectType<Old> TYPE = new ObjectType<>(
            "com.example.unspecced.defs#old",
            new Old(Values.NONE),
            Field.of("x", Field.Kind.STRING));

    private Old(Values values) {
        super(values);
    }

    /** {@return {@code x}; null if it is absent} */
    public @Nullable String x() {
        return find(0, String.class);
    }

    @Override
    public ObjectType<Old> type() {
        return TYPE;
    }

    @Override
    protected Old create(Values values) {
        return new Old(values);
    }
}
