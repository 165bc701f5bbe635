// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance;

import static dev.atp4j.conformance.Program.REFRESH;
import static dev.atp4j.conformance.Program.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atp4j.http.Headers;
import dev.atp4j.pds.Fault;
import dev.atp4j.pds.Gate;
import dev.atp4j.session.PasswordSession;
import dev.atp4j.session.RefreshFailedException;
import dev.atp4j.session.Resume;
import dev.atp4j.session.SessionOverException;
import dev.atp4j.session.store.EndReason;
import dev.atp4j.session.store.SessionKey;
import dev.atp4j.syntax.Did;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Answers to refreshSession that are lost, broken or mean nothing: none of them costs our client a session. */
final class ClientLoss {

    private static final Headers JSON = Headers.of("content-type", "application/json");

    private static final Duration AMPLE = Duration.ofSeconds(20);

    private ClientLoss() {}

    static List<Scenario> scenarios() {
        return List.of(
                lost(
                        "S16/cut",
                        "a refresh whose answer was cut is recovered",
                        Fault.on(REFRESH).cutBodyAfterProcessing(20)),
                lost(
                        "S16/reset",
                        "a refresh whose answer never came is recovered",
                        Fault.on(REFRESH).resetAfterProcessing()),
                lost(
                        "S16/unsent",
                        "a refresh that never arrived is made again",
                        Fault.on(REFRESH).resetBeforeProcessing()),
                Scenario.of("S16/late", "a lost rotation is recovered even an hour later", world -> {
                    Program program = Program.hasty(world);
                    PasswordSession session = program.takeOver(world.createAccount());
                    losing(world, program, session);
                    world.advance(Duration.ofHours(1));
                    refreshed(session);
                    call(session, AMPLE);
                    assertThat(program.deaths()).isEmpty();
                }),
                Scenario.of(
                        "S17", "a rotation lost for more than two hours is a death with a name of its own", world -> {
                            Program program = Program.hasty(world);
                            PasswordSession session = program.takeOver(world.createAccount());
                            losing(world, program, session);
                            world.advance(Duration.ofMinutes(150));
                            Crew.until(() -> {
                                try {
                                    session.refresh();
                                } catch (RefreshFailedException e) {
                                    return false;
                                } catch (SessionOverException e) {
                                    return true;
                                }
                                throw new AssertionError("the lost session came back");
                            });
                            assertThat(session.endReason()).hasValue(EndReason.LOST_ROTATION_SUSPECTED);
                        }),
                Scenario.of("S18", "a process killed between answer and store is resumed by the next one", world -> {
                    Account account = world.createAccount();
                    try (var folder = new Folder();
                            var copy = new Folder()) {
                        PasswordSession session =
                                Program.sharing(world, folder.path()).logIn(account);
                        var gate = new Gate();
                        world.fault(Fault.on(REFRESH).holdAfterProcessing(gate));
                        Crew<Boolean> killed = Crew.of(1, () -> {
                            session.refresh();
                            return true;
                        });
                        gate.awaitArrivals(1);
                        // What the killed process leaves behind: the record of an attempt, and no result.
                        folder.copyTo(copy);
                        world.forgetCalls();
                        PasswordSession resumed = Program.sharing(world, copy.path())
                                .sessions()
                                .resume(SessionKey.of(Did.parse(account.did())), Resume.CHECKED);
                        assertThat(world.calls(REFRESH)).isEqualTo(1);
                        call(resumed);
                        gate.open();
                        killed.results();
                        assertThat(Program.tokens(resumed.data()).jti())
                                .isEqualTo(Program.tokens(session.data()).jti());
                    }
                }),
                answered(
                        "refresh/401-page",
                        "a firewall's 401 page",
                        Fault.on(REFRESH).html(401)),
                answered(
                        "refresh/403-page",
                        "a firewall's 403 page",
                        Fault.on(REFRESH).html(403)),
                answered(
                        "refresh/503-page",
                        "a proxy's 503 page",
                        Fault.on(REFRESH).html(503)),
                answered(
                        "refresh/200-page",
                        "a captive portal's 200 page",
                        Fault.on(REFRESH).html(200)),
                answered(
                        "refresh/500-expired",
                        "a 500 that speaks of ExpiredToken",
                        Fault.on(REFRESH).error(500, "ExpiredToken", "Token has expired")),
                answered(
                        "refresh/auth-missing",
                        "a proxy that strips Authorization",
                        Fault.on(REFRESH).error(401, "AuthMissing", "Authentication Required")),
                answered(
                        "refresh/empty-object",
                        "a 200 with {}",
                        Fault.on(REFRESH).answer(200, JSON, "{}")),
                answered("refresh/null", "a 200 with null", Fault.on(REFRESH).answer(200, JSON, "null")),
                answered("refresh/204", "a 204", Fault.on(REFRESH).answer(204, Headers.empty(), "")),
                answered(
                        "refresh/redirect",
                        "a redirect",
                        Fault.on(REFRESH).redirectTo(URI.create("http://127.0.0.1:1/"))),
                Scenario.of(
                        "refresh/dead", "what the server says of a dead token is believed, with its reason", world -> {
                            Map<EndReason, Fault> refusals = Map.of(
                                    EndReason.REVOKED,
                                    Fault.on(REFRESH).error(400, "ExpiredToken", "Token has been revoked"),
                                    EndReason.EXPIRED,
                                    Fault.on(REFRESH).error(400, "ExpiredToken", "Token has expired"),
                                    EndReason.INVALID_TOKEN,
                                    Fault.on(REFRESH).error(400, "InvalidToken", "Token could not be verified"));
                            for (Map.Entry<EndReason, Fault> refusal : refusals.entrySet()) {
                                Program program = Program.in(world);
                                PasswordSession session = program.logIn(world.createAccount());
                                world.fault(refusal.getValue());
                                assertThatThrownBy(session::refresh).isInstanceOf(SessionOverException.class);
                                ClientLogin.assertOver(session, refusal.getKey());
                                assertThat(program.heard(2)).containsExactly("updated", "deleted " + refusal.getKey());
                            }
                        }));
    }

    /** A refresh meets a fault once, and the same call mends it. */
    private static Scenario lost(String id, String sentence, Fault fault) {
        return Scenario.of(id, sentence, world -> {
            Program program = Program.in(world);
            PasswordSession session = program.logIn(world.createAccount());
            world.fault(fault);
            session.refresh();
            assertThat(world.calls(REFRESH)).isEqualTo(2);
            call(session);
            assertThat(program.heard(3)).containsExactly("updated", "update failed", "updated");
            world.advance(Duration.ofHours(3));
            call(session);
        });
    }

    /** A refresh is answered by something that says nothing about the token. */
    private static Scenario answered(String id, String what, Fault fault) {
        return Scenario.of(id, "a session survives a refresh that is answered by " + what, world -> {
            Program program = Program.hasty(world);
            PasswordSession session = program.takeOver(world.createAccount());
            world.fault(fault);
            assertThatThrownBy(session::refresh).isInstanceOf(RefreshFailedException.class);
            assertThat(program.heard(1)).containsExactly("update failed");
            call(session, AMPLE);
            world.advance(Duration.ofMinutes(3));
            refreshed(session);
            assertThat(program.deaths()).isEmpty();
        });
    }

    /** Makes a hasty session refresh, as often as it takes. */
    private static void refreshed(PasswordSession session) {
        Crew.until(() -> {
            try {
                session.refresh();
                return true;
            } catch (RefreshFailedException e) {
                return false;
            }
        });
    }

    /** Makes a session refresh for the first time, and lose the answer. */
    static void losing(World world, Program program, PasswordSession session) {
        world.fault(Fault.on(REFRESH).always().resetAfterProcessing());
        assertThatThrownBy(session::refresh).isInstanceOf(RefreshFailedException.class);
        // A hasty caller may have left before the request did.
        assertThat(program.heard(1)).containsExactly("update failed");
        world.noFaults();
    }
}
