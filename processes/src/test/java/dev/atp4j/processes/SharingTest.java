// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.pds.Fault;
import dev.atp4j.pds.Gate;
import dev.atp4j.session.kernel.SessionState;
import dev.atp4j.session.kernel.Status;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Processes of which one knows less than the store: nobody's old knowledge harms what another one wrote. They stand for
 * machines whose clocks are days apart, one ahead of the server's, one behind.
 */
@Timeout(300)
@ExtendWith(GroundExtension.class)
@Execution(ExecutionMode.CONCURRENT)
class SharingTest {

    private static final String REFRESH = "com.atproto.server.refreshSession";

    private static final String AHEAD = "P3DT1H";
    private static final String BEHIND = "P-5DT-2H";

    private static Member ahead(Crowd crowd) {
        return crowd.join("--skew", AHEAD);
    }

    private static Member behind(Crowd crowd) {
        return crowd.join("--skew", BEHIND);
    }

    /** Starts a process that is not told what others write, and does not look by itself. */
    private static Member deaf(Crowd crowd, String skew) {
        Member deaf = crowd.join("--skew", skew, "--deaf");
        call(deaf);
        return deaf;
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    @Scenario({25, 32})
    void aProcessThatWasIdleForHoursAdoptsWhatTheStoreHolds(Kind kind, Ground ground) {
        try (Crowd crowd = ground.crowd(kind)) {
            Member busy = ahead(crowd);
            Member idle = behind(crowd);
            call(idle);
            rotate(crowd, busy, 3);
            SessionState before = crowd.stored();
            call(idle);
            assertThat(crowd.tally()).isEqualTo(new Tally(3, 3, 0));
            assertThat(crowd.stored()).isEqualTo(before);
            assertNobodyDied(crowd, busy, idle);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    @Scenario({26, 32})
    void aProcessThatRefreshedInVainWithoutLookingLooksThenAndAdopts(Kind kind, Ground ground) {
        try (Crowd crowd = ground.crowd(kind)) {
            Member busy = behind(crowd);
            Member idle = deaf(crowd, AHEAD);
            rotate(crowd, busy, 3);
            SessionState before = crowd.stored();
            idle.ask("lockless"); // who waits for his turn looks again, and would see
            idle.ask("blind 1");
            call(idle);
            assertThat(crowd.tally()).isEqualTo(new Tally(4, 3, 1));
            assertThat(crowd.stored()).isEqualTo(before);
            assertNobodyDied(crowd, busy, idle);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    @Scenario({27, 32})
    void twoProcessesThatRefreshTheSameTokenBothWork(Kind kind, Ground ground) {
        try (Crowd crowd = ground.crowd(kind)) {
            List<Member> both = List.of(ahead(crowd), behind(crowd));
            var gate = new Gate();
            crowd.pds().faults().add(Fault.on(REFRESH).times(2).holdBeforeProcessing(gate));
            both.forEach(member -> {
                member.ask("lockless");
                call(member);
                member.tell("refresh");
            });
            gate.awaitArrivals(2);
            gate.open();
            both.forEach(member -> assertThat(member.answer()).contains("ok refresh"));
            assertThat(crowd.pds().accounts().refreshTokens(crowd.account().did()))
                    .hasSize(2);
            assertThat(crowd.stored().attempt()).isNull();
            assertNobodyDied(crowd, both.get(0), both.get(1));
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    @Scenario({28, 29, 32})
    void aSlowProcessCanNeitherOverwriteNorUndoWhatCameAfter(Kind kind, Ground ground) {
        try (Crowd crowd = ground.crowd(kind)) {
            Member slow = ahead(crowd);
            Member quick = behind(crowd);
            slow.ask("lockless");
            quick.ask("lockless");
            call(slow);
            var gate = new Gate();
            crowd.pds().faults().add(Fault.on(REFRESH).holdAfterProcessing(gate));
            slow.tell("refresh");
            gate.awaitArrivals(1);
            refresh(quick);
            refresh(quick);
            SessionState newest = crowd.stored();
            gate.open();
            assertThat(slow.answer()).contains("ok refresh");
            assertThat(crowd.stored().current()).isEqualTo(newest.current());
            assertNobodyDied(crowd, slow, quick);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    @Scenario({29, 32})
    void anAncestorUsedAgainGivesATokenThatIsLaterByItsTextAndIsNotTaken(Kind kind, Ground ground) {
        try (Crowd crowd = ground.crowd(kind)) {
            Member busy = behind(crowd);
            Member idle = deaf(crowd, AHEAD);
            crowd.pass(Duration.ofMinutes(10));
            refresh(busy);
            crowd.pass(Duration.ofMinutes(10));
            refresh(busy);
            SessionState newest = crowd.stored();
            crowd.pass(Duration.ofMinutes(10));
            idle.ask("lockless"); // who waits for his turn looks again, and would see
            idle.ask("blind 1");
            refresh(idle);
            assertThat(crowd.tally()).isEqualTo(new Tally(3, 2, 0));
            assertThat(crowd.stored().current()).isEqualTo(newest.current());
            assertNobodyDied(crowd, busy, idle);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    @Scenario({30, 32})
    void aLogoutEndsWhatAnotherProcessGetsFromARefreshAtTheSameTime(Kind kind, Ground ground) {
        try (Crowd crowd = ground.crowd(kind)) {
            Member one = ahead(crowd);
            Member two = behind(crowd);
            one.ask("lockless");
            two.ask("lockless");
            call(one);
            call(two);
            var gate = new Gate();
            crowd.pds().faults().add(Fault.on(REFRESH).holdAfterProcessing(gate));
            two.tell("refresh");
            gate.awaitArrivals(1);
            assertThat(one.ask("logout")).isEqualTo("ok logout");
            gate.open();
            assertThat(two.answer()).contains("failed over LOGGED_OUT");
            assertLoggedOut(crowd, one, two);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    @Scenario({30, 32})
    void aLogoutThatWaitsForARefreshEndsItsResult(Kind kind, Ground ground) {
        try (Crowd crowd = ground.crowd(kind)) {
            Member one = behind(crowd);
            Member two = ahead(crowd);
            call(one);
            call(two);
            var gate = new Gate();
            crowd.pds().faults().add(Fault.on(REFRESH).holdAfterProcessing(gate));
            two.tell("refresh");
            gate.awaitArrivals(1);
            one.tell("logout");
            gate.open();
            assertThat(one.answer()).contains("ok logout");
            assertThat(two.answer()).isPresent();
            assertLoggedOut(crowd, one, two);
        }
    }

    private static void assertLoggedOut(Crowd crowd, Member... members) {
        Eventually.become(
                "the server has forgotten the session",
                () -> crowd.pds()
                                .accounts()
                                .refreshTokens(crowd.account().did())
                                .isEmpty()
                        && crowd.stored().pendingDeletes().isEmpty());
        assertThat(crowd.stored().status()).isEqualTo(Status.LOGGED_OUT);
        Tally before = crowd.tally();
        crowd.pass(Duration.ofHours(3));
        for (Member member : members) {
            assertThat(member.ask("call")).isEqualTo("failed over LOGGED_OUT");
            assertThat(member.ask("refresh")).isEqualTo("failed over LOGGED_OUT");
        }
        assertThat(crowd.tally()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    @Scenario({31, 32})
    void aLoginElsewhereSurvivesTheDeathOfTheOldToken(Kind kind, Ground ground) {
        try (Crowd crowd = ground.crowd(kind)) {
            Member old = ahead(crowd);
            Member blind = deaf(crowd, BEHIND);
            call(old);
            Member fresh = crowd.join();
            assertThat(fresh.ask(crowd.login())).isEqualTo("ok login");
            crowd.pass(Duration.ofHours(3));
            blind.ask("lockless");
            blind.ask("blind 1");
            call(blind);
            call(old);
            call(fresh);
            assertNobodyDied(crowd, old, blind, fresh);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    @Scenario(33)
    void withTheStoreDownARunningProcessGoesOnAndNothingIsLost(Kind kind, Ground ground) {
        try (Crowd crowd = ground.crowd(kind)) {
            Member running = ahead(crowd);
            Member sleeping = behind(crowd);
            call(running);
            call(sleeping);
            running.ask("down");
            for (int i = 1; i <= 3; i++) {
                crowd.pass(Duration.ofMinutes(125));
                call(running);
                assertThat(crowd.tally()).isEqualTo(new Tally(i, i, 0));
            }
            Member starting = crowd.join();
            starting.ask("down");
            assertThat(starting.ask("call")).startsWith("failed StoreException");
            starting.ask("up");
            running.ask("up");
            crowd.pass(Duration.ofMinutes(10)); // longer than a process waits before it writes again
            Eventually.become(
                    "the store has caught up", () -> crowd.stored().ancestors().size() > 0);
            assertNobodyDied(crowd, running, sleeping, starting);
        }
    }

    private static void call(Member member) {
        assertThat(member.ask("call")).isEqualTo("ok 200");
    }

    private static void refresh(Member member) {
        assertThat(member.ask("refresh")).isEqualTo("ok refresh");
    }

    private static void rotate(Crowd crowd, Member member, int times) {
        for (int i = 0; i < times; i++) {
            crowd.pass(Duration.ofHours(1));
            refresh(member);
        }
    }

    /** Everybody works, now and with the next tokens. */
    private static void assertNobodyDied(Crowd crowd, Member... members) {
        for (int i = 0; i < 2; i++) {
            int refused = crowd.tally().refused();
            for (Member member : members) {
                call(member);
            }
            assertThat(crowd.tally().refused()).isEqualTo(refused);
            crowd.pass(Duration.ofHours(3));
        }
        for (Member member : members) {
            assertThat(member.report()).containsEntry("deleted", "0").containsEntry("destroyed", "false");
        }
        assertThat(crowd.stored().active()).isTrue();
    }
}
