// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation.bugs;

import dev.atp4j.simulation.Choices;
import dev.atp4j.simulation.Law;
import dev.atp4j.simulation.Plan;
import dev.atp4j.simulation.Shrinker;
import dev.atp4j.simulation.Twist;
import dev.atp4j.simulation.Violation;
import dev.atp4j.simulation.World;
import org.jspecify.annotations.Nullable;

/** Looks for a history in which a bug breaks a law, and makes it short. */
final class Hunt {

    /** After so many histories a bug is believed not to be found. */
    static final int MOST_SEEDS = 20_000;

    private final Bug bug;

    private Hunt(Bug bug) {
        this.bug = bug;
    }

    /**
     * What was found.
     *
     * @param bug the bug
     * @param law the law that it broke
     * @param seed the first seed whose history shows it
     * @param steps how many effects the history takes to show it, once it is made short
     */
    record Found(Bug bug, Law law, long seed, int steps) {}

    /** The end of a history: the law that was broken, and after how many effects. */
    private record End(@Nullable Law law, int steps, Choices choices) {}

    /** Hunts a bug. */
    static @Nullable Found of(Bug bug) {
        return of(bug, MOST_SEEDS);
    }

    /** Hunts a bug in so many histories. */
    static @Nullable Found of(Bug bug, int seeds) {
        var hunt = new Hunt(bug);
        for (long seed = 1; seed <= seeds; seed++) {
            End end = hunt.lived(Choices.seeded(seed));
            if (end.law() != null) {
                int[] tape = Shrinker.shrink(
                        end.choices().tape(), t -> hunt.lived(Choices.of(t)).law() == end.law());
                return new Found(
                        bug, end.law(), seed, hunt.lived(Choices.of(tape)).steps());
            }
        }
        return null;
    }

    private End lived(Choices choices) {
        Twist twist = bug == Bug.NONE ? Twist.NONE : new Buggy(bug);
        var world = new World(Plan.drawn(choices), choices, twist, null);
        try {
            world.live();
            return new End(null, world.steps, choices);
        } catch (Violation v) {
            return new End(v.law(), world.steps, choices);
        }
    }
}
