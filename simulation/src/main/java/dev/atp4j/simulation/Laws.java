// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation;

import dev.atp4j.session.kernel.Effect;
import dev.atp4j.session.kernel.Held;
import dev.atp4j.session.kernel.LogoutFlow;
import dev.atp4j.session.kernel.Outcome;
import dev.atp4j.session.kernel.RefreshVerdict;
import dev.atp4j.session.kernel.SessionState;
import dev.atp4j.session.kernel.Status;
import dev.atp4j.session.kernel.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The laws, looked at after every step of a history. What a fault excuses is said where it is excused, and nothing else is.
 */
final class Laws {

    private final World world;

    /** What the store and the processes could still use before something was taken from them. */
    private List<ModelPds.Row> before = List.of();

    Laws(World world) {
        this.world = world;
    }

    void check(boolean holds, Law law, String what) {
        if (!holds) {
            throw new Violation(law, what);
        }
    }

    // ---- steps

    /** A process holds something new, and watchers are told something. */
    void shown(Member member, Step step) {
        Held held = step.held();
        if (held.saved()) {
            return;
        }
        boolean news = member.held != null
                && held.state().tokens() != null
                && !held.state().sameTokens(member.held.state())
                && step.effect() instanceof Effect.Done;
        // Excused: the store failed this flow, so there was no place to write to.
        if (news && !member.blind) {
            SessionState stored = world.store.read();
            boolean known = stored != null && stored.sameTokens(held.state());
            check(known, Law.NEVER_LOSE_A_ROTATION, member + " uses tokens that no store has");
        }
    }

    /** The store took a record. */
    void wrote(Member member, @Nullable SessionState old, SessionState next) {
        if (old != null && old.tokens() != null && next.tokens() != null) {
            ModelPds.Row was = world.row(old.current().refreshJwt());
            ModelPds.Row is = world.row(next.current().refreshJwt());
            check(
                    is.login > was.login || is.login == was.login && is.depth >= was.depth,
                    Law.NEVER_GO_BACK,
                    member + " wrote " + is + " over " + was);
        }
        if (next.status() == Status.DEAD && (old == null || old.active())) {
            for (ModelPds.Row row : left()) {
                check(
                        !world.pds.honours(row, world.now),
                        Law.NO_SPONTANEOUS_DEATH,
                        member + " buried the session as " + next.reason() + " while " + row + " was honoured");
            }
        }
    }

    // ---- calls

    void sent(Member member, Step step, Effect.Refresh refresh) {
        ModelPds.Row row = world.row(refresh.refreshJwt());
        check(row.service.equals(refresh.service()), Law.TOKENS_GO_HOME_ONLY, row + " goes to " + refresh.service());
        for (Member other : world.members) {
            if (other != member && other.call != null && other.call.row == row) {
                // Excused: somebody of the two has no turn, since the store was down, or gave it away, or others kept
                // it
                // for too long from a logout.
                boolean excused = freed(member) || freed(other);
                check(excused, Law.ONE_ROTATION, row + " is sent by " + member + " while " + other + " waits for it");
            }
        }
    }

    private static boolean freed(Member member) {
        return member.blind || member.impatient || member.lease == null || member.lease.lost;
    }

    void answered(Member member, Member.Call call, RefreshVerdict verdict) {}

    void sentDelete(Effect.Delete delete) {
        ModelPds.Row row = world.row(delete.refreshJwt());
        check(row.service.equals(delete.service()), Law.TOKENS_GO_HOME_ONLY, row + " goes to " + delete.service());
    }

    void sentLogin(Member member) {}

    void arrived() {}

    void loggedOut(Member member, LogoutFlow flow, Outcome outcome) {}

    // ---- what is lost by nature

    void killing(Member member) {
        before = left();
    }

    void killed() {
        lose();
    }

    void rollingBack() {
        before = left();
    }

    void rolledBack() {
        lose();
    }

    private void lose() {
        List<ModelPds.Row> after = left();
        for (ModelPds.Row row : before) {
            if (!after.contains(row)) {
                row.lost = true;
            }
        }
    }

    /** What the store and the processes hold of the session, in use or in grace. */
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
        if (state != null && state.tokens() != null) {
            all.add(world.row(state.current().refreshJwt()));
        }
    }

    // ---- the calm

    void cleared() {}

    void calm() {
        SessionState stored = world.store.read();
        check(stored != null, Law.PROGRESS, "the record is gone");
        if (stored == null) {
            return;
        }
        for (Member member : world.members) {
            Held held = world.held(member);
            check(held.saved(), Law.PROGRESS, member + " holds what the store does not have");
            check(
                    held.state().active() == stored.active(),
                    Law.PROGRESS,
                    member + " holds " + Story.of(held) + " and the store " + Story.of(stored));
        }
        if (stored.active()) {
            ModelPds.Row row = world.row(stored.current().refreshJwt());
            check(world.pds.honours(row, world.now), Law.PROGRESS, "the store holds " + row + ", which is dead");
        }
    }
}
