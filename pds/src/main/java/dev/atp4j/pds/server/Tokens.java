// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds.server;

import dev.atp4j.data.DataException;
import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import dev.atp4j.syntax.Did;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Makes and verifies the two kinds of tokens: JWTs signed by HMAC-SHA-256. Thread-safe. */
final class Tokens {

    static final String ACCESS_TYPE = "at+jwt";
    static final String REFRESH_TYPE = "refresh+jwt";

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final SecretKeySpec key;
    private final Settings settings;

    Tokens(Settings settings) {
        this.key = new SecretKeySpec(settings.jwtSecret().expose().getBytes(StandardCharsets.UTF_8), "HmacSHA256");
        this.settings = settings;
    }

    /**
     * What a verified token says.
     *
     * @param subject the account's DID
     * @param scope what it allows
     * @param id its jti; null in access tokens
     */
    record Claims(String subject, String scope, @Nullable String id) {}

    /** Signs an access token. It has no id, so two of one second are the same. */
    String access(String audience, String did, String scope, Instant now) {
        LexMap claims = LexMap.builder()
                .put("scope", scope)
                .put("aud", audience)
                .put("sub", did)
                .put("iat", now.getEpochSecond())
                .put("exp", expiry(now, settings.accessLifetime()).getEpochSecond())
                .build();
        return sign(ACCESS_TYPE, claims);
    }

    /** Signs a refresh token with this id. */
    String refresh(String audience, String did, String id, Instant now) {
        LexMap claims = LexMap.builder()
                .put("scope", Scope.REFRESH)
                .put("aud", audience)
                .put("sub", did)
                .put("jti", id)
                .put("iat", now.getEpochSecond())
                .put("exp", refreshExpiry(now).getEpochSecond())
                .build();
        return sign(REFRESH_TYPE, claims);
    }

    /** Returns when a refresh token that is signed now expires: in whole seconds, as tokens count. */
    Instant refreshExpiry(Instant now) {
        return expiry(now, settings.refreshLifetime());
    }

    private static Instant expiry(Instant now, Duration lifetime) {
        return Instant.ofEpochSecond(now.getEpochSecond()).plusSeconds(lifetime.toSeconds());
    }

    /**
     * Verifies a token in the order of the reference server: form, signature, type, audience, expiry, subject, scope.
     *
     * @throws XrpcFailure if the token is not acceptable
     */
    Claims verify(
            String token,
            String type,
            Predicate<String> audience,
            Set<String> scopes,
            boolean allowExpired,
            Instant now) {
        LexMap claims = authentic(token, type)
                .filter(map -> map.getString("aud").filter(audience).isPresent())
                .orElseThrow(() -> XrpcFailure.invalidRequest("InvalidToken", "Token could not be verified"));
        long expiry = claims.getLong("exp").orElse(Long.MAX_VALUE);
        if (!allowExpired && expiry <= now.getEpochSecond()) {
            throw expired("Token has expired");
        }
        String subject = claims.getString("sub")
                .filter(sub -> Did.tryParse(sub).isPresent())
                .orElseThrow(() -> XrpcFailure.invalidRequest("InvalidToken", "Malformed token"));
        String scope = claims.getString("scope")
                .filter(scopes::contains)
                .orElseThrow(() -> XrpcFailure.invalidRequest("InvalidToken", "Bad token scope"));
        return new Claims(subject, scope, claims.getString("jti").orElse(null));
    }

    /** Returns the error for a token that was good once. */
    XrpcFailure expired(String message) {
        return new XrpcFailure(settings.expiredTokenAs401() ? 401 : 400, "ExpiredToken", message);
    }

    private Optional<LexMap> authentic(String token, String type) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            Base64.Decoder decoder = Base64.getUrlDecoder();
            byte[] expected = mac(parts[0] + "." + parts[1]);
            if (!MessageDigest.isEqual(expected, decoder.decode(parts[2]))) {
                return Optional.empty();
            }
            LexMap header = LexJson.parseMap(decoder.decode(parts[0]));
            if (header.getString("alg").filter("HS256"::equals).isEmpty()
                    || header.getString("typ").filter(type::equals).isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(LexJson.parseMap(decoder.decode(parts[1])));
        } catch (DataException e) {
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            // not base64
            return Optional.empty();
        }
    }

    private String sign(String type, LexMap claims) {
        String header = BASE64.encodeToString(
                ("{\"typ\":\"" + type + "\",\"alg\":\"HS256\"}").getBytes(StandardCharsets.UTF_8));
        String signed = header + "." + BASE64.encodeToString(LexJson.write(claims));
        return signed + "." + BASE64.encodeToString(mac(signed));
    }

    private byte[] mac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
