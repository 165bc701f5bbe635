// Generated from com.example.* by atp4j. Changes are lost.
package com.example;

import com.example.lex.com.example.account.SignIn;
import com.example.lex.com.example.account.SignOut;
import com.example.lex.com.example.account.UploadPicture;
import dev.atp4j.lex.Generated;
import org.jspecify.annotations.NullMarked;

/** The methods and records of {@code com.example.*}. */
@NullMarked
@Generated("com.example")
public final class example {

    private example() {}

    /** The methods and records of {@code com.example.account.*}. */
    public static final class account {

        /** {@code com.example.account.signIn}, see {@link SignIn}. */
        public static final SignIn signIn = SignIn.PROCEDURE;

        /** {@code com.example.account.signOut}, see {@link SignOut}. */
        public static final SignOut signOut = SignOut.PROCEDURE;

        /** {@code com.example.account.uploadPicture}, see {@link UploadPicture}. */
        public static final UploadPicture uploadPicture = UploadPicture.UPLOAD;

        private account() {}
    }
}
