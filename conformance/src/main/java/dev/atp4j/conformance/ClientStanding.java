// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance;

import static dev.atp4j.conformance.Program.REFRESH;
import static dev.atp4j.conformance.Program.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atp4j.http.Headers;
import dev.atp4j.pds.Fault;
import dev.atp4j.pds.FaultProxy;
import dev.atp4j.session.LoginOutcome;
import dev.atp4j.session.LogoutUnconfirmedException;
import dev.atp4j.session.PasswordSession;
import dev.atp4j.session.RefreshFailedException;
import dev.atp4j.session.SessionOverException;
import dev.atp4j.session.store.EndReason;
import dev.atp4j.syntax.Did;
import dev.atp4j.xrpc.XrpcResponseException;
import java.time.Duration;
import java.util.List;

/** Our client when an account is taken down or deleted, and when a server is not what it should be. */
final class ClientStanding {

    private ClientStanding() {}

    static List<Scenario> scenarios() {
        return List.of(
                Scenario.of(
                        "takedown/client-login",
                        "our login is told of a takedown, and can ask for what is left",
                        world -> {
                            Account account = world.createAccount();
                            world.takeDown(account);
                            Program program = Program.in(world);
                            assertThat(program.sessions()
                                            .tryLogin(program.login(account).build()))
                                    .isInstanceOf(LoginOutcome.TakenDown.class);
                            PasswordSession session = program.sessions()
                                    .login(program.login(account)
                                            .allowTakendown()
                                            .build());
                            assertThat(session.scope()).hasValue("com.atproto.takendown");
                            assertThat(session.accountActive()).isFalse();
                            assertThat(session.accountStatus()).hasValue("takendown");
                        }),
                Scenario.of("S53", "a session of a taken down account is never refreshed", world -> {
                    Account account = world.createAccount();
                    world.takeDown(account);
                    Program program = Program.in(world);
                    PasswordSession session = program.sessions()
                            .login(program.login(account).allowTakendown().build());
                    world.advance(Duration.ofHours(3));
                    assertThatThrownBy(() -> call(session)).isInstanceOf(XrpcResponseException.class);
                    assertThatThrownBy(session::refresh).isInstanceOf(IllegalStateException.class);
                    assertThat(world.calls(REFRESH)).isZero();
                    session.logout();
                }),
                Scenario.of("S54", "a takedown ends a session with a reason of its own, and its names stay", world -> {
                    Account account = world.createAccount();
                    Program program = Program.in(world);
                    PasswordSession session = program.logIn(account);
                    world.takeDown(account);
                    world.advance(Duration.ofHours(3));
                    assertThatThrownBy(() -> call(session)).isInstanceOf(SessionOverException.class);
                    ClientLogin.assertOver(session, EndReason.ACCOUNT_TAKEN_DOWN);
                    assertThat(session.did().orElseThrow().value()).isEqualTo(account.did());
                    assertThat(session.handle()).hasValue(account.handle());
                    assertThat(session.service()).isEqualTo(world.service());
                    assertThat(program.heard(2)).containsExactly("updated", "deleted ACCOUNT_TAKEN_DOWN");
                }),
                Scenario.of("S55", "a session of a deleted account ends as such, after a look at the DID", world -> {
                    Account account = world.createAccount();
                    Program program = Program.withIdentity(world);
                    PasswordSession session = program.logIn(account);
                    world.delete(account);
                    world.advance(Duration.ofHours(3));
                    assertThatThrownBy(() -> call(session)).isInstanceOf(SessionOverException.class);
                    ClientLogin.assertOver(session, EndReason.ACCOUNT_DELETED);
                }),
                Scenario.of("deactivated/client", "a deactivated account's session goes on and says so", world -> {
                    Account account = world.createAccount();
                    PasswordSession session = Program.in(world).logIn(account);
                    Standing.deactivate(world, account);
                    session.refresh();
                    assertThat(session.accountActive()).isFalse();
                    assertThat(session.accountStatus()).hasValue("deactivated");
                    assertThat(session.destroyed()).isFalse();
                }),
                Scenario.of("mail/client", "a new password ends our session as revoked", world -> {
                    Account account = world.createAccount();
                    PasswordSession session = Program.in(world).logIn(account);
                    Mail.changePassword(world, account, "another password");
                    call(session);
                    world.advance(Duration.ofHours(3));
                    assertThatThrownBy(() -> call(session)).isInstanceOf(SessionOverException.class);
                    ClientLogin.assertOver(session, EndReason.REVOKED);
                }),
                Scenario.of("S59", "tokens of another account are never installed", world -> {
                    Account account = world.createAccount();
                    Program program = Program.in(world);
                    PasswordSession session = program.logIn(account);
                    world.fault(Fault.on(REFRESH).wrongDid(Did.parse("did:web:somebody.test")));
                    assertThatThrownBy(session::refresh).isInstanceOf(RefreshFailedException.class);
                    assertThat(session.did().orElseThrow().value()).isEqualTo(account.did());
                    assertThat(program.heard(2)).containsExactly("updated", "update failed");
                    world.advance(Duration.ofMinutes(2));
                    session.refresh();
                    call(session);
                }),
                Scenario.of("S61", "a redirect to another host gets no token", world -> {
                    try (var elsewhere = FaultProxy.to(world.service())) {
                        PasswordSession session = Program.in(world).logIn(world.createAccount());
                        world.fault(Fault.on(Program.ORDINARY)
                                .redirectTo(elsewhere.url().resolve("/xrpc/" + Program.ORDINARY)));
                        assertThatThrownBy(() -> call(session)).isInstanceOf(XrpcResponseException.class);
                        world.fault(Fault.on(REFRESH).redirectTo(elsewhere.url().resolve("/xrpc/" + REFRESH)));
                        session.refresh();
                        world.fault(Fault.on(Program.LOGOUT)
                                .redirectTo(elsewhere.url().resolve("/xrpc/" + Program.LOGOUT)));
                        assertThatThrownBy(session::logout).isInstanceOf(LogoutUnconfirmedException.class);
                        assertThat(elsewhere.journal().entries()).isEmpty();
                    }
                }),
                Scenario.of("S65", "an error of ten megabytes is cut short", world -> {
                    PasswordSession session = Program.in(world).logIn(world.createAccount());
                    String huge = "{\"error\":\"Huge\",\"message\":\"" + "x".repeat(10 << 20) + "\"}";
                    world.fault(Fault.on(Program.ORDINARY)
                            .answer(400, Headers.of("content-type", "application/json"), huge));
                    assertThatThrownBy(() -> call(session))
                            .isInstanceOfSatisfying(
                                    XrpcResponseException.class,
                                    refusal -> assertThat(refusal.getMessage()).hasSizeLessThan(5_000));
                    call(session);
                }),
                Scenario.of("S66", "a demand for Basic credentials gets none", world -> {
                    PasswordSession session = Program.in(world).logIn(world.createAccount());
                    world.fault(Fault.on(Program.ORDINARY)
                            .always()
                            .answer(401, Headers.of("www-authenticate", "Basic realm=\"login\""), ""));
                    assertThatThrownBy(() -> call(session)).isInstanceOf(XrpcResponseException.class);
                    assertThat(world.calls(Program.ORDINARY)).isBetween(1, 2);
                    world.noFaults();
                    call(session);
                }),
                Scenario.of("call/no-session", "what a server says of other tokens makes no refresh", world -> {
                    PasswordSession session = Program.in(world).logIn(world.createAccount());
                    for (String error : List.of("JwtExpired", "BadJwt", "AuthMissing", "UntrustedIss")) {
                        world.fault(Fault.on(Program.ORDINARY).error(401, error, "the AppView says no"));
                        assertThatThrownBy(() -> call(session))
                                .isInstanceOfSatisfying(
                                        XrpcResponseException.class,
                                        refusal -> assertThat(refusal.is(error)).isTrue());
                    }
                    assertThat(world.calls(REFRESH)).isZero();
                }));
    }
}
