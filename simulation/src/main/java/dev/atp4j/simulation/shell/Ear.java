// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation.shell;

import dev.atp4j.session.PasswordSession;
import dev.atp4j.session.SessionData;
import dev.atp4j.session.SessionListener;
import dev.atp4j.session.store.EndReason;
import dev.atp4j.simulation.Law;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** A listener that checks how it is told things, and does what listeners should not do. */
final class Ear implements SessionListener {

    private final ShellWorld world;
    private final Machine machine;
    private final boolean nasty;
    private final Set<PasswordSession> telling = new HashSet<>();

    Ear(ShellWorld world, Machine machine, boolean nasty) {
        this.world = world;
        this.machine = machine;
        this.nasty = nasty;
    }

    @Override
    public void updated(PasswordSession session, SessionData data) {
        hear(session, "updated");
    }

    @Override
    public void updateFailed(PasswordSession session, String why) {
        hear(session, "updateFailed");
    }

    @Override
    public void deleted(PasswordSession session, EndReason reason) {
        if (reason != EndReason.LOGGED_OUT) {
            world.laws.toldOfDeath();
        }
        hear(session, "deleted");
    }

    @Override
    public void healFailed(PasswordSession session, String why) {
        hear(session, "healFailed");
    }

    @Override
    public void deleteFailed(PasswordSession session, String why) {
        hear(session, "deleteFailed");
    }

    @Override
    public void storeFailed(PasswordSession session, String why) {
        hear(session, "storeFailed");
    }

    private void hear(PasswordSession session, String what) {
        world.tell(machine + " hears: " + what);
        Strand me = Scheduler.here();
        if (me.locks > 0) {
            throw world.scheduler.broken(Law.OBSERVERS_ARE_TOLD_ONCE, me + " tells of " + what + " under a lock");
        }
        if (!telling.add(session)) {
            throw world.scheduler.broken(
                    Law.OBSERVERS_ARE_TOLD_ONCE, me + " tells of " + what + " beside something else");
        }
        try {
            misbehave(session);
        } finally {
            telling.remove(session);
        }
    }

    private void misbehave(PasswordSession session) {
        if (!nasty) {
            return;
        }
        switch (world.choices.below(8)) {
            case 3 -> throw new IllegalStateException("a listener that throws");
            case 4 -> world.scheduler.sleep(Duration.ofMinutes(10), "a slow listener");
            case 5 -> new Caller(world, machine, session).call(Duration.ofSeconds(30));
            case 6 -> new Caller(world, machine, session).refresh();
            case 7 -> throw new AssertionError("a listener that asserts");
            default -> {}
        }
    }
}
