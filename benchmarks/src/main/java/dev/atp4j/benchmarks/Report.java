// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.benchmarks;

import java.util.List;

/** Prints figures beside what they ought to be. */
final class Report {

    private static boolean missed;

    private Report() {}

    static void row(String what, double value, String wanted, boolean met, String note) {
        missed |= !met;
        System.out.printf("%-72s %12.3f   %-9s %-6s %s%n", what, value, wanted, met ? "met" : "MISSED", note);
    }

    static boolean missed() {
        return missed;
    }

    static double median(List<Double> values) {
        var sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
