// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Checks the scenarios themselves, and tries the quick ones on the embedded PDS. */
class ScenariosTest {

    private static final List<Scenario> ALL = Conformance.scenarios();

    /** Groups that wait for nothing. */
    private static final Set<String> QUICK =
            Set.of("rotation", "deleteSession", "createSession", "refreshSession", "getSession", "auth", "takedown");

    @Test
    void everyScenarioHasANameOfItsOwn() {
        assertThat(ALL).extracting(Scenario::id).doesNotHaveDuplicates().hasSizeGreaterThan(150);
    }

    @Test
    void everySentenceIsToldOnce() {
        assertThat(ALL).extracting(Scenario::sentence).doesNotHaveDuplicates();
    }

    @Test
    void theReferenceClientsOwnTestsAreAllThere() {
        List<String> theirs =
                IntStream.rangeClosed(1, 21).mapToObj(number -> "L" + number).toList();
        assertThat(ALL).extracting(Scenario::id).containsAll(theirs);
    }

    @Test
    void theEmbeddedPdsPassesTheQuickOnes() {
        try (var worlds = new Worlds(setting -> World.of(new EmbeddedServer(setting)))) {
            for (Scenario scenario : ALL) {
                if (QUICK.contains(scenario.id().split("/")[0])) {
                    assertThat(Outcome.of(scenario, worlds).failure())
                            .as(scenario.id())
                            .isNull();
                }
            }
        }
    }

    @Test
    void aScenarioFailsOnAServerWhoseClockStandsStill() {
        Scenario scenario = ALL.stream()
                .filter(each -> each.id().equals("rotation/grace-ends"))
                .findFirst()
                .orElseThrow();
        try (var worlds = new Worlds(setting -> World.of(new EmbeddedServer(setting), Lie.FROZEN_CLOCK))) {
            assertThat(Outcome.of(scenario, worlds).failure()).contains("expected: 400");
        }
    }
}
