// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.processes;

import dev.atp4j.time.Time;
import java.time.Duration;
import java.util.Arrays;

/** The longer run: as many processes, deaths and hours as the command line says. */
public final class Processes {

    /** How many members a crowd has while the storm rages. */
    static final int STORM_MEMBERS = 4;

    private static final int ROUNDS = 3;
    private static final Duration REFRESH = Duration.ofMillis(300);

    private Processes() {}

    /**
     * Runs what the arguments ask for.
     *
     * @param args see {@code --help}
     */
    public static void main(String[] args) {
        if (Arrays.asList(args).contains("--help")) {
            System.out.print(Options.USAGE);
            return;
        }
        Options options;
        try {
            options = Options.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.print(Options.USAGE);
            System.exit(2);
            return;
        }
        boolean good = true;
        try (Ground ground = Ground.open()) {
            for (Kind kind : options.stores()) {
                good &= run(ground, kind, options);
            }
        }
        System.exit(good ? 0 : 1);
    }

    private static boolean run(Ground ground, Kind kind, Options options) {
        long begin = Time.system().nanos();
        Herd.Result herd;
        Day.Result day;
        try (Crowd crowd = ground.crowd(kind)) {
            herd = Herd.on(crowd, crowd.join(options.processes()), ROUNDS, REFRESH);
        }
        try (Crowd crowd = ground.crowd(kind)) {
            day = Day.on(crowd, crowd.join(options.processes()), options.hours(), options.seed());
        }
        Storm.Result storm = Storm.on(ground, kind, kind.crowds(), STORM_MEMBERS, options.kills(), options.seed());
        var run = new Run(
                kind, options, herd, day, storm, Duration.ofNanos(Time.system().nanos() - begin));
        System.out.println(options.json() ? run.json() : run.sentences());
        return run.good();
    }
}
