// Generated from com.example.shop.defs by atp4j. Changes are lost.
package com.example.lex.com.example.shop;

import dev.atp4j.lex.Generated;

/** Values of {@code com.example.shop.defs}. */
@Generated("com.example.shop.defs")
public final class Color {

    /** {@code red}. */
    public static final String RED = "red";

    /** {@code dark-green}. */
    public static final String DARK_GREEN = "dark-green";

    /** {@code !none}. */
    public static final String NONE = "!none";

    /** {@code com.example.shop.defs#mauve}. */
    public static final String MAUVE = "com.example.shop.defs#mauve";

    private Color() {}
}
