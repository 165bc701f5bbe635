// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

import dev.atp4j.Secret;
import dev.atp4j.session.store.EndReason;
import dev.atp4j.session.store.SessionKey;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All that is to be known of a session, as it stands in the store. Immutable; every change gives a new state.
 *
 * @param key whose session it is
 * @param version the number of the write that this state came from; 0 if it never was in a store
 * @param service where the session was opened, and the only place that its refresh token goes to
 * @param pds where the account's data lives, or null if that is not known; calls then go to the service
 * @param profile what the servers told about the account
 * @param status where the session stands
 * @param reason why it is over, or null if it is not
 * @param tokens the current tokens; null when the session is over
 * @param attempt a refresh whose result is not known, or null
 * @param backoff when a failed refresh may be tried again
 * @param ancestors refresh tokens that may be in their grace, oldest first
 * @param pendingDeletes what the server has yet to forget, in the order in which it must be told
 * @param healing the last login that the session made by itself, or null
 * @param openedAt when the login was, for people; null if that is not known
 */
public record SessionState(
        SessionKey key,
        long version,
        URI service,
        @Nullable URI pds,
        Profile profile,
        Status status,
        @Nullable EndReason reason,
        @Nullable Tokens tokens,
        @Nullable Attempt attempt,
        Backoff backoff,
        List<Ancestor> ancestors,
        List<PendingDelete> pendingDeletes,
        @Nullable Healing healing,
        @Nullable Instant openedAt) {

    /** How long whoever has begun something is given to finish it, before others look after it. */
    private static final Duration UNFINISHED = Duration.ofMinutes(1);

    /** When to refresh an access token that does not tell how long it lives. */
    private static final Duration OPAQUE = Duration.ofHours(1);

    /** The part of an access token's life that it is refreshed before its end. */
    private static final int MARGIN_PART = 12;

    /** More ancestors than this in one grace means that somebody refreshes in a loop; the oldest are let go. */
    private static final int MOST_ANCESTORS = 64;

    /** Copies the lists. */
    public SessionState {
        ancestors = List.copyOf(ancestors);
        pendingDeletes = List.copyOf(pendingDeletes);
    }

    /** Returns the state of a session that has just been opened. */
    public static SessionState opened(SessionKey key, URI service, @Nullable URI pds, Profile profile, Tokens tokens) {
        return first(key, service, pds, profile, tokens, tokens.receivedAt());
    }

    /** Returns the state of a session that was opened somewhere else, some time. */
    public static SessionState copied(SessionKey key, URI service, @Nullable URI pds, Profile profile, Tokens tokens) {
        return first(key, service, pds, profile, tokens, null);
    }

    private static SessionState first(
            SessionKey key,
            URI service,
            @Nullable URI pds,
            Profile profile,
            Tokens tokens,
            @Nullable Instant openedAt) {
        return new SessionState(
                key,
                0,
                service,
                pds,
                profile,
                Status.ACTIVE,
                null,
                tokens,
                null,
                Backoff.NONE,
                List.of(),
                List.of(),
                null,
                openedAt);
    }

    /** Tells whether the session is in use. */
    public boolean active() {
        return status == Status.ACTIVE;
    }

    /** Returns the tokens of an active session. */
    public Tokens current() {
        if (tokens == null) {
            throw new IllegalStateException("a session that is over has no tokens: " + key);
        }
        return tokens;
    }

    /** Returns the generation of the tokens, or 0 if there are none. */
    public long generation() {
        return tokens == null ? 0 : tokens.generation();
    }

    /** Tells whether this state's refresh token is the same as, or an ancestor of, the other's. */
    boolean precedesOrEquals(SessionState other) {
        if (tokens == null || other.tokens == null) {
            return false;
        }
        Predicate<Secret> mine = Tokens.sameRefreshAs(tokens.refreshJwt());
        return mine.test(other.tokens.refreshJwt())
                || other.ancestors.stream().map(Ancestor::refreshJwt).anyMatch(mine);
    }

    /** Tells whether the two states hold the same refresh token. */
    public boolean sameTokens(SessionState other) {
        return tokens != null
                && other.tokens != null
                && Tokens.sameRefresh(tokens.refreshJwt(), other.tokens.refreshJwt());
    }

    /**
     * Returns when somebody should look after the session, counted from now: to refresh it before its access token runs out,
     * to try again what failed, or to take up what a process that died may have left.
     *
     * @param now the time of this write
     * @return the time, or null if nothing is to be done
     */
    @Nullable
    Duration due(Instant now) {
        Duration refresh = refreshDue(now);
        if (pendingDeletes.isEmpty()) {
            return refresh;
        }
        Duration deletes = active() ? UNFINISHED : longer(UNFINISHED, backoff.remaining(now));
        return refresh == null || deletes.compareTo(refresh) < 0 ? deletes : refresh;
    }

    private @Nullable Duration refreshDue(Instant now) {
        if (unfinished()) {
            // Whoever writes this down is about to send it, perhaps not for the first time.
            return refreshable() ? UNFINISHED : null;
        }
        Wait wait = refreshWait();
        return wait == null ? null : wait.left(now);
    }

    /** A time that has to pass. */
    private record Wait(Instant since, Duration length) {

        /** Returns what is left of it, never more than all of it, however clocks have jumped. */
        Duration left(Instant now) {
            Duration left = length.minus(Duration.between(since, now));
            return left.isNegative() ? Duration.ZERO : left.compareTo(length) < 0 ? left : length;
        }
    }

    /** Tells what has to pass before the next refresh, or null if there will be none. */
    private @Nullable Wait refreshWait() {
        if (tokens == null || !refreshable()) {
            return null;
        }
        if (backoff.failures() > 0) {
            return new Wait(backoff.since(), backoff.pause());
        }
        if (attempt != null) {
            return new Wait(attempt.startedAt(), UNFINISHED);
        }
        Duration lifetime = tokens.lifetime();
        return new Wait(
                tokens.receivedAt(), lifetime == null ? OPAQUE : lifetime.minus(lifetime.dividedBy(MARGIN_PART)));
    }

    private boolean refreshable() {
        return tokens != null && tokens.refreshable();
    }

    /** Tells whether a refresh was begun of which nothing is known yet. */
    private boolean unfinished() {
        return attempt != null && backoff.failures() == 0;
    }

    /**
     * Tells what a claimed record is due for.
     *
     * @param due what the record said about when it would be due
     */
    public Chore chore(Duration due) {
        if (pendingDeletes.isEmpty()) {
            return refreshable() ? Chore.REFRESH : Chore.NONE;
        }
        boolean sooner = due.compareTo(UNFINISHED) < 0 || unfinished() && due.equals(UNFINISHED);
        return refreshable() && sooner ? Chore.REFRESH : Chore.DELETES;
    }

    /** Returns when the next refresh is expected, by the clock of who wrote the state; null if there will be none. */
    public @Nullable Instant nextRefresh() {
        Wait wait = refreshWait();
        return wait == null ? null : wait.since().plus(wait.length());
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** Returns this state as the successor of the version given. */
    public SessionState asVersion(long version) {
        var next = new Draft(this);
        next.version = version;
        return next.state();
    }

    /** Returns the state with a refresh begun, or begun once more. */
    SessionState attempting(Instant now) {
        return with(begun(now), backoff);
    }

    /** Returns the state with an attempt that the store missed. */
    SessionState attempted(@Nullable Attempt missed) {
        return with(missed, backoff);
    }

    /** Returns the attempt under way, or one that begins now. */
    private Attempt begun(Instant now) {
        return attempt == null ? new Attempt(now, 0) : attempt;
    }

    /** Returns the state with the new tokens installed. */
    SessionState rotated(Grant grant, @Nullable URI newPds, Instant now) {
        Tokens old = current();
        Secret refresh = grant.refreshJwt() == null ? old.refreshJwt() : grant.refreshJwt();
        var next = new Tokens(Math.max(old.generation(), version) + 1, grant.accessJwt(), refresh, now);
        Predicate<Secret> unchanged = Tokens.sameRefreshAs(refresh);
        List<Ancestor> older = new ArrayList<>();
        for (Ancestor a : ancestors) {
            if (!unchanged.test(a.refreshJwt())) {
                older.add(a);
            }
        }
        if (!unchanged.test(old.refreshJwt())) {
            older.add(new Ancestor(old.refreshJwt(), now));
        }
        if (older.size() > MOST_ANCESTORS) {
            older = older.subList(older.size() - MOST_ANCESTORS, older.size());
        }
        // Without a refresh token in the answer, the successor is as unknown as if the answer had been lost.
        Attempt left = grant.refreshJwt() == null ? begun(now).unansweredAgain() : null;
        return new SessionState(
                key,
                version,
                service,
                newPds != null ? newPds : pds,
                profile.updatedBy(grant.profile()),
                Status.ACTIVE,
                null,
                next,
                left,
                Backoff.NONE,
                older,
                pendingDeletes,
                healing,
                openedAt);
    }

    /** Returns the state as one must fear it to be while the store can't be read: a sibling may be in a refresh. */
    SessionState doubted(Instant now) {
        return attempting(now);
    }

    /** Returns the state after a refresh that failed for now. */
    SessionState failed(Instant now, boolean outcomeUnknown, Duration asked, double dice, String why) {
        Attempt open = begun(now);
        Attempt left = outcomeUnknown ? open.unansweredAgain() : open.unanswered() > 0 ? open : null;
        return with(left, backoff.after(now, asked, dice, why));
    }

    /** Returns the state of a session that is over without anybody's wish. Its name and places stay known. */
    SessionState dead(EndReason why) {
        return over(Status.DEAD, why, pendingDeletes);
    }

    /** Returns the state with a login noted that the session makes by itself. */
    SessionState withHealing(@Nullable Healing next) {
        var changed = new Draft(this);
        changed.healing = next;
        return changed.state();
    }

    /** Returns the state with the tokens of a new login in place of those that died. */
    SessionState healed(Grant grant, URI newService, @Nullable URI newPds, Secret refresh, Healing done, Instant now) {
        boolean sameService = newService.equals(service);
        return new SessionState(
                key,
                version,
                newService,
                newPds != null || !sameService ? newPds : pds,
                profile.updatedBy(grant.profile()),
                Status.ACTIVE,
                null,
                new Tokens(Math.max(generation(), version) + 1, grant.accessJwt(), refresh, now),
                null,
                Backoff.NONE,
                List.of(),
                pendingDeletes,
                done,
                now);
    }

    /** Returns the tombstone of this session, with everything that the server may have to forget. */
    SessionState loggedOut() {
        return over(Status.LOGGED_OUT, EndReason.LOGGED_OUT, everythingToDelete());
    }

    /** Returns the tombstone of this session, with everything that the server must forget at this time. */
    SessionState loggedOut(Now now) {
        return inGrace(now).loggedOut();
    }

    /** Returns the state without those ancestors that the server has certainly forgotten by itself. */
    SessionState inGrace(Now now) {
        var next = new Draft(this);
        next.ancestors = ancestors.stream()
                .filter(a -> !now.known() || a.inGrace(now.time()))
                .toList();
        return next.state();
    }

    /**
     * Returns how long the server is to be left alone before it is asked again to forget what is pending.
     *
     * @param now the time of day
     * @return the time, zero if it may be asked at once
     */
    public Duration deletesPause(Instant now) {
        // The backoff of an active session is that of its refreshes.
        return active() ? Duration.ZERO : backoff.remaining(now);
    }

    private SessionState over(Status end, EndReason why, List<PendingDelete> deletes) {
        return new SessionState(
                key,
                version,
                service,
                pds,
                profile,
                end,
                why,
                null,
                null,
                Backoff.NONE,
                List.of(),
                deletes,
                healing,
                openedAt);
    }

    /**
     * Returns what the server must forget for this session to be gone: what is pending already, then ancestors from the
     * oldest on, the current token last.
     */
    public List<PendingDelete> everythingToDelete() {
        var all = new ArrayList<>(pendingDeletes);
        for (Ancestor a : ancestors) {
            all.add(new PendingDelete(service, a.refreshJwt(), false));
        }
        if (tokens != null && tokens.refreshable()) {
            all.add(new PendingDelete(service, tokens.refreshJwt(), attempt != null));
        }
        return all;
    }

    /** Returns the state with this list of pending deletes. */
    public SessionState pending(List<PendingDelete> deletes) {
        var next = new Draft(this);
        next.pendingDeletes = deletes;
        return next.state();
    }

    /** Returns the state with newly learned facts about the account. */
    SessionState amended(Profile newer, @Nullable URI newPds) {
        var next = new Draft(this);
        next.pds = newPds != null ? newPds : pds;
        next.profile = profile.updatedBy(newer);
        return next.state();
    }

    /** Returns the state with another wait before deletes are tried again. */
    SessionState deletesFailed(Instant now, Duration asked, double dice, String why) {
        return with(attempt, backoff.after(now, asked, dice, why));
    }

    private SessionState with(@Nullable Attempt attempt, Backoff backoff) {
        var next = new Draft(this);
        next.attempt = attempt;
        next.backoff = backoff;
        return next.state();
    }

    /** A copy in which some parts are to be changed. */
    private static final class Draft {

        private final SessionState from;
        private long version;
        private @Nullable URI pds;
        private Profile profile;
        private @Nullable Attempt attempt;
        private Backoff backoff;
        private List<Ancestor> ancestors;
        private List<PendingDelete> pendingDeletes;
        private @Nullable Healing healing;

        Draft(SessionState from) {
            this.from = from;
            version = from.version;
            pds = from.pds;
            profile = from.profile;
            attempt = from.attempt;
            backoff = from.backoff;
            ancestors = from.ancestors;
            pendingDeletes = from.pendingDeletes;
            healing = from.healing;
        }

        SessionState state() {
            return new SessionState(
                    from.key,
                    version,
                    from.service,
                    pds,
                    profile,
                    from.status,
                    from.reason,
                    from.tokens,
                    attempt,
                    backoff,
                    ancestors,
                    pendingDeletes,
                    healing,
                    from.openedAt);
        }
    }
}
