// Generated from com.example.shop.defs by atp4j. Changes are lost.
package com.example.lex.com.example.shop;

import dev.atp4j.lex.Generated;

/** The tokens of {@code com.example.shop.defs}. */
@Generated("com.example.shop.defs")
public final class Tokens {

    /** A kind of purple. */
    public static final String MAUVE = "com.example.shop.defs#mauve";

    private Tokens() {}
}
