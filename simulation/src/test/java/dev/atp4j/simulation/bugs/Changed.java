// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation.bugs;

import dev.atp4j.session.kernel.Ancestor;
import dev.atp4j.session.kernel.Attempt;
import dev.atp4j.session.kernel.Backoff;
import dev.atp4j.session.kernel.Healing;
import dev.atp4j.session.kernel.PendingDelete;
import dev.atp4j.session.kernel.SessionState;
import dev.atp4j.session.kernel.Status;
import dev.atp4j.session.store.EndReason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** States with something missing. */
final class Changed {

    private Changed() {}

    static SessionState withoutAttempt(SessionState s) {
        return copy(s, s.status(), s.reason(), null, s.backoff(), s.ancestors(), s.pendingDeletes(), s.healing());
    }

    static SessionState withoutBackoff(SessionState s) {
        return copy(
                s, s.status(), s.reason(), s.attempt(), Backoff.NONE, s.ancestors(), s.pendingDeletes(), s.healing());
    }

    static SessionState withoutAncestors(SessionState s) {
        return copy(s, s.status(), s.reason(), s.attempt(), s.backoff(), List.of(), s.pendingDeletes(), s.healing());
    }

    static SessionState withoutDeletes(SessionState s) {
        return s.pending(List.of());
    }

    static SessionState withoutChases(SessionState s) {
        return s.pending(s.pendingDeletes().stream()
                .map(p -> new PendingDelete(p.service(), p.refreshJwt(), false))
                .toList());
    }

    static SessionState withoutHealing(SessionState s) {
        return copy(s, s.status(), s.reason(), s.attempt(), s.backoff(), s.ancestors(), s.pendingDeletes(), null);
    }

    static SessionState dead(SessionState s) {
        return copy(
                s,
                Status.DEAD,
                EndReason.REVOKED,
                s.attempt(),
                s.backoff(),
                s.ancestors(),
                s.pendingDeletes(),
                s.healing());
    }

    private static SessionState copy(
            SessionState s,
            Status status,
            @Nullable EndReason reason,
            @Nullable Attempt attempt,
            Backoff backoff,
            List<Ancestor> ancestors,
            List<PendingDelete> deletes,
            @Nullable Healing healing) {
        return new SessionState(
                s.key(),
                s.version(),
                s.service(),
                s.pds(),
                s.profile(),
                status,
                reason,
                s.tokens(),
                attempt,
                backoff,
                ancestors,
                deletes,
                healing,
                s.openedAt());
    }
}
