// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.session.kernel.Effect;
import dev.atp4j.session.kernel.Event;
import dev.atp4j.session.kernel.Held;
import dev.atp4j.session.kernel.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoriesTest {

    private static final int HISTORIES = 100_000;

    /** Hears every write that failed as one that worked. */
    private static final Twist DEAF = new Twist() {
        @Override
        public Event event(Member member, Effect effect, Event event) {
            return effect instanceof Effect.Write && event instanceof Event.StoreFailed ? new Event.Wrote(true) : event;
        }
    };

    /** Sends without writing down that it does. */
    private static final Twist HASTY = new Twist() {
        @Override
        public Step step(Member member, Step step) {
            return step.effect() instanceof Effect.Write write && write.next().attempt() != null
                    ? step.flow()
                            .on(new Event.Wrote(true), new dev.atp4j.session.kernel.Now(java.time.Instant.EPOCH, 0))
                    : step;
        }
    };

    @Test
    void manyHistoriesBreakNoLaw() {
        Campaign.Result result = new Campaign(Twist.NONE).run(1, HISTORIES, 0);

        System.out.println(result.text(1));
        assertThat(result.violation()).as(() -> result.text(1)).isNull();
        assertThat(result.histories()).isEqualTo(HISTORIES);
        assertThat(result.steps()).isGreaterThan(20L * HISTORIES);
        assertThat(result.faults()).isGreaterThan(HISTORIES);
    }

    @Test
    void aBrokenKernelIsCaughtAndItsHistoryIsTold() {
        for (Twist twist : List.of(DEAF, HASTY)) {
            Campaign.Result result = new Campaign(twist).run(1, 20_000, 0);
            assertThat(result.violation()).isNotNull();

            Choices drawn = Choices.seeded(result.seed());
            Violation violation = Campaign.tried(drawn, twist, null);
            assertThat(violation).isNotNull();
            int[] tape = Campaign.shrunk(drawn.tape(), violation, twist);
            var story = new Story();
            Violation again = Campaign.tried(Choices.of(tape), twist, story);

            assertThat(tape.length).isLessThan(drawn.size());
            assertThat(again).isNotNull();
            assertThat(again.law()).isEqualTo(violation.law());
            assertThat(story.lines()).isNotEmpty();
        }
    }

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
            List<String> lines = tell(drawn);
            assertThat(tell(Choices.of(drawn.tape()))).isEqualTo(lines);
        }
    }

    @Test
    void inCalmWeatherNothingGoesWrong() {
        var world = new World(Plan.calm(3, 200), Choices.of(), Twist.NONE, null);
        world.live();

        assertThat(world.faults).isZero();
        assertThat(world.steps).isGreaterThan(50);
        assertThat(world.members).allMatch(member -> held(member).saved());
    }

    private static Held held(Member member) {
        Held held = member.held;
        assertThat(held).isNotNull();
        return held;
    }

    private static List<String> tell(Choices choices) {
        var story = new Story();
        Campaign.tried(choices, Twist.NONE, story);
        return story.lines();
    }
}
