// Generated from com.example.* by atp4j. Changes are lost.
package com.example;

import com.example.lex.com.example.sync.Subscribe;
import dev.atp4j.lex.Generated;
import org.jspecify.annotations.NullMarked;

/** The methods and records of {@code com.example.*}. */
@NullMarked
@Generated("com.example")
public final class example {

    private example() {}

    /** The methods and records of {@code com.example.sync.*}. */
    public static final class sync {

        /** {@code com.example.sync.subscribe}, see {@link Subscribe}. */
        public static final Subscribe subscribe = Subscribe.SUBSCRIPTION;

        private sync() {}
    }
}
