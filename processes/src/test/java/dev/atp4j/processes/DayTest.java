// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Processes that live for a day, and are away for longer than the server waits for anybody. */
@Timeout(300)
@ExtendWith(GroundExtension.class)
class DayTest {

    private static final Duration DAY = Duration.ofHours(24);
    private static final int LONGEST_NAP_MINUTES = 6 * 60;

    /** Some wake up together. */
    private static final int STEP_MINUTES = 20;

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
        var random = new Random(seed);
        Map<Member, Integer> wakes = new HashMap<>();
        members.forEach(member -> wakes.put(member, nap(random)));
        for (int minute = 0; minute < DAY.toMinutes(); minute += STEP_MINUTES) {
            int now = minute;
            List<Member> awake =
                    members.stream().filter(member -> wakes.get(member) == now).toList();
            assertThat(Crowd.ask(awake, "call"))
                    .as("seed %d, minute %d", seed, minute)
                    .allMatch(answer -> answer.equals(Optional.of("ok 200")));
            awake.forEach(member -> wakes.put(member, now + STEP_MINUTES + nap(random)));
            crowd.pass(Duration.ofMinutes(STEP_MINUTES));
        }
        Tally tally = crowd.tally();
        assertThat(tally.generations()).as("seed %d", seed).isBetween(4, 12);
        assertThat(tally).as("seed %d", seed).isEqualTo(new Tally(tally.generations(), tally.generations(), 0));
        assertThat(members)
                .allSatisfy(member -> assertThat(member.report())
                        .containsEntry("updateFailed", "0")
                        .containsEntry("storeFailed", "0")
                        .containsEntry("deleted", "0"));
    }

    private static int nap(Random random) {
        return STEP_MINUTES * random.nextInt(LONGEST_NAP_MINUTES / STEP_MINUTES + 1);
    }
}
