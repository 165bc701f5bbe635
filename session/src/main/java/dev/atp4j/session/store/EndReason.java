// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.store;

/** Why a session is over. */
public enum EndReason {
    /** Somebody logged out, here or in another process that shares the store. */
    LOGGED_OUT(false),
    /** The refresh token's own time is over: nobody used the session for months. */
    EXPIRED(true),
    /** The server revoked the session: a new password, a revoked app password, a logout elsewhere. */
    REVOKED(true),
    /** The server can't verify the refresh token: it changed its keys, or is not the server that issued it. */
    INVALID_TOKEN(true),
    /** The server refuses the session without saying more, and did so again when asked again. */
    REFUSED(true),
    /**
     * The server rejects the refresh token after an earlier refresh whose answer never came: its result was probably
     * lost on the way, and the time in which it could be recovered has passed.
     */
    LOST_ROTATION_SUSPECTED(true),
    /** The account was deleted. */
    ACCOUNT_DELETED(false),
    /** The account lives on another server now; a login there is needed. */
    ACCOUNT_MOVED(true),
    /** The account was taken down by its server; its sessions do not come back when it is restored. */
    ACCOUNT_TAKEN_DOWN(false);

    private final boolean curedByLogin;

    EndReason(boolean curedByLogin) {
        this.curedByLogin = curedByLogin;
    }

    /**
     * Tells whether a new login with the same credentials may help.
     *
     * @return false where a login is unwanted or would be refused
     */
    public boolean curedByLogin() {
        return curedByLogin;
    }
}
