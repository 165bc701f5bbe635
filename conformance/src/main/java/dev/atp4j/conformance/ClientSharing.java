// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance;

import static dev.atp4j.conformance.Program.REFRESH;
import static dev.atp4j.conformance.Program.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atp4j.pds.Fault;
import dev.atp4j.pds.Gate;
import dev.atp4j.session.PasswordSession;
import dev.atp4j.session.RefreshFailedException;
import dev.atp4j.session.SessionOverException;
import dev.atp4j.session.store.EndReason;
import dev.atp4j.syntax.Did;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Several of our programs share a session through a store on disk. */
final class ClientSharing {

    private ClientSharing() {}

    /** Two programs with the same session, and the folder where they keep it. */
    private record Pair(Account account, Program first, PasswordSession one, Program second, PasswordSession two) {}

    @FunctionalInterface
    private interface Check {
        void of(Pair pair, World world) throws Exception;
    }

    private static Scenario shared(String id, String sentence, Check check) {
        return Scenario.of(id, sentence, world -> {
            try (var folder = new Folder()) {
                Account account = world.createAccount();
                Program first = Program.sharing(world, folder.path());
                Program second = Program.sharing(world, folder.path());
                PasswordSession one = first.logIn(account);
                PasswordSession two = second.sessions().resume(Did.parse(account.did()));
                world.forgetCalls();
                check.of(new Pair(account, first, one, second, two), world);
            }
        });
    }

    static List<Scenario> scenarios() {
        return List.of(
                shared(
                        "S24",
                        "after hours of sleep, the second to wake adopts what the first one stored",
                        (pair, world) -> {
                            world.advance(Duration.ofHours(5));
                            call(pair.one());
                            call(pair.two());
                            assertThat(world.calls(REFRESH)).isEqualTo(1);
                            assertThat(pair.two().data().refreshJwt())
                                    .isEqualTo(pair.one().data().refreshJwt());
                        }),
                shared("S25", "an idle program adopts what a busy one rotated three times", (pair, world) -> {
                    for (int hour = 0; hour < 3; hour++) {
                        world.advance(Duration.ofHours(1));
                        pair.one().refresh();
                    }
                    call(pair.two());
                    assertThat(world.calls(REFRESH)).isEqualTo(3);
                    assertThat(pair.second().deaths()).isEmpty();
                    call(pair.one());
                }),
                shared("S25/refresh", "an explicit refresh of an idle program adopts, too", (pair, world) -> {
                    pair.one().refresh();
                    world.advance(Duration.ofHours(3));
                    var gate = new Gate();
                    world.fault(Fault.on(REFRESH).holdAfterProcessing(gate));
                    Crew<Boolean> one = Crew.of(1, () -> refreshed(pair.one()));
                    gate.awaitArrivals(1);
                    // Begun before there is anything to adopt: who had heard of it already would want newer ones.
                    Crew<Boolean> two = Crew.of(1, () -> refreshed(pair.two()));
                    two.awaitWaiting();
                    gate.open();
                    one.results();
                    two.results();
                    assertThat(world.calls(REFRESH)).isEqualTo(2);
                }),
                shared("sharing/one-rotation", "two programs that need a new token make one refresh", (pair, world) -> {
                    world.advance(Duration.ofHours(3));
                    var gate = new Gate();
                    world.fault(Fault.on(REFRESH).holdBeforeProcessing(gate));
                    Crew<Boolean> one = Crew.of(1, () -> called(pair.one()));
                    gate.awaitArrivals(1);
                    Crew<Boolean> two = Crew.of(1, () -> called(pair.two()));
                    two.awaitWaiting();
                    gate.open();
                    one.results();
                    two.results();
                    assertThat(world.calls(REFRESH)).isEqualTo(1);
                }),
                shared("S6/shared", "a program obeys the Retry-After that another one was given", (pair, world) -> {
                    world.fault(Fault.on(REFRESH).retryAfter(Duration.ofMinutes(1)));
                    assertThatThrownBy(pair.one()::refresh).isInstanceOf(RefreshFailedException.class);
                    assertThatThrownBy(pair.two()::refresh).isInstanceOf(RefreshFailedException.class);
                    assertThat(world.calls(REFRESH)).isEqualTo(1);
                }),
                shared("S30", "a logout ends the session for the others, who do not bring it back", (pair, world) -> {
                    int others = world.liveTokens(pair.account()) - 1;
                    pair.one().logout();
                    assertThatThrownBy(pair.two()::refresh)
                            .isInstanceOfSatisfying(
                                    SessionOverException.class,
                                    over -> assertThat(over.reason()).isEqualTo(EndReason.LOGGED_OUT));
                    assertThat(world.calls(REFRESH)).isZero();
                    assertThat(world.liveTokens(pair.account())).isEqualTo(others);
                }),
                shared(
                        "S30/race",
                        "a refresh that is on its way while another program logs out leaves nothing",
                        (pair, world) -> {
                            int others = world.liveTokens(pair.account()) - 1;
                            var gate = new Gate();
                            world.fault(Fault.on(REFRESH).holdAfterProcessing(gate));
                            Crew<Boolean> refreshing = Crew.of(1, () -> {
                                try {
                                    pair.two().refresh();
                                } catch (SessionOverException | RefreshFailedException e) {
                                    return false;
                                }
                                return true;
                            });
                            gate.awaitArrivals(1);
                            Crew<Boolean> leaving = Crew.of(1, () -> {
                                pair.one().logout();
                                return true;
                            });
                            leaving.awaitWaiting();
                            gate.open();
                            leaving.results();
                            refreshing.results();
                            Crew.until(() -> world.liveTokens(pair.account()) == others);
                            assertThatThrownBy(pair.two()::refresh).isInstanceOf(SessionOverException.class);
                        }),
                shared("S31", "a new login survives the death of what it replaced", (pair, world) -> {
                    // Taken now, since the second program may hear of the new login at any time, and adopt it.
                    String replaced = pair.two().data().refreshJwt().expose();
                    PasswordSession fresh = pair.first().logIn(pair.account());
                    world.wire().logOut(replaced).ok();
                    world.advance(Duration.ofHours(3));
                    call(pair.two());
                    call(fresh);
                    assertThat(pair.first().deaths()).isEmpty();
                    assertThat(pair.second().deaths()).isEmpty();
                }),
                shared("S34", "of all programs only one is told of a death", (pair, world) -> {
                    world.wire().logOut(pair.one().data().refreshJwt().expose()).ok();
                    world.advance(Duration.ofHours(3));
                    assertThatThrownBy(() -> call(pair.one())).isInstanceOf(SessionOverException.class);
                    assertThatThrownBy(() -> call(pair.two())).isInstanceOf(SessionOverException.class);
                    assertThat(world.calls(REFRESH)).isEqualTo(1);
                    // Listeners are told on another thread; closing waits for them.
                    pair.one().close();
                    pair.two().close();
                    List<String> deaths = new ArrayList<>(pair.first().deaths());
                    deaths.addAll(pair.second().deaths());
                    assertThat(deaths).containsExactly("deleted REVOKED");
                }));
    }

    private static boolean refreshed(PasswordSession session) {
        session.refresh();
        return true;
    }

    private static boolean called(PasswordSession session) {
        call(session);
        return true;
    }
}
