// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance;

import static dev.atp4j.conformance.Program.LOGIN;
import static dev.atp4j.conformance.Program.LOGOUT;
import static dev.atp4j.conformance.Program.ORDINARY;
import static dev.atp4j.conformance.Program.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atp4j.Secret;
import dev.atp4j.pds.Fault;
import dev.atp4j.pds.FaultProxy;
import dev.atp4j.session.Login;
import dev.atp4j.session.LoginOutcome;
import dev.atp4j.session.NewAccount;
import dev.atp4j.session.PasswordSession;
import dev.atp4j.session.Resume;
import dev.atp4j.session.SessionData;
import dev.atp4j.session.SessionOverException;
import dev.atp4j.session.store.EndReason;
import dev.atp4j.syntax.Handle;
import dev.atp4j.xrpc.XrpcClient;
import dev.atp4j.xrpc.XrpcRequest;
import dev.atp4j.xrpc.XrpcResponseException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Our client opens sessions, uses them for the first time, and closes them. */
final class ClientLogin {

    private static final String SENT = "A sign in code has been sent to your email address";

    private ClientLogin() {}

    static List<Scenario> scenarios() {
        return List.of(
                Scenario.of("L1", "our login with a wrong password is refused, and no listener is told", world -> {
                    Account account = world.createAccount();
                    Program program = Program.in(world);
                    LoginOutcome outcome = program.sessions()
                            .tryLogin(Login.as(account.handle(), Secret.of("not it"))
                                    .service(world.service())
                                    .build());
                    assertThat(outcome).isInstanceOf(LoginOutcome.BadCredentials.class);
                    assertThat(program.heard(0)).isEmpty();
                    assertThat(world.calls(LOGIN)).isEqualTo(1);
                }),
                Scenario.of("L2", "our login is told that a sign-in code is wanted, and does not try again", world -> {
                    Account account = world.createAccount();
                    Program program = Program.in(world);
                    wantCode(world, 401);
                    LoginOutcome outcome =
                            program.sessions().tryLogin(program.login(account).build());
                    assertThat(outcome)
                            .isInstanceOfSatisfying(
                                    LoginOutcome.AuthFactorRequired.class,
                                    wanted -> assertThat(wanted.message()).isEqualTo(SENT));
                    assertThat(program.heard(0)).isEmpty();
                    assertThat(world.calls(LOGIN)).isEqualTo(1);
                }),
                Scenario.of("L3", "our login with a code calls the PDS, not the service, until it logs out", world -> {
                            Account account = world.createAccount();
                            try (var entryway = FaultProxy.to(world.service())) {
                                Program program = Program.at(world, entryway.url());
                                wantCode(world, 401);
                                PasswordSession session = ((LoginOutcome.AuthFactorRequired) program.sessions()
                                                .tryLogin(program.login(account).build()))
                                        .withCode(Secret.of(" ABCDE-FGHIJ "))
                                        .orThrow();
                                assertThat(program.heard(1)).containsExactly("updated");
                                assertThat(session.service()).isEqualTo(entryway.url());
                                assertThat(session.pds()).isEqualTo(world.service());
                                call(session);
                                call(session);
                                assertThat(world.calls(ORDINARY)).isEqualTo(2);
                                assertThat(entryway.journal().count(ORDINARY)).isZero();
                                session.logout();
                                assertThat(entryway.journal().count(LOGOUT)).isEqualTo(1);
                                assertThat(program.heard(2)).containsExactly("updated", "deleted LOGGED_OUT");
                                assertOver(session, EndReason.LOGGED_OUT);
                            }
                        })
                        .with(Scenario.Setting.DID_DOC),
                Scenario.of("L4", "a call without a session is refused under the server's name for it", world -> {
                    var client = new XrpcClient(world.transport(), world.service());
                    assertThatThrownBy(() ->
                                    client.send(XrpcRequest.query(ORDINARY).build()))
                            .isInstanceOfSatisfying(XrpcResponseException.class, refusal -> {
                                assertThat(refusal.status()).isEqualTo(401);
                                assertThat(refusal.is("AuthMissing")).isTrue();
                            });
                }),
                Scenario.of(
                                "L5",
                                "a call that is expired for ever is made twice; the refresh completes the data",
                                world -> {
                                    Account account = world.createAccount();
                                    Program program = Program.in(world);
                                    PasswordSession session = program.logIn(account);
                                    SessionData before = session.data();
                                    world.fault(
                                            Fault.on(ORDINARY).times(2).error(401, "ExpiredToken", "Token expired"));
                                    assertThatThrownBy(() -> call(session))
                                            .isInstanceOfSatisfying(
                                                    XrpcResponseException.class,
                                                    refusal -> assertThat(refusal.is("ExpiredToken"))
                                                            .isTrue());
                                    assertThat(world.calls(ORDINARY)).isEqualTo(2);
                                    assertThat(world.calls(Program.REFRESH)).isEqualTo(1);
                                    assertThat(program.heard(2)).containsExactly("updated", "updated");
                                    SessionData after = session.data();
                                    assertThat(after.refreshJwt()).isNotEqualTo(before.refreshJwt());
                                    assertThat(after.service()).isEqualTo(world.service());
                                    assertThat(after.email()).hasValue(account.email());
                                    assertThat(after.emailConfirmed()).hasValue(false);
                                    assertThat(after.didDoc()).isPresent();
                                    call(session);
                                })
                        .with(Scenario.Setting.DID_DOC),
                Scenario.of("L6", "a session resumed from a copy outlives the one that the copy was made of", world -> {
                    Program program = Program.in(world);
                    PasswordSession old = program.logIn(world.createAccount());
                    Program other = Program.in(world);
                    PasswordSession resumed =
                            other.sessions().resume(SessionData.parse(old.data().toJson()), Resume.CHECKED);
                    resumed.refresh();
                    world.advance(Duration.ofMinutes(121));
                    assertThatThrownBy(old::refresh).isInstanceOf(SessionOverException.class);
                    assertThat(program.heard(2)).containsExactly("updated", "deleted REVOKED");
                    call(resumed);
                    resumed.logout();
                    // Listeners are told on another thread; closing waits for them.
                    resumed.close();
                    assertThat(other.heard(0)).endsWith("deleted LOGGED_OUT");
                }),
                Scenario.of("L7", "logging out twice and deleting saved data twice is no error", world -> {
                    Account account = world.createAccount();
                    Program program = Program.in(world);
                    PasswordSession session = program.logIn(account);
                    SessionData saved = session.data();
                    session.logout();
                    session.logout();
                    program.sessions().delete(saved);
                    program.sessions().delete(saved);
                    assertThat(program.heard(2)).containsExactly("updated", "deleted LOGGED_OUT");
                }),
                Scenario.of("L8", "our session knows DID and handle of its account", world -> {
                    Account account = world.createAccount();
                    PasswordSession session = Program.in(world).logIn(account);
                    assertThat(session.did().orElseThrow().value()).isEqualTo(account.did());
                    assertThat(session.handle()).hasValue(account.handle());
                    assertThat(session.accountActive()).isTrue();
                    assertThat(session.scope()).hasValue("com.atproto.access");
                }),
                Scenario.of("L9", "our refresh rotates both tokens", world -> {
                    PasswordSession session = Program.in(world).logIn(world.createAccount());
                    SessionData before = session.data();
                    world.advance(Duration.ofSeconds(2));
                    session.refresh();
                    assertThat(session.data().refreshJwt()).isNotEqualTo(before.refreshJwt());
                    assertThat(session.data().accessJwt()).isNotEqualTo(before.accessJwt());
                }),
                Scenario.of("L10", "our logout destroys the session at the server", world -> {
                    PasswordSession session = Program.in(world).logIn(world.createAccount());
                    SessionData saved = session.data();
                    session.logout();
                    world.wire().refresh(saved.refreshJwt().expose()).refused(400, "ExpiredToken");
                    assertOver(session, EndReason.LOGGED_OUT);
                }),
                Scenario.of("L11", "our login accepts handle, address and DID", world -> {
                    Account account = world.createAccount();
                    for (String identifier : List.of(account.handle(), account.email(), account.did())) {
                        PasswordSession session = Program.in(world)
                                .sessions()
                                .login(Login.as(identifier, Secret.of(account.password()))
                                        .service(world.service())
                                        .build());
                        assertThat(session.did().orElseThrow().value()).isEqualTo(account.did());
                    }
                }),
                Scenario.of("L12", "our login does not tell an unknown account from a wrong password", world -> {
                    Account account = world.createAccount();
                    LoginOutcome wrong = tryLogin(world, account.handle(), "not it");
                    LoginOutcome unknown = tryLogin(world, "nobody-at-all.test", "not it");
                    assertThat(wrong).isInstanceOf(LoginOutcome.BadCredentials.class);
                    assertThat(unknown).isEqualTo(wrong);
                }),
                Scenario.of(
                        "L13",
                        "a server that wants a code by 400 is understood too, and a wrong code is told apart",
                        world -> {
                            Account account = world.createAccount();
                            Program program = Program.in(world);
                            wantCode(world, 400);
                            world.fault(Fault.on(LOGIN).error(401, "AuthenticationRequired", "Token is invalid"));
                            var wanted = (LoginOutcome.AuthFactorRequired) program.sessions()
                                    .tryLogin(program.login(account).build());
                            assertThat(wanted.codeRefused()).isFalse();
                            var refused = (LoginOutcome.AuthFactorRequired) wanted.withCode(Secret.of("WRONG-WRONG"));
                            assertThat(refused.codeRefused()).isTrue();
                            call(refused.withCode(Secret.of("RIGHT-RIGHT")).orThrow());
                        }),
                Scenario.of("L14", "the server finds our session by its access token", world -> {
                    Account account = world.createAccount();
                    SessionData data = Program.in(world).logIn(account).data();
                    assertThat(world.wire()
                                    .getSession(data.accessJwt().expose())
                                    .ok()
                                    .json()
                                    .getString("did"))
                            .hasValue(account.did());
                }),
                Scenario.of("L15", "the server finds our session by its refresh token", world -> {
                    Account account = world.createAccount();
                    SessionData data = Program.in(world).logIn(account).data();
                    assertThat(world.wire()
                                    .refresh(data.refreshJwt().expose())
                                    .tokens()
                                    .did())
                            .isEqualTo(account.did());
                }),
                Scenario.of("S48", "an identifier is freed from what copying adds to it", world -> {
                    Account account = world.createAccount();
                    String copied = " @" + account.handle().toUpperCase(Locale.ROOT) + "\u200b\u202c ";
                    assertThat(tryLogin(world, copied, account.password())).isInstanceOf(LoginOutcome.LoggedIn.class);
                }),
                Scenario.of("S49", "one URL with encoded characters is enough to log in", world -> {
                    Account account = world.createAccount();
                    String url = "http://" + encoded(account.email()) + ":" + encoded(account.password()) + "@"
                            + world.service().getAuthority();
                    PasswordSession session = Program.in(world).sessions().login(Login.url(Secret.of(url)));
                    assertThat(session.did().orElseThrow().value()).isEqualTo(account.did());
                }),
                Scenario.of("S51", "a stored session is used for its own account only", world -> {
                    Account alice = world.createAccount();
                    Account bob = world.createAccount();
                    Program program = Program.in(world);
                    program.sessions().open(program.login(alice).build());
                    world.forgetCalls();
                    PasswordSession again =
                            program.sessions().open(program.login(alice).build());
                    assertThat(again.did().orElseThrow().value()).isEqualTo(alice.did());
                    assertThat(world.calls(LOGIN)).isZero();
                    PasswordSession other =
                            program.sessions().open(program.login(bob).build());
                    assertThat(other.did().orElseThrow().value()).isEqualTo(bob.did());
                    assertThat(world.calls(LOGIN)).isEqualTo(1);
                }),
                Scenario.of("login/rate-limited", "a login too many says when the next one may work", world -> {
                            Account account = world.createAccount();
                            Crew.of(30, () -> world.wire().logIn(account.handle(), "not it"))
                                    .results();
                            assertThat(tryLogin(world, account.handle(), account.password()))
                                    .isInstanceOfSatisfying(
                                            LoginOutcome.RateLimited.class,
                                            limited -> assertThat(limited.retryAfter())
                                                    .isBetween(Duration.ofSeconds(250), Duration.ofSeconds(300)));
                        })
                        .with(Scenario.Setting.RATE_LIMITS),
                Scenario.of("login/create-account", "creating an account opens its first session", world -> {
                    Program program = Program.in(world);
                    String name = "new" + System.nanoTime() % 1_000_000_000;
                    PasswordSession session = program.sessions()
                            .createAccount(NewAccount.at(world.service(), Handle.parse(name + ".test"))
                                    .email(name + "@mail.test")
                                    .password(Secret.of("password of " + name))
                                    .build());
                    assertThat(session.handle()).hasValue(name + ".test");
                    call(session);
                    session.refresh();
                    call(session);
                }),
                Scenario.of(
                        "login/after-death", "a session revoked with its app password is opened anew, once", world -> {
                            Account account = world.createAccount();
                            String first = AppPasswords.create(world, account, "first", false);
                            String second = AppPasswords.create(world, account, "second", false);
                            Program program = Program.in(world);
                            PasswordSession session = open(program, world, account, first);
                            AppPasswords.revoke(world.wire().as(account.born().access()), "first");
                            world.advance(Duration.ofHours(3));
                            assertThatThrownBy(() -> call(session)).isInstanceOf(SessionOverException.class);
                            world.forgetCalls();
                            call(open(program, world, account, second));
                            assertThat(world.calls(LOGIN)).isEqualTo(1);
                        }));
    }

    static void assertOver(PasswordSession session, EndReason reason) {
        assertThat(session.destroyed()).isTrue();
        assertThat(session.endReason()).hasValue(reason);
        assertThatThrownBy(() -> call(session))
                .isInstanceOfSatisfying(
                        SessionOverException.class,
                        over -> assertThat(over.reason()).isEqualTo(reason));
    }

    private static void wantCode(World world, int status) {
        world.fault(Fault.on(LOGIN).error(status, "AuthFactorTokenRequired", SENT));
    }

    private static LoginOutcome tryLogin(World world, String identifier, String password) {
        return Program.in(world)
                .sessions()
                .tryLogin(Login.as(identifier, Secret.of(password))
                        .service(world.service())
                        .build());
    }

    private static PasswordSession open(Program program, World world, Account account, String password) {
        return program.sessions()
                .open(Login.as(account.handle(), Secret.of(password))
                        .service(world.service())
                        .build());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
