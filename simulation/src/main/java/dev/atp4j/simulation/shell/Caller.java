// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation.shell;

import dev.atp4j.AtpException;
import dev.atp4j.session.LogoutUnconfirmedException;
import dev.atp4j.session.PasswordSession;
import dev.atp4j.session.RefreshFailedException;
import dev.atp4j.session.SessionOverException;
import dev.atp4j.session.kernel.SessionState;
import dev.atp4j.simulation.Law;
import dev.atp4j.xrpc.XrpcRequest;
import java.time.Duration;

/** Somebody who uses a session, and checks what he is told and how long that takes. */
final class Caller {

    private static final Duration TOLERANCE = Duration.ofMillis(10);
    private static final Duration PATIENCE_FOR_A_LOGOUT = Duration.ofMinutes(15);

    private final ShellWorld world;
    private final Machine machine;
    private final PasswordSession session;

    Caller(ShellWorld world, Machine machine, PasswordSession session) {
        this.world = world;
        this.machine = machine;
        this.session = session;
    }

    /** How a call went. */
    enum Served {
        SERVED,
        OVER,
        LATER
    }

    /** Makes a call that must end in time. */
    Served call(Duration timeout) {
        long begun = machine.nanos();
        long world0 = world.scheduler.now();
        Served served;
        try {
            session.send(XrpcRequest.query("app.bsky.feed.getTimeline")
                    .timeout(timeout)
                    .build());
            served = Served.SERVED;
        } catch (SessionOverException e) {
            served = over(e);
        } catch (AtpException e) {
            world.tell(machine + " is not served: " + e.getClass().getSimpleName() + " " + e.getMessage());
            served = Served.LATER;
        }
        inTime("a call", begun, world0, timeout);
        return served;
    }

    /** Asks for new tokens. */
    Served refresh() {
        long begun = machine.nanos();
        long world0 = world.scheduler.now();
        Served served;
        try {
            session.refresh();
            served = Served.SERVED;
        } catch (SessionOverException e) {
            served = over(e);
        } catch (RefreshFailedException e) {
            world.tell(machine + " has no new token: " + e.getMessage());
            served = Served.LATER;
        }
        inTime("a refresh", begun, world0, ShellWorld.TIMEOUT);
        return served;
    }

    /** Logs out; returns whether that was confirmed. */
    boolean logout() {
        int login = world.login();
        long begun = machine.nanos();
        long world0 = world.scheduler.now();
        boolean confirmed;
        Scheduler.here().storeFailed = false;
        machine.loggedOut = true;
        try {
            session.logout();
            confirmed = true;
        } catch (LogoutUnconfirmedException e) {
            confirmed = false;
        }
        world.tell(machine + (confirmed ? " is logged out" : " is logged out, and the server has not confirmed it"));
        inTime("a logout", begun, world0, PATIENCE_FOR_A_LOGOUT);
        SessionState stored = world.laws.stored();
        if (confirmed && login > 0 && stored != null && !stored.active()) {
            world.laws.loggedOut(Scheduler.here(), login);
        }
        return confirmed;
    }

    private Served over(SessionOverException e) {
        world.tell(machine + " is told that the session is over: " + e.reason());
        return Served.OVER;
    }

    /** Checks how long something took, unless the process was stopped meanwhile. */
    private void inTime(String what, long begun, long world0, Duration allowed) {
        long took = machine.nanos() - begun;
        if (machine.lastStopped < world0 && took > allowed.plus(TOLERANCE).toNanos()) {
            throw world.scheduler.broken(
                    Law.PROGRESS, what + " took " + Duration.ofNanos(took) + " and may take " + allowed);
        }
    }
}
