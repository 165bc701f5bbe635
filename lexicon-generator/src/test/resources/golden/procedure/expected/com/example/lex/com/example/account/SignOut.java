// Generated from com.example.account.signOut by atp4j. Changes are lost.
package com.example.lex.com.example.account;

import dev.atp4j.lex.Generated;
import dev.atp4j.lex.Nothing;
import dev.atp4j.lex.ObjectType;
import dev.atp4j.lex.Procedure;
import org.jspecify.annotations.Nullable;

/** The procedure {@code com.example.account.signOut}. */
@Generated("com.example.account.signOut")
public final class SignOut extends Procedure<Nothing, Nothing.Builder, Void> {

    /** The procedure. */
    public static final SignOut PROCEDURE = new SignOut();

    private SignOut() {
        super("com.example.account.signOut", null);
    }

    @Override
    public ObjectType<Nothing> input() {
        return Nothing.TYPE;
    }

    @Override
    public @Nullable ObjectType<?> output() {
        return null;
    }
}
