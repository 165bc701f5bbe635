// Generated from com.example.sync.authBasic by atp4j. Changes are lost.
package com.example.lex.com.example.sync;

import dev.atp4j.lex.Generated;

/** The permission set {@code com.example.sync.authBasic}. */
@Generated("com.example.sync.authBasic")
public final class AuthBasic {

    /** The name of the set, for a scope that includes it. */
    public static final String NSID = "com.example.sync.authBasic";

    private AuthBasic() {}
}
