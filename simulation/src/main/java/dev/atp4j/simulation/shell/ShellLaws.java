// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation.shell;

import dev.atp4j.Secret;
import dev.atp4j.session.kernel.Answer;
import dev.atp4j.session.kernel.SessionState;
import dev.atp4j.session.kernel.StateJson;
import dev.atp4j.session.kernel.Status;
import dev.atp4j.session.store.EndReason;
import dev.atp4j.session.store.SessionRecord;
import dev.atp4j.simulation.Law;
import dev.atp4j.simulation.ModelPds;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks at everything that leaves a process or reaches the store, and ends the history if it breaks a law. What excuses
 * something stands beside each check; nothing else does.
 */
final class ShellLaws {

    private final ShellWorld world;
    private final Set<String> storedAccess = new HashSet<>();
    private final Set<String> storedRefresh = new HashSet<>();
    private final Set<String> attempted = new HashSet<>();
    private final Set<Integer> storedLogins = new HashSet<>();
    private final Map<String, Machine> receivers = new HashMap<>();
    private final Set<String> delivered = new HashSet<>();
    private final Set<Integer> ended = new HashSet<>();
    private final Set<URI> homes = new HashSet<>();
    private int deaths;
    private int deathsTold;

    ShellLaws(ShellWorld world) {
        this.world = world;
        homes.add(world.pds.home());
    }

    private void require(boolean holds, Law law, String what) {
        if (!holds) {
            throw world.scheduler.broken(law, what);
        }
    }

    // ---- at the network

    /** A process is about to send something. */
    void sends(Machine machine, Wire.Call call) {
        homes.add(world.pds.home());
        homes.add(world.pds.pds());
        require(homes.contains(call.server()), Law.TOKENS_GO_HOME_ONLY, machine + " calls " + call.server());
        if (call.nsid().equals(Wire.CREATE) || call.token() == null) {
            return;
        }
        ModelPds.Row row = world.pds.row(call.token());
        if (row == null) {
            require(!Wire.ofSessions(call), Law.TOKENS_GO_HOME_ONLY, "an access token went to " + call.nsid());
            uses(machine, call.token());
            return;
        }
        require(Wire.ofSessions(call), Law.TOKENS_GO_HOME_ONLY, "a refresh token went to " + call.nsid());
        require(row.service.equals(call.server()), Law.TOKENS_GO_HOME_ONLY, row + " went to " + call.server());
        if (call.nsid().equals(Wire.REFRESH)) {
            refreshes(machine, row);
        }
    }

    private void refreshes(Machine machine, ModelPds.Row row) {
        Strand me = Scheduler.here();
        Storage.Row turn = world.storage.turn(ShellWorld.KEY, world.scheduler.now());
        SessionState stored = stored();
        // Excused: the store was down when it was asked for the turn; the process was stopped between looking at its
        // turn
        // and sending; the session is over, and its end is what the token is fetched for.
        boolean mayRefresh = turn != null && turn.owner == me
                || me.turn == Strand.Turn.FAILED
                || machine.lastStopped >= me.checked
                || stored == null
                || !stored.active();
        require(
                mayRefresh,
                Law.ONE_ROTATION,
                me + " refreshes " + row + " out of its turn, which is "
                        + (turn == null ? "nobody's" : "that of " + turn.owner));
        // Excused: the store failed this flow, or the logout that needs to know what became of a refresh.
        require(
                attempted.contains(row.jti) || me.storeFailed || machine.loggedOut && machine.storeTroubles > 0,
                Law.NEVER_LOSE_A_ROTATION,
                me + " refreshes " + row + " without having written that down");
    }

    private void uses(Machine machine, Secret access) {
        // Excused: the process has tried to store it, and the store failed it.
        require(
                storedAccess.contains(access.expose())
                        || machine.storeTroubles > 0 && machine.tried.contains(access.expose()),
                Law.NEVER_LOSE_A_ROTATION,
                machine + " uses a token that is not stored");
    }

    /** A process has got an answer whole. */
    void receives(Machine machine, Wire.Call call, Answer.Response answer) {
        if (answer.json() == null
                || !call.nsid().equals(Wire.REFRESH) && !call.nsid().equals(Wire.CREATE)) {
            return;
        }
        answer.json()
                .getString("refreshJwt")
                .map(Secret::of)
                .map(world.pds::row)
                .ifPresent(row -> {
                    receivers.put(row.jti, machine);
                    // Excused: what the network delivered late may bring a row back; nobody asks for it any more.
                    require(
                            !ended.contains(row.login) || delivered.contains(row.jti),
                            Law.LOGOUT_MEANS_LOGOUT,
                            machine + " got " + row + " after a confirmed logout");
                });
    }

    /** The network has delivered a request that nobody waits for any more. */
    void deliveredLate(Answer.Response answer) {
        if (answer.json() != null) {
            answer.json()
                    .getString("refreshJwt")
                    .map(Secret::of)
                    .map(world.pds::row)
                    .ifPresent(row -> delivered.add(row.jti));
        }
    }

    // ---- at the store

    /** A process puts a record in place of another. */
    void writes(Machine machine, @Nullable SessionRecord old, SessionRecord record) {
        SessionState before = old == null ? null : StateJson.read(old);
        SessionState next = StateJson.read(record);
        ModelPds.Row row =
                next.tokens() == null ? null : world.pds.row(next.current().refreshJwt());
        ModelPds.Row was = before == null || before.tokens() == null
                ? null
                : world.pds.row(before.current().refreshJwt());
        if (row != null) {
            goesOn(machine, was, row, before);
            storedAccess.add(next.current().accessJwt().expose());
            storedRefresh.add(row.jti);
            storedLogins.add(row.login);
            if (next.attempt() != null) {
                attempted.add(row.jti);
            }
        }
        next.pendingDeletes().stream()
                .filter(delete -> delete.chase())
                .map(delete -> world.pds.row(delete.refreshJwt()))
                .forEach(chased -> attempted.add(String.valueOf(chased)));
        if (was != null && next.status() == Status.DEAD) {
            dies(machine, was, next.reason());
        }
    }

    private void goesOn(Machine machine, ModelPds.@Nullable Row was, ModelPds.Row row, @Nullable SessionState before) {
        // Excused: a session was buried for a token whose successor only this process had, whose store failed it.
        boolean dugOut = before != null
                && before.status() == Status.DEAD
                && !storedRefresh.contains(row.jti)
                && machine.storeTroubles > 0;
        boolean forward = was != null && was.login == row.login
                ? row.depth >= was.depth
                : !storedLogins.contains(row.login) || dugOut;
        require(forward, Law.NEVER_GO_BACK, machine + " writes " + row + " in place of " + was);
    }

    private void dies(Machine machine, ModelPds.Row was, @Nullable EndReason reason) {
        deaths++;
        world.tell(machine + " declares the session dead: " + reason);
        for (ModelPds.Row row : world.pds.rows()) {
            Machine receiver = receivers.get(row.jti);
            // Excused: only a process had it that was killed, or whose store failed.
            boolean known = storedRefresh.contains(row.jti)
                    || receiver != null && !receiver.gone() && receiver.storeTroubles == 0;
            require(
                    row.login != was.login || !known || !world.pds.honours(row, world.millis()),
                    Law.NO_SPONTANEOUS_DEATH,
                    machine + " declares the session dead (" + reason + "), and the server honours " + row);
        }
    }

    /** Returns what the store holds. */
    @Nullable
    SessionState stored() {
        SessionRecord record = world.storage.read(ShellWorld.KEY);
        return record == null ? null : StateJson.read(record);
    }

    /** A logout was confirmed to the one who asked for it. */
    void loggedOut(Strand who, int login) {
        for (ModelPds.Row row : world.pds.rows()) {
            Machine receiver = receivers.get(row.jti);
            // Excused: the store failed the logout, or whoever got the token; or nobody asked for it any more.
            boolean known = storedRefresh.contains(row.jti) || receiver != null && receiver.storeTroubles == 0;
            require(
                    row.login != login
                            || who.storeFailed
                            || delivered.contains(row.jti)
                            || !known
                            || !world.pds.honours(row, world.millis()),
                    Law.LOGOUT_MEANS_LOGOUT,
                    "the server honours " + row + " after a confirmed logout");
        }
        if (!who.storeFailed) {
            ended.add(login);
        }
    }

    // ---- at the listeners

    /** A listener is told that a session is dead. */
    void toldOfDeath() {
        require(++deathsTold <= deaths, Law.OBSERVERS_ARE_TOLD_ONCE, "a death was told twice");
    }

    /** A listener is told something. */
    void told(Strand teller) {
        require(teller.locks == 0, Law.OBSERVERS_ARE_TOLD_ONCE, teller + " tells a listener while it has a lock");
    }
}
