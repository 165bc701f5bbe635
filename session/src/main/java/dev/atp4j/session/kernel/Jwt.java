// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

import dev.atp4j.Secret;
import dev.atp4j.data.DataException;
import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The claims of a token, read without verifying anything. Tokens are opaque by law: everything here is a hint, and any of
 * it may be missing or absurd.
 *
 * @param claims the claims, none if the token could not be read
 */
public record Jwt(LexMap claims) {

    /** A century, in seconds. Nothing that a server issues lasts longer; larger numbers are mistakes. */
    private static final long ABSURD = 100L * 365 * 24 * 3600;

    /** Reads a token's claims. */
    public static Jwt read(Secret token) {
        String[] parts = token.expose().split("\\.", -1);
        if (parts.length != 3) {
            return new Jwt(LexMap.empty());
        }
        try {
            return new Jwt(LexJson.parseMapLenient(Base64.getUrlDecoder().decode(parts[1])));
        } catch (DataException e) {
            return new Jwt(LexMap.empty());
        } catch (IllegalArgumentException e) {
            return new Jwt(LexMap.empty()); // no base64
        }
    }

    /** Returns the token's id; only refresh tokens have one. */
    public @Nullable String jti() {
        return claims.getString("jti").orElse(null);
    }

    /** Returns what the token is good for. */
    public @Nullable String scope() {
        return claims.getString("scope").orElse(null);
    }

    /** Returns the DID of the server that the token is for. */
    public @Nullable String audience() {
        return claims.getString("aud").orElse(null);
    }

    /** Returns whose token it is. */
    public @Nullable String subject() {
        return claims.getString("sub").orElse(null);
    }

    /** Returns when the token was issued, by the server's clock. */
    public @Nullable Instant issuedAt() {
        return seconds("iat").map(Instant::ofEpochSecond).orElse(null);
    }

    /** Returns how long the token lives from its issue, if it says so and the number makes sense. */
    public @Nullable Duration lifetime() {
        Optional<Long> issued = seconds("iat");
        Optional<Long> expires = seconds("exp");
        if (issued.isEmpty() || expires.isEmpty()) {
            return null;
        }
        long lifetime = expires.get() - issued.get();
        return lifetime > 0 && lifetime < ABSURD ? Duration.ofSeconds(lifetime) : null;
    }

    private Optional<Long> seconds(String claim) {
        return claims.getLong(claim).filter(s -> s > 0 && s < 100 * ABSURD);
    }
}
