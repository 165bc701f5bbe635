// Generated from com.example.* by atp4j. Changes are lost.
package com.example;

import com.example.lex.com.example.board.Card;
import dev.atp4j.lex.Generated;
import dev.atp4j.lex.RecordType;
import org.jspecify.annotations.NullMarked;

/** The methods and records of {@code com.example.*}. */
@NullMarked
@Generated("com.example")
public final class example {

    private example() {}

    /** The methods and records of {@code com.example.board.*}. */
    public static final class board {

        /** {@code com.example.board.card}, see {@link Card}. */
        public static final RecordType<Card> card = Card.TYPE;

        private board() {}
    }
}
