// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation.shell;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lives through histories of the real code: those of a seed and the ones after it. */
public final class ShellSimulation {

    private final Function<ShellReport.Order, ShellReport> histories;

    /** Loads the real code. */
    @SuppressWarnings("unchecked") // a type of the parent's, whichever loader brought the class
    public ShellSimulation() {
        try {
            histories = (Function<ShellReport.Order, ShellReport>) new Rewired()
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
        return histories.apply(new ShellReport.Order(seed, null, sabotage));
    }

    /** Lives through the history of a tape. */
    public ShellReport live(int[] tape, ShellReport.Sabotage sabotage) {
        return histories.apply(new ShellReport.Order(0, tape, sabotage));
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
     * Runs {@code simulation/shell}.
     *
     * @param args {@code [--histories N] [--seed S] [--minutes M] [--story] [--json]}
     */
    public static void main(String[] args) {
        long count = 1000;
        long seed = 1;
        Duration most = Duration.ofDays(365);
        boolean json = false;
        boolean story = false;
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--histories" -> count = Long.parseLong(args[++i]);
                case "--seed" -> seed = Long.parseLong(args[++i]);
                case "--minutes" -> {
                    most = Duration.ofSeconds((long) (60 * Double.parseDouble(args[++i])));
                    count = Long.MAX_VALUE / 2;
                }
                case "--json" -> json = true;
                case "--story" -> story = true;
                default -> {
                    System.err.println("unknown option " + args[i]
                            + "; there are --histories N, --seed S, --minutes M, --story and --json");
                    System.exit(2);
                }
            }
        }
        System.exit(run(seed, count, most, story, json) ? 0 : 1);
    }

    private static boolean run(long first, long count, Duration most, boolean story, boolean json) {
        var simulation = new ShellSimulation();
        var sum = new Sum();
        long begun = System.nanoTime();
        for (long seed = first; seed < first + count && System.nanoTime() - begun < most.toNanos(); seed++) {
            ShellReport report = simulation.live(seed);
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
            System.err.println("see it again: simulation/shell --story --histories 1 --seed " + seed);
        }
    }
}
