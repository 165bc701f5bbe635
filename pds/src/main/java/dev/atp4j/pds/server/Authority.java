// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds.server;

import dev.atp4j.pds.server.AccountRow.AppPassword;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who opens and renews sessions: a PDS for itself, or the entryway for the PDSs behind it. Guarded by the lock of the box. */
final class Authority {

    private final Box box;
    private final String did;
    final Tokens tokens;
    final RefreshTokens refreshTokens;

    Authority(Box box, String did) {
        this.box = box;
        this.did = did;
        this.tokens = new Tokens(box.settings());
        this.refreshTokens = new RefreshTokens(box.settings().refreshGrace());
    }

    /**
     * The two tokens of a session.
     *
     * @param access the access token
     * @param refresh the refresh token
     */
    record Pair(String access, String refresh) {

        /** Does not show the tokens. */
        @Override
        public String toString() {
            return "Pair[***]";
        }
    }

    /** Returns whom its refresh tokens are made for. */
    String did() {
        return did;
    }

    /** Opens a session. One of an account that is taken down is not stored, so that it cannot be renewed. */
    Pair open(AccountRow account, @Nullable AppPassword appPassword) {
        Instant now = box.time().now();
        String id = newId();
        if (!account.takenDown) {
            String name = appPassword == null ? null : appPassword.name();
            refreshTokens.store(new RefreshTokens.Row(id, account.did, tokens.refreshExpiry(now), null, name));
        }
        return pair(account, scope(account.takenDown, appPassword), id, now);
    }

    /** Renews a session, or returns empty if the refresh token is not good any more. */
    Optional<Pair> renew(AccountRow account, String id) {
        Instant now = box.time().now();
        return refreshTokens
                .rotate(account.did, id, now, this::newId, tokens.refreshExpiry(now))
                .map(row -> {
                    String name = row.appPassword();
                    AppPassword appPassword = name == null ? null : account.appPasswords.get(name);
                    return pair(account, scope(false, appPassword), row.id(), now);
                });
    }

    private Pair pair(AccountRow account, String scope, String id, Instant now) {
        return new Pair(
                tokens.access(account.home.did(), account.did, scope, now), tokens.refresh(did, account.did, id, now));
    }

    private static String scope(boolean takenDown, @Nullable AppPassword appPassword) {
        if (takenDown) {
            return Scope.TAKENDOWN;
        }
        if (appPassword == null) {
            return Scope.ACCESS;
        }
        return appPassword.privileged() ? Scope.APP_PASSWORD_PRIVILEGED : Scope.APP_PASSWORD;
    }

    /** 32 random bytes in standard base64 without padding, so that plus signs and slashes occur. */
    private String newId() {
        return Base64.getEncoder().withoutPadding().encodeToString(box.randomBytes(32));
    }
}
