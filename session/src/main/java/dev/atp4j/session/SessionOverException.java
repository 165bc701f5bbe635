// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import dev.atp4j.session.store.EndReason;
import dev.atp4j.session.store.SessionKey;

/** Thrown by a session that is over: logged out, revoked, expired. */
public final class SessionOverException extends SessionException {

    private static final long serialVersionUID = 1L;

    private final EndReason reason;

    /**
     * Creates an exception.
     *
     * @param key whose session it is
     * @param reason why it is over
     */
    public SessionOverException(SessionKey key, EndReason reason) {
        super(describe(key, reason), null);
        this.reason = reason;
    }

    private SessionOverException(String message, EndReason reason) {
        super(message, null);
        this.reason = reason;
    }

    /** Says what to do about a copy that came too late. */
    static SessionOverException ofCopy(SessionKey key, EndReason reason) {
        boolean outrun = reason == EndReason.REVOKED || reason == EndReason.LOST_ROTATION_SUSPECTED;
        String what = outrun
                ? "this copy of the session of " + key.did()
                        + " is too old, or the session was ended: the server does not know"
                        + " its refresh token any more, as is so two hours after another program has refreshed with it."
                        + " Nothing was stored; save the session anew where it is in use, or log in"
                : "this copy is of no use: " + describe(key, reason);
        return new SessionOverException(what, reason);
    }

    /**
     * Returns why the session is over.
     *
     * @return the reason
     */
    public EndReason reason() {
        return reason;
    }

    private static String describe(SessionKey key, EndReason reason) {
        String what = switch (reason) {
            case LOGGED_OUT -> "was logged out";
            case EXPIRED -> "expired: it was not used for longer than its refresh token lives";
            case REVOKED ->
                "was revoked by the server (a changed password, a revoked app password, a logout elsewhere, or"
                        + " another program that refreshed a copy of it)";
            case INVALID_TOKEN ->
                "has a refresh token that this service can't verify (another service's, or its keys changed)";
            case REFUSED -> "was refused by the server";
            case LOST_ROTATION_SUSPECTED ->
                "lost the answer to a refresh, and the time in which it could be recovered has passed";
            case ACCOUNT_DELETED -> "is over, because the account was deleted";
            case ACCOUNT_MOVED -> "is over, because the account moved to another server";
            case ACCOUNT_TAKEN_DOWN -> "is over, because the account was taken down";
        };
        return "the session of " + key.did() + " " + what + (reason.curedByLogin() ? "; log in again" : "");
    }
}
