// Generated from com.example.* by atp4j. Changes are lost.
package com.example;

import com.example.lex.com.example.store.Put;
import dev.atp4j.lex.Generated;
import org.jspecify.annotations.NullMarked;

/** The methods and records of {@code com.example.*}. */
@NullMarked
@Generated("com.example")
public final class example {

    private example() {}

    /** The methods and records of {@code com.example.store.*}. */
    public static final class store {

        /** {@code com.example.store.put}, see {@link Put}. */
        public static final Put put = Put.PROCEDURE;

        private store() {}
    }
}
