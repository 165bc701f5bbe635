// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import dev.atp4j.session.kernel.SessionState;
import dev.atp4j.session.store.SessionKey;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/**
 * A session that is over here, or was replaced by a login, and that its server has not confirmed to have forgotten.
 *
 * @param key whose session it is
 * @param service the server that has to confirm, the first of them if there are several
 * @param tokens how many of its refresh tokens the server has yet to forget, at least 1
 * @param failures how often in a row the server did not confirm
 * @param why what the last failure was, for people; empty if there was none
 * @param nextTry how long the server is left alone from now on; zero if it may be asked at once
 */
public record PendingLogout(SessionKey key, URI service, int tokens, int failures, String why, Duration nextTry) {

    static PendingLogout of(SessionState state, Instant now) {
        // The backoff of an active session is that of its refreshes.
        boolean over = !state.active();
        return new PendingLogout(
                state.key(),
                state.pendingDeletes().get(0).service(),
                state.pendingDeletes().size(),
                over ? state.backoff().failures() : 0,
                over ? state.backoff().why() : "",
                state.deletesPause(now));
    }
}
