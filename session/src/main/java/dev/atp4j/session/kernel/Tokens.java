// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

import dev.atp4j.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One generation of tokens.
 *
 * @param generation our own number of this generation, higher than that of every earlier one: the version of the write
 *     that stored it, as a rule. The texts of two generations, and the times in them, can't be ordered: a token used again
 *     gives the same successor with a later time
 * @param accessJwt the access token
 * @param refreshJwt the refresh token
 * @param receivedAt when the answer that brought them came
 */
public record Tokens(long generation, Secret accessJwt, Secret refreshJwt, Instant receivedAt) {

    /** The scope of a login that is allowed in spite of a takedown; the server keeps no refresh token for it. */
    private static final String TAKEN_DOWN = "com.atproto.takendown";

    /** Checks the tokens. */
    public Tokens {
        checked(accessJwt);
        checked(refreshJwt);
    }

    /** Tells whether a text can be a token at all: whether a header can carry it. */
    static boolean wellFormed(String text) {
        boolean visible = !text.isEmpty();
        for (int i = 0; visible && i < text.length(); i++) {
            visible = text.charAt(i) > ' ' && text.charAt(i) < 127;
        }
        return visible;
    }

    /**
     * Returns a token that can be one.
     *
     * @throws IllegalArgumentException if it can't; the message does not show it
     */
    public static Secret checked(Secret token) {
        if (!wellFormed(token.expose())) {
            throw new IllegalArgumentException("a token is empty, or has characters that no token has");
        }
        return token;
    }

    /** Returns the refresh token's id, or null if the token does not show one. */
    public @Nullable String refreshJti() {
        return Jwt.read(refreshJwt).jti();
    }

    /** Returns how long the access token lives from its receipt, or null if it does not tell. */
    public @Nullable Duration lifetime() {
        return Jwt.read(accessJwt).lifetime();
    }

    /** Returns what the access token is good for, or null if it does not tell. */
    public @Nullable String scope() {
        return Jwt.read(accessJwt).scope();
    }

    /** Tells whether the server would know the refresh token. */
    public boolean refreshable() {
        return !TAKEN_DOWN.equals(scope());
    }

    /** Tells whether two refresh tokens stand for the same row at the server. */
    static boolean sameRefresh(Secret one, Secret other) {
        return sameRefreshAs(one).test(other);
    }

    /** Tells of any number of refresh tokens whether they stand for the same row at the server as this one. */
    static Predicate<Secret> sameRefreshAs(Secret one) {
        String jti = Jwt.read(one).jti();
        return other ->
                one.equals(other) || jti != null && jti.equals(Jwt.read(other).jti());
    }
}
