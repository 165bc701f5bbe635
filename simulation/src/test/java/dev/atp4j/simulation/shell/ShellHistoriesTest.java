// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.simulation.shell.ShellReport.Sabotage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Histories of the real code, whose threads, locks, clocks, network and store are simulated. */
class ShellHistoriesTest {

    private static final int HISTORIES = 1_000;

    private final ShellSimulation simulation = new ShellSimulation();

    @Test
    void aThousandHistoriesBreakNoLaw() {
        for (long seed = 1; seed <= HISTORIES; seed++) {
            ShellReport report = simulation.live(seed);
            assertThat(report.violation())
                    .as(() -> String.join("\n", report.story()))
                    .isNull();
        }
    }

    @Test
    void theSameSeedGivesTheSameHistoryWhateverWasLivedBefore() {
        Map<Long, ShellReport> first = new HashMap<>();
        for (long seed = 1; seed <= 50; seed++) {
            first.put(seed, simulation.live(seed));
        }
        var again = new ShellSimulation();
        for (long seed = 50; seed >= 1; seed--) {
            ShellReport report = again.live(seed);
            assertThat(report.story()).isEqualTo(first.get(seed).story());
            assertThat(report.tape()).isEqualTo(first.get(seed).tape());
        }
    }

    @Test
    void aTapeGivesTheHistoryThatItWasTakenFrom() {
        for (long seed = 1; seed <= 20; seed++) {
            ShellReport drawn = simulation.live(seed);
            assertThat(simulation.live(drawn.tape(), Sabotage.NONE).story()).isEqualTo(drawn.story());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "TURNS_FOR_ALL, ONE_ROTATION",
        "WRITES_FORGOTTEN, NEVER_LOSE_A_ROTATION",
        "WRITES_UNCHECKED, NEVER_GO_BACK",
        "TIMERS_DEAF, LOGOUT_MEANS_LOGOUT",
    })
    void whatIsBrokenOnPurposeIsFound(Sabotage sabotage, String law) {
        Set<String> broken = new HashSet<>();
        for (long seed = 1; seed <= 500 && !broken.contains(law); seed++) {
            broken.add(String.valueOf(simulation.live(seed, sabotage).law()));
        }
        assertThat(broken).contains(law);
    }
}
