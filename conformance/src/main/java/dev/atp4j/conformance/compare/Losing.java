// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance.compare;

import static dev.atp4j.conformance.compare.Stage.REFRESH;

import dev.atp4j.data.LexString;
import dev.atp4j.http.Headers;
import dev.atp4j.pds.Fault;
import dev.atp4j.pds.Gate;
import dev.atp4j.syntax.Did;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Answers that are lost or mean nothing, processes that die, disks that are full, clocks that are wrong. */
final class Losing {

    private static final Headers JSON = Headers.of("content-type", "application/json");

    private Losing() {}

    static List<Scene> scenes() {
        return List.of(
                trouble(
                        "S16/reset",
                        "rotations whose answers never come",
                        Fault.on(REFRESH).always().resetAfterProcessing()),
                trouble(
                        "S16/cut",
                        "rotations whose answers are cut",
                        Fault.on(REFRESH).always().cutBodyAfterProcessing(20)),
                trouble(
                        "S16/unsent",
                        "refreshes that never arrive",
                        Fault.on(REFRESH).always().resetBeforeProcessing()),
                trouble("503", "pages with 503", Fault.on(REFRESH).always().html(503)),
                trouble(
                        "500-expired",
                        "500 with the name ExpiredToken",
                        Fault.on(REFRESH).always().error(500, "ExpiredToken", "Token has expired")),
                nothing(
                        "401-page",
                        "pages with 401, as firewalls send",
                        Fault.on(REFRESH).always().html(401)),
                nothing("403-page", "pages with 403", Fault.on(REFRESH).always().html(403)),
                nothing(
                        "401-missing",
                        "401 AuthMissing, since a proxy drops the header",
                        Fault.on(REFRESH).always().error(401, "AuthMissing", "Authentication Required")),
                nothing(
                        "200-page",
                        "pages with 200, as captive portals send",
                        Fault.on(REFRESH).always().html(200)),
                nothing("200-empty", "200 with {}", Fault.on(REFRESH).always().answer(200, JSON, "{}")),
                nothing("200-null", "200 with null", Fault.on(REFRESH).always().answer(200, JSON, "null")),
                nothing("204", "204", Fault.on(REFRESH).always().answer(204, Headers.empty(), "")),
                nothing(
                        "307",
                        "redirects to nowhere",
                        Fault.on(REFRESH).always().redirectTo(URI.create("http://127.0.0.1:1/"))),
                trouble("429", "429", Fault.on(REFRESH).always().retryAfter(Duration.ofSeconds(30))),
                Scene.of(
                        "refused-once",
                        "refreshSession says ExpiredToken once, by a mistake, after an answer that never came",
                        Promise.DOUBTS,
                        stage -> {
                            Program program = stage.loggedIn();
                            stage.hours(3);
                            stage.fault(Fault.on(REFRESH).resetAfterProcessing());
                            stage.fault(Fault.on(REFRESH).error(400, "ExpiredToken", "Token has been revoked"));
                            program.call();
                            return stage.lives(program);
                        }),
                Scene.of("S58", "refreshes with an odd handle: their tokens are kept", Promise.ODD_ANSWERS, stage -> {
                    Program program = stage.loggedIn();
                    stage.fault(Fault.on(REFRESH).always().withField("handle", new LexString("no handle!")));
                    return stage.lives(program);
                }),
                Scene.of(
                        "S58/flag",
                        "refreshes with an emailConfirmed that is no boolean: their tokens are kept",
                        Promise.ODD_ANSWERS,
                        stage -> {
                            Program program = stage.loggedIn();
                            stage.fault(Fault.on(REFRESH).always().withField("emailConfirmed", new LexString("yes")));
                            return stage.lives(program);
                        }),
                Scene.of(
                        "S59",
                        "a refresh is answered with another account's DID: it is not taken over",
                        Promise.HOME_ONLY,
                        stage -> {
                            Program program = stage.loggedIn();
                            stage.hours(3);
                            stage.fault(Fault.on(REFRESH).wrongDid(Did.parse("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa")));
                            program.callInHaste();
                            String did = program.did();
                            return did.equals(stage.account().did())
                                    ? stage.lives(program)
                                    : Finding.not(did.isEmpty() ? "session lost" : "takes it over");
                        }),
                Scene.of("restart", "a program is killed and started again", Promise.RESUMES, stage -> {
                    Program program = stage.loggedIn();
                    stage.hours(3);
                    program.call();
                    stage.kill(program);
                    return stage.lives(stage.another());
                }),
                Scene.of("offline", "a program is started while the server can't be reached", Promise.KEEPS, stage -> {
                    stage.kill(stage.loggedIn());
                    stage.hours(3);
                    stage.fault(Fault.onAny().always().resetBeforeProcessing());
                    Program program = stage.another();
                    stage.noFaults();
                    return stage.lives(program);
                }),
                Scene.of(
                        "offline/week",
                        "a program runs for a week without a network, and calls every day",
                        Promise.KEEPS,
                        stage -> {
                            Program program = stage.loggedIn();
                            stage.fault(Fault.onAny().always().resetBeforeProcessing());
                            for (int day = 0; day < 7; day++) {
                                stage.hours(24);
                                program.callInHaste();
                            }
                            stage.noFaults();
                            return stage.lives(program);
                        }),
                Scene.of(
                        "S18",
                        "a program is killed between the server's rotation and its own saving, and started again",
                        Promise.SURVIVES_DEATH,
                        stage -> {
                            Program program = stage.loggedIn();
                            stage.hours(3);
                            killWhileRefreshing(stage, program);
                            stage.minutes(30);
                            return stage.lives(stage.another());
                        }),
                Scene.of(
                        "S18/early",
                        "the same with tokens that are still good; then a call every half hour",
                        Promise.SURVIVES_DEATH,
                        stage -> {
                            Program program = stage.loggedIn();
                            killWhileRefreshing(stage, program);
                            stage.minutes(30);
                            Program next = stage.another();
                            for (int i = 0; i < 8; i++) {
                                Finding finding = stage.servedInTime(next);
                                if (!finding.holds()) {
                                    return finding;
                                }
                                stage.minutes(30);
                            }
                            return Finding.HOLDS;
                        }),
                Scene.of(
                        "S20",
                        "the disk is full when tokens are renewed: calls go on",
                        Promise.SURVIVES_DISK,
                        stage -> {
                            Program program = stage.loggedIn();
                            program.disk(true);
                            stage.hours(3);
                            Reply first = program.call();
                            Reply second = program.call();
                            return first.served() ? Finding.served(second) : Finding.not(first.words());
                        }),
                Scene.of(
                        "S20/later",
                        "when the disk has room again, what is saved is of use",
                        Promise.SURVIVES_DISK,
                        stage -> {
                            Program program = stage.loggedIn();
                            program.disk(true);
                            stage.hours(3);
                            program.call();
                            program.disk(false);
                            stage.minutes(10);
                            program.call();
                            stage.hours(3);
                            program.call();
                            stage.kill(program);
                            stage.minutes(30);
                            return stage.lives(stage.another());
                        }),
                Scene.of(
                        "saved/removed",
                        "somebody removes what is saved; the program that runs goes on",
                        Promise.SURVIVES_DISK,
                        stage -> {
                            Program program = stage.loggedIn();
                            stage.removeSaved();
                            return stage.lives(program);
                        }),
                Scene.of(
                        "saved/rolled-back",
                        "somebody restores what was saved four hours ago; the program that runs goes on",
                        Promise.SURVIVES_DISK,
                        stage -> {
                            Program program = stage.loggedIn();
                            stage.backUpSaved();
                            stage.hours(2);
                            program.refresh();
                            stage.hours(2);
                            program.refresh();
                            stage.restoreSaved();
                            return stage.lives(program);
                        }),
                Scene.of(
                        "S21/ahead",
                        "the machine's clock is a day ahead",
                        Promise.CLOCKS,
                        stage -> skewed(stage, Duration.ofDays(1))),
                Scene.of(
                        "S21/behind",
                        "the machine's clock is a day behind",
                        Promise.CLOCKS,
                        stage -> skewed(stage, Duration.ofDays(-1))),
                Scene.of(
                        "S22",
                        "an access token that is no JWT: the saved session is resumed",
                        Promise.OPAQUE,
                        stage -> {
                            stage.fault(Fault.on(Stage.LOGIN).withField("accessJwt", new LexString("opaque")));
                            stage.kill(stage.loggedIn());
                            String said = "{\"did\":\"" + stage.account().did() + "\",\"handle\":\""
                                    + stage.account().handle() + "\"}";
                            stage.fault(Fault.on(Program.ORDINARY).always().answer(200, JSON, "{}"));
                            stage.fault(Fault.on("com.atproto.server.getSession")
                                    .always()
                                    .answer(200, JSON, said));
                            return Finding.served(stage.another().call());
                        }));
    }

    /** For an hour refreshes fail, as networks and servers do. */
    private static Scene trouble(String id, String what, Fault fault) {
        return anHour(id, what, Promise.KEEPS, fault);
    }

    /** For an hour every refresh is answered by something that says nothing about the token. */
    private static Scene nothing(String id, String what, Fault fault) {
        return anHour(id, what, Promise.NOT_MISTAKEN, fault);
    }

    private static Scene anHour(String id, String what, Promise promise, Fault fault) {
        return Scene.of("refresh/" + id, what + ", for an hour", promise, stage -> {
            Program program = stage.loggedIn();
            stage.hours(3);
            stage.fault(fault);
            for (int i = 0; i < 3; i++) {
                program.callInHaste();
                stage.minutes(20);
            }
            stage.noFaults();
            return stage.lives(program);
        });
    }

    /** Kills a program that has asked for new tokens and not got its answer. */
    static void killWhileRefreshing(Stage stage, Program program) {
        var gate = new Gate();
        stage.fault(Fault.on(REFRESH).holdAfterProcessing(gate));
        program.refreshing();
        gate.awaitArrivals(1);
        stage.kill(program);
        gate.open();
    }

    private static Finding skewed(Stage stage, Duration skew) {
        Program program = stage.loggedIn(stage.start(skew));
        Finding before = stage.lives(program);
        stage.kill(program);
        return before.holds() ? stage.lives(stage.another(skew)) : before;
    }
}
