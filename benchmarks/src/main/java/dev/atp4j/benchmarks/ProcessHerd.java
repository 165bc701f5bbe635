// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.benchmarks;

import dev.atp4j.processes.Crowd;
import dev.atp4j.processes.Ground;
import dev.atp4j.processes.Herd;
import dev.atp4j.processes.Kind;
import java.time.Duration;
import java.util.List;

/** How long thirty-two processes wait whose tokens have run out together. */
final class ProcessHerd {

    private static final int PROCESSES = 32;
    private static final int ROUNDS = 9;
    private static final Duration REFRESH = Duration.ofMillis(300);
    private static final double MOST_ABOVE = 250;

    private ProcessHerd() {}

    static void run() {
        try (Ground ground = Ground.open()) {
            for (Kind kind : Kind.values()) {
                try (Crowd crowd = ground.crowd(kind)) {
                    Herd.Result result = Herd.on(crowd, crowd.join(PROCESSES), ROUNDS, REFRESH);
                    // In the first round every process meets its store and its server for the first time.
                    List<Double> above = result.waits().subList(1, ROUNDS).stream()
                            .map(wait -> (wait.toNanos() - REFRESH.toNanos()) / 1e6)
                            .toList();
                    double median = Report.median(above);
                    Report.row(
                            kind + ": until the last of " + PROCESSES + " processes is served, ms above a refresh",
                            median,
                            "<= 250",
                            median <= MOST_ABOVE && result.errors().isEmpty(),
                            "");
                    int refreshes = result.tally().refreshes();
                    Report.row(
                            kind + ": refreshes for " + ROUNDS + " generations",
                            refreshes,
                            "= " + ROUNDS,
                            refreshes == ROUNDS,
                            "");
                }
            }
        }
    }
}
