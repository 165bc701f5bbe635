// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import dev.atp4j.session.store.EndReason;
import dev.atp4j.session.store.SessionKey;
import java.util.Optional;

/** Thrown by a session that is over: logged out, revoked, expired. */
public final class SessionOverException extends SessionException {

    private static final long serialVersionUID = 1L;

    private final EndReason reason;
    private final String healing;

    /**
     * Creates an exception.
     *
     * @param key whose session it is
     * @param reason why it is over
     */
    public SessionOverException(SessionKey key, EndReason reason) {
        this(key, reason, "");
    }

    /**
     * Creates an exception for a session that tried to log in again by itself.
     *
     * @param key whose session it is
     * @param reason why it is over
     * @param healing why logging in again did not help, or an empty string if it was not tried
     */
    public SessionOverException(SessionKey key, EndReason reason, String healing) {
        this(describe(key, reason, healing), reason, healing);
    }

    private SessionOverException(String message, EndReason reason, String healing) {
        super(message, null);
        this.reason = reason;
        this.healing = healing;
    }

    /** Says what to do about a copy that came too late. */
    static SessionOverException ofCopy(SessionKey key, EndReason reason) {
        boolean outrun = reason == EndReason.REVOKED || reason == EndReason.LOST_ROTATION_SUSPECTED;
        String what = outrun
                ? "this copy of the session of " + key.did()
                        + " is too old, or the session was ended: the server does not know"
                        + " its refresh token any more, as is so two hours after another program has refreshed with it."
                        + " Nothing was stored; save the session anew where it is in use, or log in"
                : "this copy is of no use: " + describe(key, reason, "");
        return new SessionOverException(what, reason, "");
    }

    /**
     * Returns why the session is over.
     *
     * @return the reason
     */
    public EndReason reason() {
        return reason;
    }

    /**
     * Returns why the session could not {@linkplain CredentialsProvider log in again by itself}.
     *
     * @return the reason, for people, or empty if that was not tried
     */
    public Optional<String> healing() {
        return healing.isEmpty() ? Optional.empty() : Optional.of(healing);
    }

    private static String describe(SessionKey key, EndReason reason, String healing) {
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
        return "the session of " + key.did() + " " + what
                + (healing.isEmpty() ? "" : ", and logging in again by itself did not help: " + healing)
                + (reason.curedByLogin() ? "; log in again" : "");
    }
}
