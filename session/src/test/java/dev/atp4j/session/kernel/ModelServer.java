// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

import dev.atp4j.Secret;
import dev.atp4j.data.LexMap;
import dev.atp4j.session.store.EndReason;
import dev.atp4j.syntax.Did;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A server that rotates refresh tokens as real ones do: two hours of grace from the first use, a stable successor. */
final class ModelServer {

    static final Did DID = Did.parse("did:plc:ewvi7nxzyoun6zhxrhs64oiz");

    private static final Duration GRACE = Duration.ofHours(2);
    private static final Duration LIFETIME = Duration.ofDays(90);

    private static final class Row {
        Instant expiresAt;

        @Nullable
        String next;

        Row(Instant expiresAt) {
            this.expiresAt = expiresAt;
        }
    }

    private final Map<String, Row> rows = new HashMap<>();
    private int counter;
    int refreshes;

    /** Opens a session. */
    Grant login(Instant now) {
        String jti = "t" + counter++;
        rows.put(jti, new Row(now.plus(LIFETIME)));
        return grant(jti, now);
    }

    /** Answers refreshSession. */
    RefreshVerdict refresh(Secret refreshJwt, Instant now) {
        refreshes++;
        rows.values().removeIf(row -> !row.expiresAt.isAfter(now));
        Row row = rows.get(jti(refreshJwt));
        if (row == null) {
            return new RefreshVerdict.TokenDead(EndReason.REVOKED);
        }
        Instant graceEnd = now.plus(GRACE);
        row.expiresAt = row.expiresAt.isBefore(graceEnd) ? row.expiresAt : graceEnd;
        if (row.next == null) {
            row.next = "t" + counter++;
        }
        rows.putIfAbsent(row.next, new Row(now.plus(LIFETIME)));
        return new RefreshVerdict.Rotated(grant(row.next, now));
    }

    /** Answers deleteSession. */
    DeleteVerdict delete(Secret refreshJwt) {
        rows.remove(jti(refreshJwt));
        return new DeleteVerdict.Gone();
    }

    /** Kills every session, as a change of the password does. */
    void revokeAll() {
        rows.clear();
    }

    boolean honours(Secret refreshJwt, Instant now) {
        Row row = rows.get(jti(refreshJwt));
        return row != null && row.expiresAt.isAfter(now);
    }

    /** Tells whether anybody could still get tokens here. */
    boolean anyAlive(Instant now) {
        return rows.values().stream().anyMatch(row -> row.expiresAt.isAfter(now));
    }

    static String jti(Secret token) {
        String jti = Jwt.read(token).jti();
        return jti == null ? "" : jti;
    }

    private Grant grant(String jti, Instant now) {
        LexMap empty = LexMap.empty();
        return new Grant(DID, token("access-" + counter++, now), token(jti, now), Profile.read(empty));
    }

    static Secret token(String jti, Instant now) {
        String claims = "{\"jti\":\"" + jti + "\",\"iat\":" + now.getEpochSecond() + ",\"exp\":"
                + (now.getEpochSecond() + 7200) + "}";
        return Secret.of(base64("{\"alg\":\"HS256\"}") + "." + base64(claims) + ".c2ln");
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
