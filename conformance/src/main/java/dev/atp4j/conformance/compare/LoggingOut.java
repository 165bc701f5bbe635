// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance.compare;

import static dev.atp4j.conformance.compare.Stage.LOGIN;
import static dev.atp4j.conformance.compare.Stage.LOGOUT;
import static dev.atp4j.conformance.compare.Stage.REFRESH;

import dev.atp4j.http.Headers;
import dev.atp4j.pds.Fault;
import dev.atp4j.pds.Gate;
import java.util.List;

/** Logouts, those that work and those that do not. */
final class LoggingOut {

    private LoggingOut() {}

    static List<Scene> scenes() {
        return List.of(
                Scene.of("logout", "the refresh token is dead afterwards", Promise.LOGS_OUT, stage -> {
                    var tokens = new Capture();
                    stage.fault(Fault.on(LOGIN).alterAnswer(tokens));
                    Reply logout = stage.loggedIn().logOut();
                    return logout.done() ? dead(stage, tokens) : Finding.not(logout.words());
                }),
                Scene.of("logout/saved", "nothing that could be resumed stays saved", Promise.LOGS_OUT, stage -> {
                    stage.loggedIn().logOut();
                    Program next = stage.start();
                    return Finding.that(!next.resume(stage.account().did()).done(), "resumed");
                }),
                Scene.of(
                        "S35",
                        "a token that was rotated ten minutes before is dead, too",
                        Promise.LOGS_OUT_WHOLLY,
                        stage -> {
                            var tokens = new Capture();
                            stage.fault(Fault.on(LOGIN).alterAnswer(tokens));
                            Program program = stage.loggedIn();
                            program.refresh();
                            stage.minutes(10);
                            program.logOut();
                            return dead(stage, tokens);
                        }),
                Scene.of(
                        "S36",
                        "the rotation before it was never heard of: its token is dead, too",
                        Promise.LOGS_OUT_WHOLLY,
                        stage -> {
                            Program program = stage.loggedIn();
                            stage.fault(Fault.on(REFRESH).always().resetAfterProcessing());
                            stage.hours(3);
                            program.callInHaste();
                            stage.noFaults();
                            stage.minutes(10);
                            program.logOut();
                            stage.hours(3);
                            return Finding.that(stage.liveTokens() == 0, "one lives on for 90 days");
                        }),
                Scene.of("S37", "the server answers 500: that is said", Promise.SAYS_SO, stage -> {
                    stage.fault(Fault.on(LOGOUT).always().html(500));
                    return saysSo(stage.loggedIn());
                }),
                Scene.of("S37/reset", "the connection breaks: that is said", Promise.SAYS_SO, stage -> {
                    stage.fault(Fault.on(LOGOUT).always().resetBeforeProcessing());
                    return saysSo(stage.loggedIn());
                }),
                Scene.of("S38", "a firewall answers with a page and 401: that is said", Promise.SAYS_SO, stage -> {
                    stage.fault(Fault.on(LOGOUT).always().html(401));
                    return saysSo(stage.loggedIn());
                }),
                Scene.of(
                        "S37/later",
                        "the server answers 500, and the program is killed; its next start finishes it",
                        Promise.FINISHES,
                        stage -> {
                            Program program = stage.loggedIn();
                            stage.fault(Fault.on(LOGOUT).always().html(500));
                            program.logOut();
                            stage.kill(program);
                            stage.noFaults();
                            stage.hours(1);
                            stage.another();
                            stage.minutes(15);
                            return Finding.that(Stage.settles(() -> stage.liveTokens() == 0), "the session goes on");
                        }),
                Scene.of(
                        "S39",
                        "the server says that the token is dead already: that is a logout",
                        Promise.LOGS_OUT,
                        stage -> {
                            Program program = stage.loggedIn();
                            stage.fault(Fault.on(LOGOUT).error(400, "ExpiredToken", "Token has been revoked"));
                            return worked(program.logOut());
                        }),
                Scene.of("S40", "the server answers 204: that is a logout", Promise.LOGS_OUT, stage -> {
                    Program program = stage.loggedIn();
                    stage.fault(Fault.on(LOGOUT).answerAfterProcessing(204, Headers.empty(), ""));
                    return worked(program.logOut());
                }),
                Scene.of("S41", "tokens are being renewed: the new ones die", Promise.LOGS_OUT, stage -> {
                    Program program = stage.loggedIn();
                    var gate = new Gate();
                    stage.fault(Fault.on(REFRESH).holdAfterProcessing(gate));
                    Driver.Order refresh = program.refreshing();
                    gate.awaitArrivals(1);
                    Driver.Order logout = program.loggingOut();
                    gate.open();
                    program.await(refresh);
                    program.await(logout);
                    stage.hours(3);
                    return Finding.that(Stage.settles(() -> stage.liveTokens() == 0), "they live on for 90 days");
                }),
                Scene.of("logout/twice", "a second logout is no error", Promise.LOGS_OUT, stage -> {
                    Program program = stage.loggedIn();
                    program.logOut();
                    return worked(program.logOut());
                }));
    }

    private static Finding worked(Reply logout) {
        return Finding.that(logout.done(), logout.words());
    }

    private static Finding dead(Stage stage, Capture tokens) {
        return Finding.that(stage.wire().refresh(tokens.tokens().refresh()).status() == 400, "brings it back");
    }

    private static Finding saysSo(Program program) {
        Reply logout = program.logOut();
        return Finding.that(!logout.done() || program.events().contains("deleteFailed"), "passes for a logout");
    }
}
