// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Processes that die at random points. {@code processes/run} kills more of them. */
@Timeout(600)
@ExtendWith(GroundExtension.class)
class StormTest {

    /** How many processes die on each kind of store. */
    private static final int KILLS = Integer.getInteger("atp4j.kills", 250);

    @ParameterizedTest
    @EnumSource(Kind.class)
    @Scenario({18, 19})
    void processesThatDieAtRandomPointsLoseNothingAndCostOneRefreshEachAtTheMost(Kind kind, Ground ground)
            throws IOException {
        long seed = new Random().nextLong();
        Storm.Result result = Storm.on(ground, kind, kind.crowds(), Processes.STORM_MEMBERS, KILLS, seed);
        write(kind, result);
        assertThat(result.good()).as("seed %d: %s", seed, result).isTrue();
        assertThat(result.kills()).isEqualTo(KILLS);
    }

    /** Keeps the totals where the build shows them. */
    private static void write(Kind kind, Storm.Result result) throws IOException {
        Files.writeString(Path.of("target", "storm-" + kind), kind + ": " + result + System.lineSeparator());
    }
}
