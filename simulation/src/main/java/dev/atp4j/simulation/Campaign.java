// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation;

import static dev.atp4j.simulation.Simulation.number;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Many histories, one for each seed, on all processors. Which are lived depends on nothing but the seeds. */
public final class Campaign {

    private static final int PART = 256;

    private final Twist twist;

    /** Prepares one of the rules with this twist. It is shared by threads, and must have no state. */
    public Campaign(Twist twist) {
        this.twist = twist;
    }

    /**
     * What came of it.
     *
     * @param histories how many histories there were
     * @param steps how many effects were done in them
     * @param faults how many faults there were
     * @param nanos how long it took
     * @param seed the lowest seed whose history broke a law, of those that were lived
     * @param violation what it broke, or null
     */
    public record Result(
            long histories,
            long steps,
            long faults,
            long nanos,
            long seed,
            @Nullable Violation violation) {

        String text(long first) {
            double seconds = nanos / 1e9;
            String text = number(histories) + " histories from seed " + first + ": " + number(steps) + " steps, "
                    + number(faults) + " faults, " + (violation == null ? "no law broken" : "A LAW BROKEN") + "; "
                    + number(Math.round(histories / seconds)) + " histories/s, " + number(Math.round(steps / seconds))
                    + " steps/s";
            return violation == null
                    ? text
                    : text + "\nseed " + seed + ": " + violation.getMessage() + "\nagain: simulation/run --story "
                            + seed;
        }

        String json(long first) {
            return String.format(
                    Locale.ROOT,
                    "{\"ok\":%b,\"seed\":%d,\"histories\":%d,\"steps\":%d,\"faults\":%d,\"violations\":%d,"
                            + "\"seconds\":%.1f,\"historiesPerSecond\":%.0f%s}",
                    violation == null,
                    first,
                    histories,
                    steps,
                    faults,
                    violation == null ? 0 : 1,
                    nanos / 1e9,
                    histories / (nanos / 1e9),
                    violation == null ? "" : ",\"broken\":\"" + violation.law() + "\",\"story\":" + seed);
        }
    }

    /**
     * Lives through histories until they are done, the time is over, or a law is broken.
     *
     * @param first the first seed
     * @param histories how many, unless there is a time
     * @param millis how long, or 0
     */
    public Result run(long first, long histories, long millis) {
        long begun = System.nanoTime();
        long end = begun + millis * 1_000_000;
        var next = new AtomicLong(first);
        var workers = new ArrayList<Worker>();
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            var worker = new Worker(next, first + histories, millis > 0 ? end : 0);
            worker.start();
            workers.add(worker);
        }
        return sum(workers, begun);
    }

    private static Result sum(List<Worker> workers, long begun) {
        long histories = 0;
        long steps = 0;
        long faults = 0;
        long seed = Long.MAX_VALUE;
        Violation violation = null;
        for (Worker worker : workers) {
            try {
                worker.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
            if (worker.failure != null) {
                throw new IllegalStateException("seed " + worker.seed + " fell out of the simulation", worker.failure);
            }
            histories += worker.histories;
            steps += worker.steps;
            faults += worker.faults;
            if (worker.violation != null && worker.seed < seed) {
                seed = worker.seed;
                violation = worker.violation;
            }
        }
        return new Result(histories, steps, faults, System.nanoTime() - begun, seed, violation);
    }

    private final class Worker extends Thread {
        private final AtomicLong next;
        private final long last;
        private final long end;
        private long histories;
        private long steps;
        private long faults;
        private long seed;

        private @Nullable Violation violation;
        private @Nullable RuntimeException failure;

        Worker(AtomicLong next, long last, long end) {
            super("histories");
            this.next = next;
            this.last = last;
            this.end = end;
        }

        @Override
        public void run() {
            try {
                while (end == 0 ? next.get() < last : System.nanoTime() - end < 0 && next.get() >= 0) {
                    long from = next.getAndAdd(PART);
                    for (seed = from; seed < from + PART && (end != 0 || seed < last); seed++) {
                        var world = World.prepared(Choices.seeded(seed), twist, null);
                        world.live();
                        histories++;
                        steps += world.steps;
                        faults += world.faults;
                    }
                }
            } catch (Violation v) {
                violation = v;
                next.set(end == 0 ? last : Long.MIN_VALUE);
            } catch (RuntimeException e) {
                failure = e;
                next.set(end == 0 ? last : Long.MIN_VALUE);
            }
        }
    }

    /** Lives through one history, and returns what it broke, or null. */
    public static @Nullable Violation tried(Choices choices, Twist twist, @Nullable Story story) {
        try {
            World.prepared(choices, twist, story).live();
            return null;
        } catch (Violation v) {
            return v;
        }
    }

    /** Shrinks the tape of a history that breaks a law to one that breaks the same one in the same way. */
    public static int[] shrunk(int[] tape, Violation violation, Twist twist) {
        String shape = shape(violation);
        return Shrinker.shrink(tape, shorter -> {
            Violation broken = tried(Choices.of(shorter), twist, null);
            return broken != null && shape(broken).equals(shape);
        });
    }

    private static String shape(Violation violation) {
        return violation.toString().replaceAll("[0-9]+", "#");
    }
}
