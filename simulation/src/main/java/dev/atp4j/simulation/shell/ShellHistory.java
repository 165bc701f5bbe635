// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation.shell;

import dev.atp4j.simulation.Choices;
import dev.atp4j.simulation.Violation;
import java.util.List;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Lives through one history of the real code. To be loaded by {@link Rewired}. */
public final class ShellHistory implements Function<ShellReport.Order, ShellReport> {

    /** Held so that it stays as it is set: what the code under simulation logs is no news. */
    private static final Logger LOG = Logger.getLogger("dev.atp4j");

    static {
        LOG.setLevel(Level.OFF);
    }

    /** Creates one. */
    public ShellHistory() {}

    @Override
    public ShellReport apply(ShellReport.Order order) {
        int[] tape = order.tape();
        Choices choices = tape == null ? Choices.seeded(order.seed()) : Choices.of(tape);
        var world = new ShellWorld(choices, order.sabotage());
        Violation violation = null;
        try {
            world.live();
        } catch (Violation e) {
            violation = e;
        }
        return report(world, choices, violation);
    }

    private static ShellReport report(ShellWorld world, Choices choices, @Nullable Violation violation) {
        return new ShellReport(
                List.copyOf(world.story()),
                violation == null ? null : violation.law().name(),
                violation == null ? null : violation.getMessage(),
                choices.tape(),
                world.scheduler.points(),
                world.scheduler.switches(),
                world.faults());
    }
}
