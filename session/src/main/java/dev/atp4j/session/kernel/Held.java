// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

import dev.atp4j.Secret;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * What one process holds of a session.
 *
 * @param state the newest state that it knows
 * @param saved whether the store has it; false while the store could not be written
 * @param ahead whether its tokens, too, are in no store. If not, an unsaved state only tells something of stored tokens, such
 *     as an attempt to refresh them
 */
public record Held(SessionState state, boolean saved, boolean ahead) {

    /** Returns a state that stands in the store. */
    public static Held inStore(SessionState state) {
        return new Held(state, true, false);
    }

    /** Returns a state that the store does not have yet, nor its tokens. */
    static Held onlyHere(SessionState state) {
        return new Held(state, false, true);
    }

    /** Returns a state that came from this one and is not stored yet. */
    Held with(SessionState next) {
        return new Held(next, false, ahead || !next.sameTokens(state));
    }

    /**
     * Returns the session with new tokens. While no store has those that they replace, no ancestor is let go, however old: one
     * of them is what the store holds, and tells who descends from whom.
     */
    SessionState rotated(Grant grant, @Nullable URI pds, Now now) {
        return (ahead ? state : state.inGrace(now)).rotated(grant, pds, now.time());
    }

    /** Returns the state as it is to be written next. */
    SessionState next() {
        return state.asVersion(state.version() + 1);
    }

    /**
     * Decides between what this process holds and what the store holds now. The result's version is always the store's,
     * so that it can be built upon.
     *
     * <p>The store wins unless what is held is certainly further: its tokens descend from the stored ones, or the store
     * lost the record, as it does when a backup is put back. Else a tombstone always wins, and takes tokens that it does not
     * know with it; so does a later login.
     */
    Held reconciledWith(@Nullable SessionState stored) {
        if (stored == null) {
            return onlyHere(state.asVersion(0));
        }
        if (!state.active()) {
            boolean lost = state.status() == Status.LOGGED_OUT && wentBack(stored);
            return saved && !lost ? inStore(stored) : tombstoneOver(stored);
        }
        return switch (stored.status()) {
            case LOGGED_OUT -> wentBack(stored) && cameAfter(stored) ? onTopOf(stored) : keepingDeletes(stored);
            // It was buried for the death of a token; if the successor is held here, it is alive.
            case DEAD -> ahead || wentBack(stored) ? onTopOf(stored) : inStore(stored);
            case ACTIVE -> {
                if (descendsFrom(stored)) {
                    yield onTopOf(stored);
                } else if (replacedBy(stored)) {
                    yield keepingDeletes(stored);
                }
                yield missedAttempt(stored) ? attemptedOn(stored) : inStore(stored);
            }
        };
    }

    /** Tells whether a refresh went unanswered of which the store knows nothing. */
    private boolean missedAttempt(SessionState stored) {
        return (!saved || wentBack(stored))
                && state.attempt() != null
                && stored.attempt() == null
                && state.sameTokens(stored);
    }

    private Held attemptedOn(SessionState stored) {
        return new Held(stored.attempted(state.attempt()), false, false);
    }

    private boolean descendsFrom(SessionState stored) {
        if (state.sameTokens(stored) || state.precedesOrEquals(stored)) {
            return false;
        }
        return stored.precedesOrEquals(state)
                || (!saved || wentBack(stored)) && state.generation() > stored.generation() && !replacedBy(stored);
    }

    /** Tells whether the store has lost what it held of this session: it has an earlier state of it, or an earlier login. */
    private boolean wentBack(SessionState stored) {
        return saved && stored.version() < state.version() && (sameLogin(stored) || cameAfter(stored));
    }

    /** Tells whether the stored session certainly comes from the same login. */
    private boolean sameLogin(SessionState stored) {
        return stored.openedAt() != null && stored.openedAt().equals(state.openedAt());
    }

    /** Tells whether the stored session comes from a login that was made after the one that this session comes from. */
    boolean replacedBy(SessionState stored) {
        Instant mine = state.openedAt();
        Instant theirs = stored.openedAt();
        return theirs != null && (mine == null || theirs.isAfter(mine)) && !state.sameTokens(stored);
    }

    /** Tells whether this session comes from a login that was certainly made after the one that the stored one comes from. */
    private boolean cameAfter(SessionState stored) {
        Instant mine = state.openedAt();
        Instant theirs = stored.openedAt();
        return theirs != null && mine != null && mine.isAfter(theirs);
    }

    private Held onTopOf(SessionState stored) {
        // An earlier login that a backup brought back may be alive; its tokens are nobody's, once they are written
        // over.
        return onlyHere(state.pending(cameAfter(stored) ? stored.everythingToDelete() : stored.pendingDeletes())
                .withHealing(Healing.later(state.healing(), stored.healing()))
                .asVersion(stored.version()));
    }

    /** A tombstone that the store missed: it ends what it was made for, but not a login that came later. */
    private Held tombstoneOver(SessionState stored) {
        boolean sameSession = sameLogin(stored)
                || wentBack(stored)
                || stored.version() == state.version()
                || stored.ancestors().stream().anyMatch(a -> toBeDeleted(a.refreshJwt()))
                || stored.tokens() != null && toBeDeleted(stored.current().refreshJwt());
        // A sibling may have taken the deleted tokens for a death; it was a logout all the same.
        return stored.status() == Status.DEAD || stored.active() && sameSession
                ? onlyHere(stored.loggedOut()).keepingDeletesOf(state)
                : keepingDeletes(stored);
    }

    private boolean toBeDeleted(Secret refreshJwt) {
        return state.pendingDeletes().stream().anyMatch(p -> Tokens.sameRefresh(p.refreshJwt(), refreshJwt));
    }

    /** Gives up what is held for what the store holds, but for what is still to be deleted. */
    Held keepingDeletes(SessionState stored) {
        return saved ? inStore(stored) : inStore(stored).keepingDeletesOf(state);
    }

    /** Adds what another state wants deleted and this one does not know of. */
    private Held keepingDeletesOf(SessionState other) {
        var all = new ArrayList<>(state.pendingDeletes());
        for (PendingDelete theirs : other.everythingToDelete()) {
            if (!toBeDeleted(theirs.refreshJwt())) {
                all.add(theirs);
            } else if (theirs.chase()) {
                all.replaceAll(p -> Tokens.sameRefresh(p.refreshJwt(), theirs.refreshJwt()) ? theirs : p);
            }
        }
        return all.equals(state.pendingDeletes()) ? this : with(state.pending(all));
    }
}
