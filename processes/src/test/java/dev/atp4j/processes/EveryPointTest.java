// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.pds.Fault;
import dev.atp4j.pds.Gate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process that is killed at each point of a refresh, one after the other. */
@Timeout(600)
@ExtendWith(GroundExtension.class)
@Execution(ExecutionMode.CONCURRENT)
class EveryPointTest {

    private static final String REFRESH = "com.atproto.server.refreshSession";

    /** All that a refresh consists of: a turn, a reading, the attempt, the call, its result, and the end of the turn. */
    private static final List<String> POINTS = List.of(
            "1 before lease",
            "1 after lease",
            "1 before read",
            "1 after read",
            "1 before write",
            "1 after write",
            "1 before refreshSession",
            "1 after refreshSession",
            "2 before write",
            "2 after write",
            "1 before release",
            "1 after release");

    @ParameterizedTest
    @EnumSource(Kind.class)
    @Scenario({16, 18, 19})
    void whereverAProcessDiesInARefreshTheNextOneGoesOnAndNoTokenIsRefused(Kind kind, Ground ground) {
        Map<String, Crowd> crowds = new TreeMap<>();
        try {
            assertThereAreNoOtherPoints(ground.crowd(kind));
            for (String point : POINTS) {
                Crowd crowd = ground.crowd(kind);
                crowds.put(point, crowd);
                Member first = awake(crowd);
                first.ask("halt " + point);
                assertThat(first.ask("refresh")).as(point).isEqualTo("ok halted");
                crowd.kill(first);
            }
            crowds.put(
                    "request under way",
                    killedAt(ground.crowd(kind), gate -> Fault.on(REFRESH).holdBeforeProcessing(gate)));
            crowds.put(
                    "answer under way",
                    killedAt(ground.crowd(kind), gate -> Fault.on(REFRESH).holdAfterProcessing(gate)));
            assertTheyGoOn(crowds);
        } finally {
            crowds.values().forEach(Crowd::close);
        }
    }

    /** Returns a process that does nothing but what it is asked for. */
    private static Member awake(Crowd crowd) {
        Member first = crowd.join("--deaf");
        assertThat(first.ask("call")).isEqualTo("ok 200");
        return first;
    }

    private static void assertThereAreNoOtherPoints(Crowd crowd) {
        try (crowd) {
            Member first = awake(crowd);
            assertThat(first.ask("refresh")).isEqualTo("ok refresh");
            assertThat(first.ask("points").substring("ok ".length()).split(", "))
                    .containsExactlyInAnyOrderElementsOf(POINTS.stream()
                            .map(point -> point.substring(2))
                            .distinct()
                            .toList());
        }
    }

    private interface Holding {
        Fault at(Gate gate);
    }

    private static Crowd killedAt(Crowd crowd, Holding fault) {
        Member first = awake(crowd);
        var gate = new Gate();
        crowd.pds().faults().add(fault.at(gate));
        first.tell("refresh");
        gate.awaitArrivals(1);
        crowd.kill(first);
        gate.open();
        return crowd;
    }

    /** The leases of the dead last for some seconds, so the successors wait for all of them together. */
    private static void assertTheyGoOn(Map<String, Crowd> crowds) {
        Map<String, Member> heirs = new TreeMap<>();
        crowds.forEach((point, crowd) -> heirs.put(point, crowd.join()));
        heirs.forEach((point, heir) ->
                assertThat(heir.ask("call")).as("%s: a call meanwhile", point).isEqualTo("ok 200"));
        heirs.values().forEach(heir -> heir.tell("refresh"));
        heirs.forEach((point, heir) -> assertThat(heir.answer()).as(point).contains("ok refresh"));
        crowds.forEach((point, crowd) -> {
            Tally tally = crowd.tally();
            assertThat(tally.refused()).as(point).isZero();
            // One call may have been in vain, and one be for tokens that the dead process had stored.
            assertThat(tally.refreshes()).as(point).isBetween(1, 2);
            assertThat(crowd.stored().attempt()).as(point).isNull();
            crowd.pass(Duration.ofHours(3));
        });
        heirs.values().forEach(heir -> heir.tell("call"));
        heirs.forEach((point, heir) ->
                assertThat(heir.answer()).as("%s: three hours later", point).contains("ok 200"));
    }
}
