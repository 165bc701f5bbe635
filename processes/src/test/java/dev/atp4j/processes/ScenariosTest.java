// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keeps account of which scenarios are played with real processes: all that take several of them. */
class ScenariosTest {

    private static final List<Class<?>> TESTS = List.of(
            HerdTest.class,
            DayTest.class,
            StormTest.class,
            DeathTest.class,
            EveryPointTest.class,
            SuccessionTest.class,
            LogoutTest.class,
            SharingTest.class,
            WireTest.class);

    @Test
    void everyScenarioOfSeveralProcessesIsPlayedWithRealOnes() {
        Set<Integer> played = TESTS.stream()
                .flatMap(test -> Stream.of(test.getDeclaredMethods()))
                .map(method -> method.getAnnotation(Scenario.class))
                .filter(scenario -> scenario != null)
                .flatMap(scenario -> Arrays.stream(scenario.value()).boxed())
                .collect(Collectors.toSet());
        assertThat(played).contains(18, 19, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 37);
    }
}
