// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Processes that live for a day, and are away for longer than the server waits for anybody. */
@Timeout(300)
@ExtendWith(GroundExtension.class)
@Execution(ExecutionMode.CONCURRENT)
class DayTest {

    private static final int HOURS = 24;

    @ParameterizedTest
    @EnumSource(Kind.class)
    @Scenario({24, 25})
    void aDayOfNapsLongerThanTheGraceCostsOneRefreshPerGenerationAndNobodyAnError(Kind kind, Ground ground) {
        try (Crowd crowd = ground.crowd(kind)) {
            live(crowd, crowd.join(8));
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    @Scenario(32)
    void theSameDayIsLivedByMachinesWhoseClocksAreDaysApart(Kind kind, Ground ground) {
        try (Crowd crowd = ground.crowd(kind)) {
            List<Member> members = new ArrayList<>();
            for (int days = -6; days <= 6; days += 3) {
                members.add(crowd.join(
                        "--skew", Duration.ofDays(days).plusMinutes(7).toString()));
            }
            live(crowd, members);
        }
    }

    private static void live(Crowd crowd, List<Member> members) {
        long seed = new Random().nextLong();
        Day.Result result = Day.on(crowd, members, HOURS, seed);
        assertThat(result.errors()).as("seed %d", seed).isEmpty();
        assertThat(result.good()).as("seed %d: %s", seed, result).isTrue();
        assertThat(result.tally().generations()).as("seed %d", seed).isBetween(4, 12);
        assertThat(members)
                .allSatisfy(member -> assertThat(member.report())
                        .containsEntry("updateFailed", "0")
                        .containsEntry("storeFailed", "0")
                        .containsEntry("deleted", "0"));
    }
}
