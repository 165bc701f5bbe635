// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.fuzz;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What has to hold, said in a sentence. */
public final class Must {

    /** A secret that stands for all. It is long enough for no part of it to come about by chance. */
    public static final String SECRET = "Kq7ZxW2mVtJ9pLr4NbHd";

    /** So much of a secret is too much. */
    private static final int TOLD = 6;

    private Must() {}

    /** What holds must hold. */
    public static void hold(boolean holds, String what) {
        if (!holds) {
            throw new Broken(what);
        }
    }

    /** Two readers must agree. */
    public static void agree(@Nullable Object one, @Nullable Object other, String what) {
        if (!Objects.equals(one, other)) {
            throw new Broken(what + ": " + shown(one) + " and " + shown(other));
        }
    }

    /** No text about a failure may give a part of the secret away. */
    public static void hide(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            hide(String.valueOf(cause));
            for (Throwable suppressed : cause.getSuppressed()) {
                hide(suppressed);
            }
        }
    }

    /** No text may give a part of the secret away. */
    public static void hide(String text) {
        for (int from = 0; from + TOLD <= SECRET.length(); from++) {
            if (text.contains(SECRET.substring(from, from + TOLD))) {
                throw new Broken("a secret is shown in: " + shown(text));
            }
        }
    }

    private static String shown(@Nullable Object value) {
        String text = String.valueOf(value);
        return text.length() <= 500 ? text : text.substring(0, 500) + "… (" + text.length() + " characters)";
    }
}
