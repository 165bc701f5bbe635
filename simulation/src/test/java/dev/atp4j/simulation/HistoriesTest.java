// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HistoriesTest {

    @Test
    void theSameSeedGivesTheSameHistory() {
        for (long seed = 1; seed <= 200; seed++) {
            assertThat(tell(Choices.seeded(seed))).isEqualTo(tell(Choices.seeded(seed)));
        }
    }

    @Test
    void aTapeGivesTheHistoryThatItWasTakenFrom() {
        for (long seed = 1; seed <= 200; seed++) {
            Choices drawn = Choices.seeded(seed);
            var lines = tell(drawn);
            assertThat(tell(Choices.of(drawn.tape()))).isEqualTo(lines);
        }
    }

    @Test
    void inCalmWeatherNothingIsBroken() {
        Choices calm = Choices.of();
        World world = new World(Plan.calm(3, 200), calm, Twist.NONE, null);
        world.live();
        assertThat(world.faults).isZero();
        assertThat(world.steps).isGreaterThan(50);
    }

    private static java.util.List<String> tell(Choices choices) {
        var story = new Story();
        try {
            World.run(choices, Twist.NONE, story);
        } catch (Violation v) {
            story.lines().add(v.getMessage());
        }
        return story.lines();
    }
}
