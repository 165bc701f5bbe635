// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.testkit.TcpProxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens on the wire between processes and the server that keeps their sessions. */
@Timeout(300)
@ExtendWith(GroundExtension.class)
@Execution(ExecutionMode.CONCURRENT)
class WireTest {

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration EXPIRY = Duration.ofHours(3);
    private static final Optional<String> SERVED = Optional.of("ok 200");

    /** From a handshake's first bytes to the middle of a record. */
    private static final int LONGEST_CUT = 6000;

    private interface Story {
        void play(TcpProxy proxy, Crowd crowd, List<Member> members);
    }

    private static void play(Ground ground, Kind kind, Story story) {
        try (TcpProxy proxy = TcpProxy.to(ground.server(kind));
                Crowd crowd = ground.crowdBehind(proxy.port(), kind, PATIENCE)) {
            List<Member> members = crowd.join(3);
            assertThat(Crowd.ask(members, "call")).containsOnly(SERVED);
            story.play(proxy, crowd, members);
            assertThat(proxy.accepted()).isPositive();
            proxy.pass();
            assertAllIsWell(crowd, members);
        }
    }

    /** Nothing was lost, the store has caught up, and everybody refreshes as one again. */
    private static void assertAllIsWell(Crowd crowd, List<Member> members) {
        crowd.pass(EXPIRY); // whoever has something to write down does it, and whoever was behind comes along
        assertThat(Crowd.ask(members, "call")).containsOnly(SERVED);
        Tally before = crowd.tally();
        assertThat(before.refused()).isZero();
        for (int i = 1; i <= 2; i++) {
            crowd.pass(EXPIRY);
            assertThat(Crowd.ask(members, "call")).containsOnly(SERVED);
            assertThat(crowd.tally()).isEqualTo(new Tally(before.refreshes() + i, before.generations() + i, 0));
        }
        assertThat(crowd.stored().attempt()).isNull();
        assertThat(crowd.stored().active()).isTrue();
        assertThat(members)
                .allSatisfy(member -> assertThat(member.report())
                        .containsEntry("deleted", "0")
                        .containsEntry("destroyed", "false"));
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRES", "REDIS"})
    void aSlowWireCostsNoRefreshMore(Kind kind, Ground ground) {
        play(ground, kind, (proxy, crowd, members) -> {
            proxy.delay(Duration.ofMillis(40));
            crowd.pass(EXPIRY);
            assertThat(Crowd.ask(members, "call")).containsOnly(SERVED);
            assertThat(crowd.tally()).isEqualTo(new Tally(1, 1, 0));
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRES", "REDIS"})
    void connectionsThatBreakWhileNobodyUsesThemAreReplaced(Kind kind, Ground ground) {
        play(ground, kind, (proxy, crowd, members) -> {
            for (int i = 0; i < 4; i++) {
                crowd.pass(EXPIRY);
                if (i % 2 == 0) {
                    proxy.reset();
                } else {
                    proxy.halfClose();
                }
                assertThat(Crowd.ask(members, "call")).containsOnly(SERVED);
            }
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRES", "REDIS"})
    void connectionsThatAreCutAnywhereCostNobodyAnError(Kind kind, Ground ground) {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        play(ground, kind, (proxy, crowd, members) -> {
            for (int i = 0; i < 12; i++) {
                crowd.pass(EXPIRY);
                proxy.cutAfter(random.nextInt(LONGEST_CUT));
                assertThat(Crowd.ask(members, "call")).as("seed %d", seed).containsOnly(SERVED);
                assertThat(crowd.tally().refused()).as("seed %d", seed).isZero();
            }
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRES", "REDIS"})
    @Scenario(33)
    void withAServerThatSaysNothingMoreRunningProcessesGoOn(Kind kind, Ground ground) {
        play(ground, kind, (proxy, crowd, members) -> {
            proxy.blackhole();
            crowd.pass(EXPIRY);
            assertThat(Crowd.ask(members, "call")).containsOnly(SERVED);
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRES", "REDIS"})
    @Scenario(33)
    void withAServerThatIsDownRunningProcessesGoOnAndOneThatStartsSaysSo(Kind kind, Ground ground) {
        play(ground, kind, (proxy, crowd, members) -> {
            Member starting = crowd.join();
            proxy.refuse();
            proxy.reset();
            crowd.pass(EXPIRY);
            assertThat(Crowd.ask(members, "call")).containsOnly(SERVED);
            assertThat(starting.ask("call")).startsWith("failed StoreException");
            proxy.pass();
            // A pool may wait a little before it connects again.
            Eventually.become(
                    "the store is found again", () -> starting.ask("call").equals("ok 200"));
        });
    }
}
