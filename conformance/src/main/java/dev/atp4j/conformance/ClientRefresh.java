// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance;

import static dev.atp4j.conformance.Program.ORDINARY;
import static dev.atp4j.conformance.Program.REFRESH;
import static dev.atp4j.conformance.Program.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atp4j.data.LexInteger;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexString;
import dev.atp4j.http.RequestBody;
import dev.atp4j.pds.Fault;
import dev.atp4j.pds.FaultProxy;
import dev.atp4j.pds.Gate;
import dev.atp4j.session.PasswordSession;
import dev.atp4j.session.RefreshFailedException;
import dev.atp4j.session.SessionData;
import dev.atp4j.session.Sessions;
import dev.atp4j.xrpc.XrpcRequest;
import dev.atp4j.xrpc.XrpcResponse;
import dev.atp4j.xrpc.XrpcResponseException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** Our client refreshes: when it has to, once, and not when it makes no sense. */
final class ClientRefresh {

    private static final Duration PAST_ACCESS = Duration.ofHours(3);
    private static final String CREATE_RECORD = "com.atproto.repo.createRecord";
    private static final String UPLOAD = "com.atproto.repo.uploadBlob";

    private ClientRefresh() {}

    static List<Scenario> scenarios() {
        return List.of(
                Scenario.of("refresh/before", "a token known to be over is refreshed before the call", world -> {
                    PasswordSession session = Program.in(world).logIn(world.createAccount());
                    world.advance(PAST_ACCESS);
                    call(session);
                    assertThat(world.calls(ORDINARY)).isEqualTo(1);
                    assertThat(world.calls(REFRESH)).isEqualTo(1);
                }),
                Scenario.of(
                        "refresh/after",
                        "a token that only the server knows to be over is refreshed after the call",
                        world -> {
                            PasswordSession session = Program.in(world).logIn(world.createAccount());
                            world.advanceServer(PAST_ACCESS);
                            call(session);
                            assertThat(world.calls(ORDINARY)).isEqualTo(2);
                            assertThat(world.calls(REFRESH)).isEqualTo(1);
                        }),
                Scenario.of("refresh/weeks", "a session that is used every day lives on without a login", world -> {
                    PasswordSession session = Program.in(world).logIn(world.createAccount());
                    for (int day = 0; day < 14; day++) {
                        world.advance(Duration.ofDays(1));
                        call(session);
                    }
                    assertThat(world.calls(REFRESH)).isEqualTo(14);
                    assertThat(world.calls(Program.LOGIN)).isEqualTo(1);
                }),
                Scenario.of(
                        "S1",
                        "a hundred threads that meet an expired token make one refresh, and all succeed",
                        world -> {
                            Program program = Program.in(world);
                            PasswordSession session = program.logIn(world.createAccount());
                            var gate = new Gate();
                            world.fault(Fault.on(REFRESH).holdBeforeProcessing(gate));
                            world.advanceServer(PAST_ACCESS);
                            Crew<Boolean> crew = Crew.of(100, () -> {
                                call(session, Duration.ofSeconds(30));
                                return true;
                            });
                            Crew.until(() -> world.calls(ORDINARY) == 100);
                            crew.awaitWaiting();
                            gate.open();
                            assertThat(crew.results()).hasSize(100);
                            assertThat(world.calls(REFRESH)).isEqualTo(1);
                            assertThat(world.calls(ORDINARY)).isEqualTo(200);
                            assertThat(program.heard(2)).containsExactly("updated", "updated");
                        }),
                Scenario.of("S2", "two explicit refreshes at once are one rotation", world -> {
                    PasswordSession session = Program.in(world).logIn(world.createAccount());
                    var gate = new Gate();
                    world.fault(Fault.on(REFRESH).holdBeforeProcessing(gate));
                    Crew<SessionData> crew = Crew.of(2, () -> {
                        session.refresh();
                        return session.data();
                    });
                    gate.awaitArrivals(1);
                    crew.awaitWaiting();
                    gate.open();
                    List<SessionData> data = crew.results();
                    assertThat(data.get(0).refreshJwt()).isEqualTo(data.get(1).refreshJwt());
                    assertThat(world.calls(REFRESH)).isEqualTo(1);
                }),
                Scenario.of("S3", "a caller that gives up waiting does not stop the refresh", world -> {
                    Program program = Program.in(world);
                    PasswordSession session = program.logIn(world.createAccount());
                    SessionData before = session.data();
                    var gate = new Gate();
                    world.fault(Fault.on(REFRESH).holdAfterProcessing(gate));
                    world.advance(PAST_ACCESS);
                    assertThatThrownBy(() -> call(session, Duration.ofMillis(300)))
                            .isInstanceOf(RefreshFailedException.class);
                    gate.open();
                    assertThat(program.heard(2)).containsExactly("updated", "updated");
                    assertThat(session.data().refreshJwt()).isNotEqualTo(before.refreshJwt());
                    call(session);
                    assertThat(world.calls(REFRESH)).isEqualTo(1);
                }),
                Scenario.of("S4", "a late refusal of an old token leads to a retry, not to a refresh", world -> {
                    PasswordSession session = Program.in(world).logIn(world.createAccount());
                    var gate = new Gate();
                    world.fault(Fault.on(ORDINARY).holdAfterProcessing(gate));
                    world.advanceServer(PAST_ACCESS);
                    Crew<Boolean> late = Crew.of(1, () -> {
                        call(session);
                        return true;
                    });
                    gate.awaitArrivals(1);
                    session.refresh();
                    gate.open();
                    assertThat(late.results()).containsExactly(true);
                    assertThat(world.calls(REFRESH)).isEqualTo(1);
                    assertThat(world.calls(ORDINARY)).isEqualTo(2);
                }),
                Scenario.of("S5", "when refreshing fails, fifty callers do not make fifty refreshes", world -> {
                    PasswordSession session = Program.in(world).logIn(world.createAccount());
                    world.advance(PAST_ACCESS);
                    world.fault(Fault.on(REFRESH).always().error(503, "Unavailable", "down for a moment"));
                    long start = world.time().nanos();
                    Crew<Boolean> crew = Crew.of(50, () -> {
                        assertThatThrownBy(() -> call(session, Duration.ofMillis(1_500)))
                                .isInstanceOf(RefreshFailedException.class);
                        return true;
                    });
                    assertThat(crew.results()).hasSize(50);
                    int made = world.calls(REFRESH);
                    assertThat(made)
                            .isBetween(
                                    1, mostTries(Duration.ofNanos(world.time().nanos() - start)));
                    assertThat(session.destroyed()).isFalse();
                    world.noFaults();
                    world.advance(Duration.ofMinutes(2));
                    call(session);
                }),
                Scenario.of(
                        "S6",
                        "Retry-After on a refresh is obeyed, and a good access token is used meanwhile",
                        world -> {
                            PasswordSession session = Program.in(world).logIn(world.createAccount());
                            world.fault(Fault.on(REFRESH).retryAfter(Duration.ofSeconds(60)));
                            for (int i = 0; i < 2; i++) {
                                assertThatThrownBy(session::refresh)
                                        .isInstanceOfSatisfying(
                                                RefreshFailedException.class,
                                                failure -> assertThat(failure.retryAfter())
                                                        .isBetween(Duration.ofSeconds(50), Duration.ofSeconds(60)));
                            }
                            assertThat(world.calls(REFRESH)).isEqualTo(1);
                            call(session);
                            world.advance(Duration.ofSeconds(61));
                            session.refresh();
                            assertThat(world.calls(REFRESH)).isEqualTo(2);
                        }),
                Scenario.of("S7", "three writes of a deactivated account make no refresh", world -> {
                    Account account = world.createAccount();
                    PasswordSession session = Program.in(world).logIn(account);
                    Standing.deactivate(world, account);
                    for (int i = 0; i < 3; i++) {
                        assertThatThrownBy(() -> write(session, account))
                                .isInstanceOfSatisfying(
                                        XrpcResponseException.class,
                                        refusal -> assertThat(refusal.is("AccountDeactivated"))
                                                .isTrue());
                    }
                    assertThat(world.calls(REFRESH)).isZero();
                    assertThat(world.calls(CREATE_RECORD)).isEqualTo(3);
                }),
                Scenario.of("S8", "writes to another's repository make one refresh at most", world -> {
                    Account other = world.createAccount();
                    PasswordSession session = Program.in(world).logIn(world.createAccount());
                    for (int i = 0; i < 3; i++) {
                        assertThatThrownBy(() -> write(session, other)).isInstanceOf(XrpcResponseException.class);
                    }
                    assertThat(world.calls(REFRESH)).isLessThanOrEqualTo(1);
                    assertThat(session.destroyed()).isFalse();
                }),
                Scenario.of("S9", "a stale mailed code is no expired session", world -> {
                    Account account = world.createAccount();
                    PasswordSession session = Program.in(world).logIn(account);
                    session.send(XrpcRequest.procedure("com.atproto.server.requestEmailConfirmation")
                            .build());
                    String code = world.mailedCode(account);
                    world.advance(Duration.ofMinutes(16));
                    assertThatThrownBy(() -> session.send(XrpcRequest.procedure("com.atproto.server.confirmEmail")
                                    .json(LexMap.builder()
                                            .put("email", account.email())
                                            .put("token", code)
                                            .build())
                                    .build()))
                            .isInstanceOfSatisfying(
                                    XrpcResponseException.class,
                                    refusal -> assertThat(refusal.is("ExpiredToken"))
                                            .isTrue());
                    assertThat(world.calls("com.atproto.server.confirmEmail")).isEqualTo(1);
                    assertThat(world.calls(REFRESH)).isZero();
                }),
                Scenario.of("S10", "a refresh that gives the same access token still leads to a retry", world -> {
                    PasswordSession session = Program.in(world).logIn(world.createAccount());
                    String access = session.data().accessJwt().expose();
                    world.fault(Fault.on(ORDINARY).error(400, "ExpiredToken", "Token has expired"));
                    world.fault(Fault.on(REFRESH).withField("accessJwt", new LexString(access)));
                    call(session);
                    assertThat(session.data().accessJwt().expose()).isEqualTo(access);
                    assertThat(world.calls(ORDINARY)).isEqualTo(2);
                }),
                Scenario.of(
                        "S11/once",
                        "a body that can be sent once is not sent twice; the refusal is returned",
                        world -> {
                            PasswordSession session = Program.in(world).logIn(world.createAccount());
                            world.advanceServer(PAST_ACCESS);
                            assertThatThrownBy(() -> session.send(upload(oneShot())))
                                    .isInstanceOfSatisfying(
                                            XrpcResponseException.class,
                                            refusal -> assertThat(refusal.is("ExpiredToken"))
                                                    .isTrue());
                            assertThat(world.calls(UPLOAD)).isEqualTo(1);
                            assertThat(world.calls(REFRESH)).isEqualTo(1);
                            session.send(upload(oneShot()));
                        }),
                Scenario.of(
                        "S11/preflight",
                        "before such a body is sent, a token that is nearly over is refreshed",
                        world -> {
                            PasswordSession session = Program.in(world).logIn(world.createAccount());
                            world.advance(Duration.ofMinutes(118));
                            session.send(upload(oneShot()));
                            assertThat(world.calls(UPLOAD)).isEqualTo(1);
                            assertThat(world.calls(REFRESH)).isEqualTo(1);
                        }),
                Scenario.of("S11/replay", "a body that can be opened again is sent again after a refresh", world -> {
                    PasswordSession session = Program.in(world).logIn(world.createAccount());
                    world.advanceServer(PAST_ACCESS);
                    XrpcResponse response = session.send(upload(RequestBody.reopenable(
                            () -> new ByteArrayInputStream(picture()), picture().length, "image/png")));
                    assertThat(response.json().getMap("blob").orElseThrow().getLong("size"))
                            .hasValue((long) picture().length);
                    assertThat(world.calls(UPLOAD)).isEqualTo(2);
                }),
                Scenario.of(
                        "S12", "a caller that is interrupted sends nothing again; the new tokens are kept", world -> {
                            Program program = Program.in(world);
                            PasswordSession session = program.logIn(world.createAccount());
                            var gate = new Gate();
                            world.fault(Fault.on(REFRESH).holdAfterProcessing(gate));
                            world.advanceServer(PAST_ACCESS);
                            Crew<Boolean> caller = Crew.of(1, () -> {
                                assertThatThrownBy(() -> call(session)).isInstanceOf(RefreshFailedException.class);
                                return Thread.interrupted();
                            });
                            gate.awaitArrivals(1);
                            caller.awaitWaiting();
                            caller.interrupt();
                            assertThat(caller.results()).containsExactly(true);
                            gate.open();
                            assertThat(program.heard(2)).containsExactly("updated", "updated");
                            assertThat(world.calls(ORDINARY)).isEqualTo(1);
                            call(session);
                            assertThat(world.calls(REFRESH)).isEqualTo(1);
                        }),
                Scenario.of("S13", "in calm weather a token is refreshed before it is over, without a call", world -> {
                    Program program = Program.in(world, wish -> wish.proactiveRefresh(true));
                    PasswordSession session = program.logIn(world.createAccount());
                    world.advance(Duration.ofMinutes(100));
                    assertThat(world.calls(REFRESH)).isZero();
                    world.advance(Duration.ofMinutes(12));
                    assertThat(program.heard(2)).containsExactly("updated", "updated");
                    world.advance(Duration.ofMinutes(60));
                    call(session);
                    assertThat(world.calls(REFRESH)).isEqualTo(1);
                    assertThat(world.calls(ORDINARY)).isEqualTo(1);
                    session.close();
                }),
                Scenario.of("S14", "a retry goes to the PDS that the refresh named", world -> {
                    Account account = world.createAccount();
                    try (var moved = FaultProxy.to(world.service())) {
                        PasswordSession session = Program.in(world).logIn(account);
                        world.fault(Fault.on(REFRESH)
                                .withField(
                                        "didDoc",
                                        PdsEndpoint.document(
                                                account.did(), moved.url().toString())));
                        world.advanceServer(PAST_ACCESS);
                        call(session);
                        assertThat(moved.journal().count(ORDINARY)).isEqualTo(1);
                        assertThat(session.pds()).isEqualTo(moved.url());
                    }
                }),
                Scenario.of("S15", "an answer that names no PDS does not make the client forget it", world -> {
                    Account account = world.createAccount();
                    try (var pds = FaultProxy.to(world.service())) {
                        world.fault(Fault.on(Program.LOGIN)
                                .withField(
                                        "didDoc",
                                        PdsEndpoint.document(
                                                account.did(), pds.url().toString())));
                        world.fault(Fault.on("com.atproto.server.getSession")
                                .always()
                                .error(500, "InternalServerError", "no"));
                        PasswordSession session = Program.in(world).logIn(account);
                        session.refresh();
                        call(session);
                        assertThat(session.pds()).isEqualTo(pds.url());
                        assertThat(pds.journal().count(ORDINARY)).isEqualTo(1);
                    }
                }),
                skewed("S21/ahead", "a clock that is a day ahead makes no needless refresh", Duration.ofDays(1)),
                skewed("S21/behind", "a clock that is a day behind makes no needless refresh", Duration.ofDays(-1)),
                Scenario.of("S58", "odd optional fields do not cost a rotation", world -> {
                    PasswordSession session = Program.in(world).logIn(world.createAccount());
                    world.fault(Fault.on(REFRESH)
                            .alterAnswer(body -> body.with("handle", new LexInteger(5))
                                    .with("emailConfirmed", new LexString("yes"))
                                    .with("status", LexMap.empty())
                                    .with("didDoc", new LexString("none"))));
                    session.refresh();
                    world.advance(PAST_ACCESS);
                    call(session);
                }),
                Scenario.of("refresh/kept-token", "an answer without a refresh token keeps the old one", world -> {
                    PasswordSession session = Program.in(world).logIn(world.createAccount());
                    String kept = session.data().refreshJwt().expose();
                    world.fault(Fault.on(REFRESH).withoutField("refreshJwt"));
                    session.refresh();
                    assertThat(session.data().refreshJwt().expose()).isEqualTo(kept);
                    call(session);
                    session.refresh();
                    call(session);
                }));
    }

    /** Returns how often at the most a refresh that fails is tried in this time: pauses are half of 1, 2, 4 seconds or more. */
    private static int mostTries(Duration time) {
        int tries = 1;
        Duration pause = Duration.ofMillis(500);
        for (Duration left = time.minus(pause); !left.isNegative(); left = left.minus(pause)) {
            tries++;
            pause = pause.multipliedBy(2);
        }
        return tries;
    }

    private static Scenario skewed(String id, String sentence, Duration offset) {
        return Scenario.of(id, sentence, world -> {
            UnaryOperator<Sessions.Builder> clock =
                    wish -> wish.time(world.time().skewed(offset)).proactiveRefresh(true);
            PasswordSession session = Program.in(world, clock).logIn(world.createAccount());
            for (int i = 0; i < 3; i++) {
                call(session);
                world.advance(Duration.ofMinutes(30));
            }
            assertThat(world.calls(REFRESH)).isZero();
            world.advance(Duration.ofHours(2));
            call(session);
            assertThat(world.calls(REFRESH)).isBetween(1, 2);
            session.close();
        });
    }

    private static void write(PasswordSession session, Account account) {
        session.send(XrpcRequest.procedure(CREATE_RECORD)
                .json(Records.creation(account, "hello"))
                .build());
    }

    private static XrpcRequest upload(RequestBody body) {
        return XrpcRequest.procedure(UPLOAD).body(body).build();
    }

    private static RequestBody oneShot() {
        return RequestBody.once(new ByteArrayInputStream(picture()), picture().length, "image/png");
    }

    private static byte[] picture() {
        return "not really a picture".repeat(1_000).getBytes(StandardCharsets.UTF_8);
    }
}
