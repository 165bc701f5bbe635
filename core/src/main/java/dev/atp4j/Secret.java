// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;

/**
 * A string that must not be seen: a token, a password, a sign-in code.
 *
 * <p>Its {@link #toString()} tells nothing and it cannot be serialized; {@link #expose()} is the one way to the text.
 * Immutable and thread-safe.
 */
public final class Secret {

    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    /**
     * Wraps a text.
     *
     * @param text the secret text
     * @return the secret
     */
    public static Secret of(String text) {
        return new Secret(Objects.requireNonNull(text, "text"));
    }

    /**
     * Wraps the characters given. The caller may wipe its array afterwards.
     *
     * @param text the secret text
     * @return the secret
     */
    public static Secret of(char[] text) {
        return new Secret(new String(text));
    }

    /**
     * Returns the text itself. Search for calls of this method to see where secrets leave their box.
     *
     * @return the secret text
     */
    public String expose() {
        return text;
    }

    /** Compares in a time that does not depend on where the two texts differ. */
    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof Secret that
                        && MessageDigest.isEqual(
                                text.getBytes(StandardCharsets.UTF_8), that.text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** Returns the same text for every secret. */
    @Override
    public String toString() {
        return "Secret[***]";
    }
}
