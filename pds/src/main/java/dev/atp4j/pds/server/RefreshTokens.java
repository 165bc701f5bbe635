// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds.server;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The table of refresh tokens and the rules of rotation. Knows no clock; guarded by the lock of the box.
 *
 * <p>A token that is used does not die at once: its first use fixes a grace period, and every use within it leads to
 * the same successor.
 */
final class RefreshTokens {

    /** By account, then by jti. */
    private final Map<String, Map<String, Row>> rows = new HashMap<>();

    private final Duration grace;

    RefreshTokens(Duration grace) {
        this.grace = grace;
    }

    /**
     * A refresh token that is known to the server.
     *
     * @param id its jti
     * @param did the account
     * @param expiresAt when it ends; brought forward by its first use
     * @param successor the jti that it was rotated to, or null if it was never used
     * @param appPassword the name of the app password that it came from, or null
     */
    record Row(
            String id,
            String did,
            Instant expiresAt,
            @Nullable String successor,
            @Nullable String appPassword) {}

    private Map<String, Row> of(String did) {
        return rows.computeIfAbsent(did, key -> new LinkedHashMap<>());
    }

    /** Puts a row, unless there is one with this id: a successor that exists keeps its expiry. */
    void store(Row row) {
        of(row.did()).putIfAbsent(row.id(), row);
    }

    /**
     * Uses a token.
     *
     * @param did the account
     * @param id the token's jti
     * @param now the time
     * @param newId gives the successor's jti if this is the first use
     * @param newExpiry when a successor that starts its life now will end
     * @return the successor's row as it is stored, or empty if the token is not good any more
     */
    Optional<Row> rotate(String did, String id, Instant now, Supplier<String> newId, Instant newExpiry) {
        Map<String, Row> mine = of(did);
        if (!mine.containsKey(id)) {
            return Optional.empty();
        }
        // The reference server takes this chance to tidy up, and so the token itself goes if it has expired.
        mine.values().removeIf(row -> !row.expiresAt().isAfter(now));
        Row used = mine.get(id);
        if (used == null) {
            return Optional.empty();
        }
        String successor = used.successor() != null ? used.successor() : newId.get();
        Instant graceEnd = now.plus(grace);
        Instant end = graceEnd.isBefore(used.expiresAt()) ? graceEnd : used.expiresAt();
        if (end.isAfter(now)) {
            mine.put(id, new Row(id, did, end, successor, used.appPassword()));
        } else {
            // Without a grace period a used token is gone at once.
            mine.remove(id);
        }
        mine.putIfAbsent(successor, new Row(successor, did, newExpiry, null, used.appPassword()));
        return Optional.ofNullable(mine.get(successor));
    }

    /** Removes one token. */
    void revoke(String did, String id) {
        of(did).remove(id);
    }

    /** Removes all tokens of an account. */
    void revokeAll(String did) {
        rows.remove(did);
    }

    /** Removes all tokens that came from an app password. */
    void revokeAppPassword(String did, String name) {
        of(did).values().removeIf(row -> name.equals(row.appPassword()));
    }

    /** Returns the tokens of an account that are good now, oldest first. */
    List<Row> live(String did, Instant now) {
        return of(did).values().stream()
                .filter(row -> row.expiresAt().isAfter(now))
                .toList();
    }
}
