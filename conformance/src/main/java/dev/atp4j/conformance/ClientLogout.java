// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance;

import static dev.atp4j.conformance.Program.LOGOUT;
import static dev.atp4j.conformance.Program.REFRESH;
import static dev.atp4j.conformance.Program.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atp4j.http.Headers;
import dev.atp4j.pds.Fault;
import dev.atp4j.pds.Gate;
import dev.atp4j.session.ClosePolicy;
import dev.atp4j.session.LogoutUnconfirmedException;
import dev.atp4j.session.PasswordSession;
import dev.atp4j.session.SessionData;
import dev.atp4j.session.SessionOverException;
import dev.atp4j.session.store.EndReason;
import java.time.Duration;
import java.util.List;

/** Our client logs out so that nothing is left that could bring the session back. */
final class ClientLogout {

    private ClientLogout() {}

    static List<Scenario> scenarios() {
        return List.of(
                Scenario.of(
                        "S35",
                        "a logout soon after a refresh ends the predecessor too, which could bring it back",
                        world -> {
                            Account account = world.createAccount();
                            PasswordSession session = Program.in(world).logIn(account);
                            int others = world.liveTokens(account) - 1;
                            SessionData first = session.data();
                            session.refresh();
                            SessionData second = session.data();
                            world.advance(Duration.ofMinutes(10));
                            session.logout();
                            for (SessionData each : List.of(first, second)) {
                                world.wire().refresh(each.refreshJwt().expose()).refused(400, "ExpiredToken");
                            }
                            assertThat(world.liveTokens(account)).isEqualTo(others);
                        }),
                Scenario.of(
                        "S36",
                        "a logout after a refresh whose answer was lost ends what that refresh opened",
                        world -> {
                            Account account = world.createAccount();
                            Program program = Program.hasty(world);
                            PasswordSession session = program.takeOver(account);
                            int others = world.liveTokens(account) - 1;
                            SessionData lost = session.data();
                            ClientLoss.losing(world, program, session);
                            session.logout();
                            world.wire().refresh(lost.refreshJwt().expose()).refused(400, "ExpiredToken");
                            assertThat(world.liveTokens(account)).isEqualTo(others);
                        }),
                Scenario.of(
                        "S37", "a logout that the server does not confirm is finished by the next program", world -> {
                            try (var folder = new Folder()) {
                                Account account = world.createAccount();
                                Program program = Program.sharing(world, folder.path());
                                PasswordSession session = program.logIn(account);
                                int others = world.liveTokens(account) - 1;
                                world.fault(Fault.on(LOGOUT).always().error(500, "InternalServerError", "no"));
                                assertThatThrownBy(session::logout).isInstanceOf(LogoutUnconfirmedException.class);
                                ClientLogin.assertOver(session, EndReason.LOGGED_OUT);
                                assertThat(program.heard(3)).contains("delete failed");
                                assertThat(world.liveTokens(account)).isEqualTo(others + 1);
                                world.noFaults();
                                world.advance(Duration.ofHours(1));
                                Program next = Program.sharing(world, folder.path());
                                next.sessions().retryPendingLogouts();
                                Crew.until(() -> world.liveTokens(account) == others);
                                Crew.until(() ->
                                        next.sessions().retryPendingLogouts().isEmpty());
                            }
                        }),
                unconfirmed(
                        "S38",
                        "a firewall's 401 page is no confirmation of a logout",
                        Fault.on(LOGOUT).always().html(401)),
                unconfirmed(
                        "S38/200",
                        "a captive portal's 200 page is none either",
                        Fault.on(LOGOUT).always().html(200)),
                unconfirmed(
                        "S38/reset",
                        "nor is a broken connection",
                        Fault.on(LOGOUT).always().resetBeforeProcessing()),
                gone(
                        "S39/expired",
                        "a logout of a token that the server calls expired is done",
                        Fault.on(LOGOUT).error(400, "ExpiredToken", "Token has been revoked")),
                gone(
                        "S39/invalid",
                        "a logout of a token that the server cannot verify is done",
                        Fault.on(LOGOUT).error(400, "InvalidToken", "Token could not be verified")),
                gone(
                        "S40/204",
                        "204 confirms a logout",
                        Fault.on(LOGOUT).answerAfterProcessing(204, Headers.empty(), "")),
                gone(
                        "S40/text",
                        "200 with a text confirms a logout",
                        Fault.on(LOGOUT).answerAfterProcessing(200, Headers.of("content-type", "text/plain"), "bye")),
                Scenario.of("S41", "a logout during a refresh ends what the refresh brings", world -> {
                    Account account = world.createAccount();
                    PasswordSession session = Program.in(world).logIn(account);
                    int others = world.liveTokens(account) - 1;
                    var gate = new Gate();
                    world.fault(Fault.on(REFRESH).holdAfterProcessing(gate));
                    Crew<Boolean> refreshing = Crew.of(1, () -> {
                        session.refresh();
                        return true;
                    });
                    gate.awaitArrivals(1);
                    Crew<Boolean> leaving = Crew.of(1, () -> {
                        session.logout();
                        return true;
                    });
                    leaving.awaitWaiting();
                    gate.open();
                    leaving.results();
                    assertThatCode(refreshing::results).doesNotThrowAnyExceptionExcept(SessionOverException.class);
                    assertThat(world.liveTokens(account)).isEqualTo(others);
                    ClientLogin.assertOver(session, EndReason.LOGGED_OUT);
                }),
                Scenario.of("S41/requests", "a call that is on its way during a logout gets its own answer", world -> {
                    PasswordSession session = Program.in(world).logIn(world.createAccount());
                    var gate = new Gate();
                    world.fault(Fault.on(Program.ORDINARY).holdBeforeProcessing(gate));
                    Crew<Boolean> calling = Crew.of(1, () -> {
                        call(session);
                        return true;
                    });
                    gate.awaitArrivals(1);
                    session.logout();
                    gate.open();
                    assertThat(calling.results()).containsExactly(true);
                }),
                Scenario.of("S42/keep", "closing a session keeps it, unless the program wants otherwise", world -> {
                    Account account = world.createAccount();
                    Program program = Program.in(world);
                    program.logIn(account).close();
                    assertThat(world.calls(LOGOUT)).isZero();
                    call(program.sessions().open(program.login(account).build()));
                    assertThat(world.calls(Program.LOGIN)).isEqualTo(1);
                }),
                Scenario.of("S42/logout", "with the policy to log out, closing does, and reports a failure", world -> {
                    Account account = world.createAccount();
                    Program program = Program.in(world, wish -> wish.closePolicy(ClosePolicy.LOGOUT));
                    SessionData data;
                    try (PasswordSession session = program.logIn(account)) {
                        data = session.data();
                    }
                    world.wire().refresh(data.refreshJwt().expose()).refused(400, "ExpiredToken");
                    PasswordSession other = program.logIn(account);
                    world.fault(Fault.on(LOGOUT).error(500, "InternalServerError", "no"));
                    assertThatThrownBy(other::close).isInstanceOf(LogoutUnconfirmedException.class);
                }));
    }

    private static Scenario unconfirmed(String id, String sentence, Fault fault) {
        return Scenario.of(id, sentence, world -> {
            Account account = world.createAccount();
            PasswordSession session = Program.in(world).logIn(account);
            int before = world.liveTokens(account);
            world.fault(fault);
            assertThatThrownBy(session::logout).isInstanceOf(LogoutUnconfirmedException.class);
            assertThat(session.destroyed()).isTrue();
            // It is asked again in the background, too, and how soon is nobody's business here.
            assertThat(world.liveTokens(account)).isEqualTo(before);
            world.noFaults();
            session.logout();
            assertThat(world.liveTokens(account)).isEqualTo(before - 1);
        });
    }

    private static Scenario gone(String id, String sentence, Fault fault) {
        return Scenario.of(id, sentence, world -> {
            Program program = Program.in(world);
            PasswordSession session = program.logIn(world.createAccount());
            world.fault(fault);
            session.logout();
            session.logout();
            assertThat(world.calls(LOGOUT)).isEqualTo(1);
            assertThat(program.heard(2)).containsExactly("updated", "deleted LOGGED_OUT");
        });
    }
}
