// Generated from com.example.* by atp4j. Changes are lost.
package com.example;

import com.example.lex.com.example.unspecced.GetThing;
import dev.atp4j.lex.Generated;
import org.jspecify.annotations.NullMarked;

/** The methods and records of {@code com.example.*}. */
@NullMarked
@Generated("com.example")
public final class example {

    private example() {}

    /** The methods and records of {@code com.example.unspecced.*}. */
    public static final class unspecced {

        /** {@code com.example.unspecced.getThing}, see {@link GetThing}. */
        public static final GetThing getThing = GetThing.QUERY;

        private unspecced() {}
    }
}
