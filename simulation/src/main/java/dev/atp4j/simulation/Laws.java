// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation;

import dev.atp4j.session.kernel.Backoff;
import dev.atp4j.session.kernel.Effect;
import dev.atp4j.session.kernel.Healing;
import dev.atp4j.session.kernel.Held;
import dev.atp4j.session.kernel.Jwt;
import dev.atp4j.session.kernel.LogoutFlow;
import dev.atp4j.session.kernel.Notice;
import dev.atp4j.session.kernel.Outcome;
import dev.atp4j.session.kernel.RefreshFlow;
import dev.atp4j.session.kernel.RefreshVerdict;
import dev.atp4j.session.kernel.SessionState;
import dev.atp4j.session.kernel.Status;
import dev.atp4j.session.kernel.Step;
import dev.atp4j.session.store.EndReason;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The laws, looked at after every step of a history. What a fault excuses is said where it is excused, and nothing else is.
 */
final class Laws {

    /** How long the calm at the end of a history may take. */
    private static final long CALM = Duration.ofMinutes(15).toMillis();

    /** What clocks may differ by that are said to be right. */
    private static final long ROUNDING = Duration.ofSeconds(2).toMillis();

    /** How long a login may be on its way for all to count it in the same window. */
    private static final long ON_ITS_WAY = Duration.ofMinutes(1).toMillis();

    private final World world;

    /** The logins, in the order in which they came into the store. */
    private final List<Integer> logins = new ArrayList<>(List.of(1));

    /** The logins that a tombstone was written for, and those of them whose end was confirmed to somebody. */
    private final Set<Integer> loggedOut = new LinkedHashSet<>();

    private final Set<Integer> confirmed = new HashSet<>();

    /** The logins that a logout has begun to end at the server, whether or not the store knows. */
    private final Set<Integer> ending = new HashSet<>();

    /**
     * Tokens whose successor was hidden from who ended them: by a store that was down, by a proxy that refused in the
     * server's words, or by a death.
     */
    private final Set<ModelPds.Row> hiding = new HashSet<>();

    /** When logins began that a session made by itself. */
    private final List<Instant> healings = new ArrayList<>();

    /** What the store and the processes could still use before something was taken from them. */
    private List<ModelPds.Row> before = List.of();

    /** The login of the session that the store took last. */
    private int last = 1;

    /**
     * Whether versions tell nothing any more: after a backup was put back a number was used for a second time while somebody
     * knew its first use. No rule that sees only versions can tell the one from the other.
     */
    private boolean mixedUp;

    /** The last pause that somebody wrote down who had no turn. */
    private @Nullable Backoff outOfTurn;

    /** When logins were last counted wrong, for a fault that excuses it. */
    private long miscounted = -1;

    /** Whether a login that was dead by then took the place of one that was made in the same second. */
    private boolean inOneSecond;

    private int burials;
    private int deathsTold;

    /** Who has just buried the session, and knows it. */
    private @Nullable Member burier;

    private boolean mustLive;
    private boolean mustBeOver;

    Laws(World world) {
        this.world = world;
    }

    void check(boolean holds, Law law, String what) {
        check(holds, law, () -> what);
    }

    private void check(boolean holds, Law law, Supplier<String> what) {
        if (!holds) {
            throw new Violation(law, what.get());
        }
    }

    // ---- steps

    /** A process holds something new, and watchers are told something. */
    @SuppressWarnings("ReferenceEquality") // Only to be quick: an equal state is looked at once more.
    void shown(Member member, Step step) {
        Held held = step.held();
        int told = deathsTold;
        for (Notice notice : step.notices()) {
            if (notice instanceof Notice.Deleted deleted && deleted.reason() != EndReason.LOGGED_OUT) {
                deathsTold++;
                check(deathsTold <= burials, Law.OBSERVERS_ARE_TOLD_ONCE, "a death is told that nobody wrote down");
            }
        }
        if (burier == member) {
            burier = null;
            check(deathsTold > told, Law.OBSERVERS_ARE_TOLD_ONCE, member + " buried the session, and tells nobody");
        }
        if (member.held == null || member.held.state() == held.state() && member.held.saved() == held.saved()) {
            return;
        }
        if (held.saved()) {
            check(
                    world.store.held(held.state()),
                    Law.NEVER_LOSE_A_ROTATION,
                    () -> member + " takes " + Story.of(held) + " for stored, which it never was");
        } else if (step.effect() instanceof Effect.Done
                && held.state().tokens() != null
                && !held.state().sameTokens(member.held.state())) {
            // Excused: the store failed this flow, so there was no place to write to; or others were quicker each time.
            SessionState stored = world.store.read();
            boolean known = stored != null && stored.sameTokens(held.state());
            boolean warned = step.notices().stream().anyMatch(notice -> notice instanceof Notice.StoreFailed);
            check(
                    known || member.blind || warned,
                    Law.NEVER_LOSE_A_ROTATION,
                    member + " uses tokens that no store has");
        }
    }

    /** The store took a record. */
    void wrote(Member member, @Nullable SessionState old, SessionState next) {
        ModelPds.Row is = current(next);
        ModelPds.Row was = current(old);
        boolean stale = stale(member);
        mixedUp |= world.store.rollBacks > 0 && (stale || usedBefore(member, next.version()));
        boolean enters = is != null && !logins.contains(is.login);
        if (is != null) {
            is.stored = true;
            if (is.parent != null) {
                // Whatever became of requests with its ancestor, it was this.
                is.parent.unanswered = 0;
            }
            rank(is.login);
            last = is.login;
            if (is.depth == 0 && next.healing() == null) {
                // Somebody logged in: what the session did by itself before that counts no more.
                healings.clear();
            }
        }
        if (freed(member) && (old == null || !next.backoff().equals(old.backoff()))) {
            outOfTurn = next.backoff();
        }
        if (stale && was != null && is != was) {
            // Excused: it took this version for one that it knows.
            was.lost = true;
        }
        if (is != null && is == was && old != null && old.attempt() != null && next.attempt() == null) {
            check(
                    mixedUp || is.unanswered == 0,
                    Law.NEVER_LOSE_A_ROTATION,
                    member + " forgets an attempt with " + is + " of which nobody knows what became");
        }
        if (is != null && was != null) {
            check(
                    stale || (is.login == was.login ? is.depth >= was.depth : rank(is.login) > rank(was.login)),
                    Law.NEVER_GO_BACK,
                    member + " wrote " + is + " over " + was);
        }
        if (enters && is != null && was != null) {
            boolean worse = !world.pds.honours(is, world.now) && world.pds.honours(was, world.now);
            // Excused: both were issued in one second, and servers tell no more.
            boolean oneSecond = worse && Objects.equals(issued(next), issued(old));
            inOneSecond |= oneSecond;
            check(
                    !worse || oneSecond,
                    Law.NO_SPONTANEOUS_DEATH,
                    member + " wrote " + is + ", which is dead, over " + was + ", which is not");
        }
        if (next.status() == Status.LOGGED_OUT && was != null) {
            loggedOut.add(was.login);
        }
        if (is != null && old != null && old.status() == Status.LOGGED_OUT) {
            if (stale) {
                // Excused: as above. So the tombstone is lost.
                loggedOut.remove(is.login);
                confirmed.remove(is.login);
            }
            check(
                    !loggedOut.contains(is.login),
                    Law.LOGOUT_MEANS_LOGOUT,
                    member + " wrote " + is + " over its own tombstone");
        }
        if (next.status() == Status.DEAD && was != null) {
            burials++;
            burier = member;
            mayDie(member, was, next.reason());
        } else if (next.status() == Status.DEAD && stale) {
            // Excused: it buries once more what a sibling has buried.
            burials++;
        }
    }

    /** Tells whether what a process knows of the store may be from before a backup was put back. */
    private boolean stale(Member member) {
        return member.rollBacks != world.store.rollBacks || member.blind && world.store.rollBacks > 0;
    }

    /** Tells whether somebody else knows a version as high already, which a backup took away. */
    private boolean usedBefore(Member writer, long version) {
        for (Member other : world.members) {
            if (other != writer && other.held != null && other.held.state().version() >= version) {
                return true;
            }
        }
        return false;
    }

    private void mayDie(Member member, ModelPds.Row was, @Nullable EndReason reason) {
        for (ModelPds.Row row : left()) {
            // Excused: what only one process knows, and has not written yet. It brings the session back once it can.
            // Excused: a proxy that refused twice in a row, in the server's words; and a logout that has told
            // the server, and could not tell the store.
            check(
                    ending.contains(was.login)
                            || row.login != was.login
                            || !row.stored
                            || row.lost
                            || !world.pds.honours(row, world.now)
                            || reason == EndReason.REFUSED && was.forged > 1,
                    Law.NO_SPONTANEOUS_DEATH,
                    member + " buried the session as " + reason + " while " + row + " was honoured");
        }
    }

    /** Tells how many logins came into the store before this one. */
    private int rank(int login) {
        if (!logins.contains(login)) {
            logins.add(login);
        }
        return logins.indexOf(login);
    }

    // ---- calls

    /** A refresh is sent. Tells whether the store knows. */
    boolean sent(Member member, Step step, Effect.Refresh refresh) {
        ModelPds.Row row = world.row(refresh.refreshJwt());
        check(row.service.equals(refresh.service()), Law.TOKENS_GO_HOME_ONLY, row + " goes to " + refresh.service());
        boolean chase = !(step.flow() instanceof RefreshFlow);
        for (Member other : world.members) {
            if (other != member && other.call != null && other.call.row == row) {
                // Excused: one of the two has no turn, since the store was down, or gave it away, or others kept it
                // from a logout for too long.
                check(
                        freed(member) || freed(other),
                        Law.ONE_ROTATION,
                        row + " is sent by " + member + " while " + other + " waits for it");
            }
        }
        SessionState stored = world.store.read();
        boolean recorded = !member.blind && stored != null && stored.attempt() != null && current(stored) == row;
        row.unanswered += recorded ? 1 : 0;
        row.sent++;
        if (chase || mixedUp || freed(member)) {
            row.excused++;
            return recorded;
        }
        if (stored != null && current(stored) == row) {
            check(stored.attempt() != null, Law.NEVER_LOSE_A_ROTATION, row + " is sent, and nobody would know");
            Duration left = stored.backoff().remaining(Instant.ofEpochMilli(world.now + ROUNDING));
            // Excused: it waited for as long by its own clock, or its clock is not that of who wrote the pause down; or
            // that was done out of turn, while this one was about to send.
            check(
                    left.toMillis() <= 0
                            || stored.backoff().equals(member.waitedOut)
                            || stored.backoff().equals(outOfTurn)
                            || !world.clocksAgree(),
                    Law.NO_STORMS,
                    row + " is sent " + left + " before its pause is over");
        }
        check(
                row.sent <= 1 + row.excused || !world.pds.honours(row, world.now),
                Law.NO_STORMS,
                row + " is sent for the " + row.sent + "th time, of which faults explain " + row.excused);
        return recorded;
    }

    /** Tells whether a process works without a turn, or has lost it. */
    private static boolean freed(Member member) {
        return member.blind || member.impatient || member.lease == null || member.lease.lost;
    }

    void answered(Member member, Member.Call call, RefreshVerdict verdict) {
        ModelPds.Row row = call.row;
        if (row == null) {
            return;
        }
        boolean rotated = verdict instanceof RefreshVerdict.Rotated || verdict instanceof RefreshVerdict.WrongAccount;
        boolean unknown = verdict instanceof RefreshVerdict.Transient weather && weather.outcomeUnknown();
        row.unanswered = Math.max(0, row.unanswered - (call.recorded && !rotated && !unknown ? 1 : 0));
        boolean fault = call.fate != Plan.Wire.ANSWERED && call.fate != Plan.Wire.ANSWERED_LATE;
        row.excused += fault ? 1 : 0;
        row.forged = call.fate == Plan.Wire.NOT_AUTHENTICATED ? row.forged + 1 : 0;
        if (call.fate == Plan.Wire.NOT_AUTHENTICATED) {
            hiding.add(row);
        }
        if (verdict instanceof RefreshVerdict.Rotated && call.fate != Plan.Wire.ANSWERED_LATE) {
            rose(row);
        }
    }

    private void rose(ModelPds.Row row) {
        // Excused: what never stood in the store. Who has it finds the tombstone, and ends it too.
        check(
                !confirmed.contains(row.login) || !row.stored || row.lost,
                Law.LOGOUT_MEANS_LOGOUT,
                row + " refreshes after its confirmed logout");
    }

    void sentDelete(Member member, Step step, Effect.Delete delete) {
        ModelPds.Row row = world.row(delete.refreshJwt());
        if (member.blind) {
            hiding.add(row);
        }
        if (step.flow() instanceof LogoutFlow logout && logout.logout()) {
            ending.add(row.login);
        }
        check(row.service.equals(delete.service()), Law.TOKENS_GO_HOME_ONLY, row + " goes to " + delete.service());
    }

    void sentLogin(Member member) {
        Healing mark = world.held(member).state().healing();
        if (mark == null) {
            throw new Violation(Law.NO_STORMS, member + " logs in without a mark");
        }
        for (Instant other : healings) {
            // Excused: clocks that are not right.
            check(
                    Duration.between(other, mark.since()).abs().compareTo(mark.pause()) >= 0 || !world.clocksAgree(),
                    Law.NO_STORMS,
                    "two logins in one window, begun at " + other + " and " + mark.since());
        }
        SessionState stored = world.store.read();
        if (stored != null && mark.equals(stored.healing())) {
            healings.add(mark.since());
        }
    }

    /** The store failed to count a login, or somebody did not hear how the server counts. */
    void miscounted() {
        miscounted = world.now;
    }

    /** A login reaches a server. */
    void logsIn(Member member, URI service, boolean automatic) {
        if (member.countedAlone || world.now - member.countedAt > ON_ITS_WAY) {
            miscounted();
        }
        for (ModelPds.Window window : world.pds.windows(service, world.now)) {
            // Excused: logins of this window were counted wrong; or who counted them began before the server did, when
            // they were sent, and is through with the window.
            check(
                    window.left() > (automatic ? 1 : 0)
                            || miscounted >= window.began
                            || window.ends() - world.now < ON_ITS_WAY,
                    Law.NO_STORMS,
                    () -> member
                            + (automatic ? " leaves people no login in " : " logs in once too often in ")
                            + window.limit.per());
        }
    }

    void arrived(ModelPds.Row row, boolean rotated) {
        if (rotated) {
            rose(row);
        }
    }

    /** What a process got could not be written. Excused: others know only that there was an attempt. */
    void notWritten(Member member) {
        burier = null;
        for (ModelPds.Row row : member.got) {
            if (row.parent != null && !row.stored) {
                row.parent.excused++;
            }
        }
    }

    /** A process was told that a logout is done. */
    void loggedOut(Member member, LogoutFlow flow, Outcome outcome) {
        SessionState stored = world.store.read();
        // Excused: the store failed this flow, which so does not know what siblings wrote.
        if (!(outcome instanceof Outcome.Over)
                || member.blind
                || stored == null
                || stored.status() != Status.LOGGED_OUT
                || !stored.pendingDeletes().isEmpty()) {
            return;
        }
        confirmed.addAll(loggedOut);
        for (ModelPds.Row row : world.pds.rows()) {
            // Excused: what never stood in the store. Who has it finds the tombstone, and ends it too.
            check(
                    !confirmed.contains(row.login) || !row.stored || row.lost || !world.pds.honours(row, world.now),
                    Law.LOGOUT_MEANS_LOGOUT,
                    row + " outlived its logout");
        }
    }

    // ---- what is lost by nature

    void killing(Member member) {
        before = left();
        interrupted(member);
    }

    /** A process will not finish in time what it is at, so that somebody else does it too. */
    void interrupted(Member member) {
        if (member.call != null && member.call.row != null) {
            member.call.row.excused++;
        }
        notWritten(member);
    }

    void killed() {
        lose();
    }

    void rollingBack() {
        before = left();
    }

    void rolledBack() {
        lose();
        // Of two backups the second one may come from another past.
        mixedUp |= world.store.rollBacks > 1;
        healings.clear();
        miscounted();
        for (Member member : world.members) {
            if (member.call != null) {
                member.call.recorded = false;
            }
        }
        for (ModelPds.Row row : world.pds.rows()) {
            // Excused: the store knows less of what was sent than it did.
            row.excused += row.sent;
            row.unanswered = 0;
            row.stored = false;
        }
        SessionState stored = world.store.read();
        ModelPds.Row row = current(stored);
        if (row != null) {
            row.stored = true;
            last = row.login;
            // Excused: the tombstone is gone with what was stored after it.
            loggedOut.remove(row.login);
            confirmed.remove(row.login);
        }
    }

    private void lose() {
        List<ModelPds.Row> after = left();
        for (ModelPds.Row row : before) {
            if (!after.contains(row)) {
                row.lost = true;
            }
        }
    }

    /** What the store and the processes hold of the session. */
    private List<ModelPds.Row> left() {
        var all = new ArrayList<ModelPds.Row>();
        add(all, world.store.read());
        for (Member member : world.members) {
            if (member.held != null) {
                add(all, member.held.state());
            }
            all.addAll(member.got);
        }
        return all;
    }

    private void add(List<ModelPds.Row> all, @Nullable SessionState state) {
        ModelPds.Row row = current(state);
        if (row != null) {
            all.add(row);
        }
    }

    private static @Nullable Instant issued(@Nullable SessionState active) {
        return active == null ? null : Jwt.read(active.current().refreshJwt()).issuedAt();
    }

    private ModelPds.@Nullable Row current(@Nullable SessionState state) {
        return state == null || state.tokens() == null
                ? null
                : world.row(state.current().refreshJwt());
    }

    // ---- the calm

    /** The weather clears: whatever is alive now must be so in the end. */
    void cleared() {
        SessionState stored = world.store.read();
        mustBeOver = stored != null
                && stored.status() == Status.LOGGED_OUT
                && world.members.stream().noneMatch(member -> member.entering)
                && left().stream().allMatch(row -> loggedOut.contains(row.login));
        for (ModelPds.Row row : left()) {
            // What a later login took the place of is not the session any more, whatever became of that one.
            mustLive |= world.pds.honours(row, world.now + CALM)
                    && (!logins.contains(row.login) || rank(row.login) >= rank(last));
        }
    }

    void calm() {
        SessionState stored = world.store.read();
        if (stored == null) {
            throw new Violation(Law.PROGRESS, "the record is gone");
        }
        for (Member member : world.members) {
            Held held = world.held(member);
            check(held.saved(), Law.PROGRESS, member + " holds what the store does not have");
            check(
                    held.state().status() == stored.status() && held.state().generation() == stored.generation(),
                    Law.PROGRESS,
                    () -> member + " holds " + Story.of(held) + " and the store " + Story.of(stored));
        }
        ModelPds.Row current = current(stored);
        if (current != null) {
            check(
                    world.pds.honours(current, world.now),
                    Law.PROGRESS,
                    "the store holds " + current + ", which is dead");
        }
        if (stored.status() == Status.LOGGED_OUT) {
            check(stored.pendingDeletes().isEmpty(), Law.PROGRESS, "a logout is not finished");
            for (ModelPds.Row row : world.pds.rows()) {
                check(
                        mixedUp || row.login != last || !known(row) || !world.pds.honours(row, world.now),
                        Law.LOGOUT_MEANS_LOGOUT,
                        row + " outlived its logout");
            }
        }
        if (mixedUp) {
            return;
        }
        // Excused: a proxy that refused twice in a row, in the server's words; and a logout that has told the server,
        // and
        // not the store.
        check(
                stored.active()
                        || mustBeOver
                        || inOneSecond
                        || ending.contains(last)
                        || !mustLive
                        || stored.status() == Status.LOGGED_OUT
                        || stored.reason() == EndReason.REFUSED
                                && world.pds.rows().stream().anyMatch(r -> r.forged > 1),
                Law.NO_SPONTANEOUS_DEATH,
                "the session is " + stored.reason() + ", and was alive when the weather cleared");
        check(!mustBeOver || stored.status() == Status.LOGGED_OUT, Law.LOGOUT_MEANS_LOGOUT, "a tombstone is gone");
    }

    /** Tells whether a token was stored, or can be found out: the store knows that its ancestor may have been rotated. */
    private boolean known(ModelPds.Row row) {
        ModelPds.Row parent = row.parent;
        return row.stored && !row.lost
                || parent != null
                        && parent.stored
                        && parent.unanswered > 0
                        && !hiding.contains(parent)
                        && parent.lasts(world.now);
    }

    /** Days later: a session that may log in by itself is back. */
    void healed() {
        SessionState stored = world.store.read();
        ModelPds.Row row = current(stored);
        check(
                world.pds.honours(row, world.now),
                Law.PROGRESS,
                () -> "a session that may log in is not back: " + Story.of(stored));
    }
}
