// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs {@link SessionOverheadBenchmark} and reports the difference of its two halves. */
final class Overhead {

    private Overhead() {}

    /** The result type of the harness is raw in its own interface. */
    @SuppressWarnings("rawtypes")
    private static double allocated(RunResult result) {
        for (Map.Entry<String, Result> entry : result.getSecondaryResults().entrySet()) {
            if (entry.getKey().endsWith("gc.alloc.rate.norm")) {
                return entry.getValue().getScore();
            }
        }
        throw new IllegalStateException("the profiler reported no allocation");
    }

    static void run() throws RunnerException {
        List<RunResult> results = new ArrayList<>(new Runner(new OptionsBuilder()
                        .include(SessionOverheadBenchmark.class.getSimpleName())
                        .addProfiler(GCProfiler.class)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run());
        double micros = 0;
        double bytes = 0;
        for (RunResult result : results) {
            boolean session = result.getParams().getBenchmark().endsWith("session");
            double score = result.getPrimaryResult().getScore();
            double allocated = allocated(result);
            micros += session ? score : -score;
            bytes += session ? allocated : -allocated;
        }
        Report.row(
                "time that a session adds to a request, microseconds", micros, "<= 5", micros <= 5, "one thread, JMH");
        Report.row(
                "allocation that a session adds to a request, bytes",
                bytes,
                "<= 1024",
                bytes <= 1024,
                "JMH, gc profiler");
    }
}
