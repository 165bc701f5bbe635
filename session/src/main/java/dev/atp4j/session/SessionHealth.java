// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import dev.atp4j.session.kernel.SessionState;
import dev.atp4j.session.kernel.Status;
import dev.atp4j.session.store.EndReason;
import dev.atp4j.session.store.SessionKey;
import dev.atp4j.session.store.StoreException;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * How a stored session is doing, as its record tells: for people and their monitoring. It holds no token.
 *
 * <p>Times are those of the service, as far as the process that wrote them had learned them from its answers, and else those of
 * that process's machine. They inform; nothing is decided by them.
 *
 * @param key whose session it is
 * @param state where it stands
 * @param service where the session was opened; empty if the record can't be read
 * @param pds where the account's data lives; empty if that is not known, and calls go to the service
 * @param handle the account's handle as the service last gave it
 * @param reason why the session is over; empty if it is not
 * @param openedAt when the login was; empty for a session that was opened elsewhere, or by an older release
 * @param refreshedAt when the current tokens came; empty if the session is over
 * @param nextRefresh when it is to be refreshed, or to be tried again; empty if it never is
 * @param failures how many refreshes, or tries to finish a logout, failed in a row
 * @param unanswered whether a refresh was begun whose result is not known
 * @param why what the last of the failures was, or why the record can't be read; empty if nothing is wrong
 * @param pendingDeletes how many refresh tokens the service has yet to forget
 */
public record SessionHealth(
        SessionKey key,
        State state,
        Optional<URI> service,
        Optional<URI> pds,
        Optional<String> handle,
        Optional<EndReason> reason,
        Optional<Instant> openedAt,
        Optional<Instant> refreshedAt,
        Optional<Instant> nextRefresh,
        int failures,
        boolean unanswered,
        String why,
        int pendingDeletes) {

    /** Where a session stands. */
    public enum State {
        /** In use. */
        ACTIVE,
        /** Over, for the {@linkplain SessionHealth#reason() reason} given. */
        DEAD,
        /** Logged out. */
        LOGGED_OUT,
        /** Not known: what is stored can't be read, for the cause {@linkplain SessionHealth#why() given}. It is left as it is. */
        UNREADABLE
    }

    static SessionHealth of(SessionState state) {
        return new SessionHealth(
                state.key(),
                state(state.status()),
                Optional.of(state.service()),
                Optional.ofNullable(state.pds()),
                Optional.ofNullable(state.profile().handle()),
                Optional.ofNullable(state.reason()),
                Optional.ofNullable(state.openedAt()),
                Optional.ofNullable(state.tokens()).map(tokens -> tokens.receivedAt()),
                Optional.ofNullable(state.nextRefresh()),
                state.backoff().failures(),
                state.attempt() != null,
                state.backoff().why(),
                state.pendingDeletes().size());
    }

    private static State state(Status status) {
        return switch (status) {
            case ACTIVE -> State.ACTIVE;
            case DEAD -> State.DEAD;
            case LOGGED_OUT -> State.LOGGED_OUT;
        };
    }

    static SessionHealth unreadable(SessionKey key, StoreException problem) {
        return new SessionHealth(
                key,
                State.UNREADABLE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                false,
                String.valueOf(problem.getMessage()),
                0);
    }
}
