// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance.compare;

import static dev.atp4j.conformance.compare.Stage.LOGOUT;

import dev.atp4j.pds.Fault;
import java.util.List;

/** The program's own callbacks, when they misbehave. */
final class CallingBack {

    /** The stage itself ends the session that came with the account. */
    private static final int LOGOUTS_BEFORE = 1;

    private CallingBack() {}

    static List<Scene> scenes() {
        return List.of(
                Scene.of("S43", "the callback for new tokens fails: calls go on", Promise.CALLBACKS, stage -> {
                    Program program = stage.loggedIn();
                    program.hook("updated", "throw");
                    stage.hours(3);
                    program.call();
                    return Finding.served(program.call());
                }),
                Scene.of(
                        "S43/logout",
                        "the callback for new tokens fails: a logout reaches the server",
                        Promise.CALLBACKS,
                        stage -> {
                            Program program = stage.loggedIn();
                            program.hook("updated", "throw");
                            stage.hours(3);
                            program.call();
                            Reply logout = program.logOut();
                            return stage.world().calls(LOGOUT) > LOGOUTS_BEFORE
                                    ? Finding.HOLDS
                                    : Finding.not(logout.done() ? "passes for a logout" : logout.words());
                        }),
                Scene.of(
                        "S43/death",
                        "the callback for the session's end fails: it is over nevertheless",
                        Promise.CALLBACKS,
                        stage -> {
                            Program program = stage.loggedIn();
                            program.hook("deleted", "throw");
                            program.logOut();
                            return Finding.that(!program.alive(), "still there");
                        }),
                Scene.of("S44", "the callback for new tokens never ends: calls go on", Promise.CALLBACKS, stage -> {
                    Program program = stage.loggedIn();
                    program.hook("updated", "hang");
                    stage.hours(3);
                    return Finding.served(program.call());
                }),
                Scene.of(
                        "S45",
                        "the callback for new tokens makes a call: both are served",
                        Promise.CALLBACKS,
                        stage -> {
                            Program program = stage.loggedIn();
                            program.hook("updated", "call");
                            stage.hours(3);
                            return Finding.served(program.call());
                        }),
                Scene.of(
                        "S47",
                        "the callback for a logout that did not work fails: the logout still says so",
                        Promise.CALLBACKS,
                        stage -> {
                            Program program = stage.loggedIn();
                            program.hook("deleteFailed", "throw");
                            stage.fault(Fault.on(LOGOUT).always().html(500));
                            Reply logout = program.logOut();
                            return Finding.that(!logout.done(), "passes for a logout");
                        }));
    }
}
