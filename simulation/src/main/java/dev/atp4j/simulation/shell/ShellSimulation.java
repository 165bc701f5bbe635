// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lives through histories of the real code: those of a seed and the ones after it. */
public final class ShellSimulation {

    private final Function<ShellReport.Order, ShellReport> shell;

    /** Loads the real code. */
    @SuppressWarnings("unchecked") // a type of the parent's, whichever loader brought the class
    public ShellSimulation() {
        try {
            shell = (Function<ShellReport.Order, ShellReport>) new Rewired()
                    .loadClass(ShellHistory.class.getName())
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the session module can't be rewired", e);
        }
    }

    /** Lives through the history of a seed. */
    public ShellReport live(long seed) {
        return live(seed, ShellReport.Sabotage.NONE);
    }

    /** Lives through the history of a seed, in which something is broken on purpose. */
    public ShellReport live(long seed, ShellReport.Sabotage sabotage) {
        return shell.apply(new ShellReport.Order(seed, null, sabotage));
    }

    /** Lives through the history of a tape. */
    public ShellReport live(int[] tape, ShellReport.Sabotage sabotage) {
        return shell.apply(new ShellReport.Order(0, tape, sabotage));
    }

    /** What became of many histories. */
    private static final class Sum {
        long histories;
        long steps;
        long switches;
        long faults;
        final List<Long> broken = new ArrayList<>();

        void add(long seed, ShellReport report) {
            histories++;
            steps += report.steps();
            switches += report.switches();
            faults += report.faults();
            if (report.law() != null) {
                broken.add(seed);
            }
        }

        String json(double seconds) {
            return String.format(
                    java.util.Locale.ROOT,
                    "{\"simulation\":\"shell\",\"histories\":%d,\"steps\":%d,\"switches\":%d,\"faults\":%d,"
                            + "\"violations\":%d,\"seeds\":%s,\"seconds\":%.1f}",
                    histories,
                    steps,
                    switches,
                    faults,
                    broken.size(),
                    broken,
                    seconds);
        }

        String words(double seconds) {
            return String.format(
                    java.util.Locale.ROOT,
                    "%d histories of the real code (%.0f a second), %d steps, %d switches of threads, %d faults, %d violations",
                    histories,
                    histories / seconds,
                    steps,
                    switches,
                    faults,
                    broken.size());
        }
    }

    /**
     * Lives through histories until they are done, or the time is over, and prints what became of them.
     *
     * @param first the first seed
     * @param histories how many, unless there is a time
     * @param millis how long, or 0
     * @param story whether to tell them
     * @param json whether to print one line of JSON
     * @return whether every law was kept
     */
    public boolean run(long first, long histories, long millis, boolean story, boolean json) {
        var sum = new Sum();
        long begun = System.nanoTime();
        for (long seed = first;
                millis == 0 ? seed < first + histories : System.nanoTime() - begun < millis * 1_000_000;
                seed++) {
            ShellReport report = live(seed);
            sum.add(seed, report);
            if (story || report.law() != null) {
                tell(seed, report, story || sum.broken.size() == 1);
            }
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.println(json ? sum.json(seconds) : sum.words(seconds));
        return sum.broken.isEmpty();
    }

    private static void tell(long seed, ShellReport report, boolean story) {
        if (story) {
            report.story().forEach(System.err::println);
        }
        @Nullable String violation = report.violation();
        if (violation != null) {
            System.err.println("BROKEN " + violation.lines().findFirst().orElse(""));
            System.err.println("see it again: simulation/run --shell --story " + seed);
        }
    }
}
