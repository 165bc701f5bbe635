// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance;

import dev.atp4j.data.LexBoolean;
import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexValue;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints outcomes as they come, as a table or in the end as one JSON object, and counts them. */
final class Report {

    private final PrintStream out;
    private final boolean json;
    private final List<LexValue> rows = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private int passed;

    /** Set by the thread that starts the reference PDS. */
    private volatile @Nullable String real;

    Report(PrintStream out, boolean json) {
        this.out = out;
        this.json = json;
    }

    /** Notes what the reference PDS is. */
    void real(String software) {
        real = software;
    }

    /** Starts a table. */
    void table(String title, List<String> columns) {
        if (!json) {
            out.printf("%n%s%n%n", title);
            columns.forEach(column -> out.printf(" %-9s", column));
            out.println();
        }
    }

    /** Adds a row: one outcome for each column. */
    void row(String id, String sentence, List<String> columns, List<Outcome> outcomes) {
        LexMap.Builder row = LexMap.builder().put("id", id).put("sentence", sentence);
        for (int i = 0; i < columns.size(); i++) {
            Outcome outcome = outcomes.get(i);
            row.put(columns.get(i), new LexBoolean(outcome.passed()));
            if (outcome.passed()) {
                passed++;
            } else {
                failures.add(id + ", " + columns.get(i) + ": " + outcome.failure());
                row.put(columns.get(i) + "Failure", outcome.failure());
            }
        }
        rows.add(row.build());
        if (!json) {
            outcomes.forEach(outcome -> out.printf(" %-9s", outcome.passed() ? "ok" : "FAILED"));
            out.printf(" %-32s %s%n", id, sentence);
        }
    }

    /** Adds a line that is no row. */
    void note(String line) {
        if (!json) {
            out.println("           " + line);
        }
    }

    /** Returns how many rows there are. */
    int rows() {
        return rows.size();
    }

    /** Prints the failures and the totals. */
    int close() {
        if (json) {
            out.println(LexJson.toString(LexMap.builder()
                    .put("real", real)
                    .put("rows", new LexList(rows))
                    .put("passed", passed)
                    .put("failed", failures.size())
                    .build()));
        } else {
            out.println();
            if (real != null) {
                out.printf("real: %s%n%n", real);
            }
            failures.forEach(failure -> out.printf("FAILED %s%n%n", failure));
            out.printf("%d passed, %d failed%n", passed, failures.size());
        }
        return failures.isEmpty() ? 0 : 1;
    }
}
