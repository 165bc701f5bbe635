// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.benchmarks;

import java.util.List;

/** Runs the benchmarks named, or all. Ends with 1 if a figure misses what it ought to be. */
public final class Benchmarks {

    private static final List<String> ALL = List.of(
            "overhead", "throughput", "calls", "herd", "idle", "fleet", "stores", "processes", "codec", "generator");

    private Benchmarks() {}

    /**
     * Runs benchmarks.
     *
     * @param args any of {@code overhead}, {@code throughput}, {@code calls}, {@code herd}, {@code idle}, {@code fleet},
     *     {@code stores}, {@code processes}, {@code codec}, {@code generator}; none means all
     * @throws Exception if one fails
     */
    public static void main(String[] args) throws Exception {
        List<String> wanted = args.length == 0 ? ALL : List.of(args);
        System.out.println(
                "JDK " + Runtime.version() + ", " + Runtime.getRuntime().availableProcessors() + " processors");
        for (String name : wanted) {
            switch (name) {
                case "overhead" -> Overhead.run();
                case "throughput" -> Throughput.run();
                case "calls" -> TypedCalls.run();
                case "herd" -> Herd.run();
                case "idle" -> IdleHeap.run();
                case "fleet" -> FleetLoad.run();
                case "stores" -> StoreLatency.run();
                case "processes" -> ProcessHerd.run();
                case "codec" -> Codec.run();
                case "generator" -> GeneratorSpeed.run();
                default -> throw new IllegalArgumentException("no benchmark \"" + name + "\"");
            }
        }
        System.exit(Report.missed() ? 1 : 0);
    }
}
