// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance;

import dev.atp4j.conformance.data.Beside;
import dev.atp4j.conformance.data.Beside.Tally;
import dev.atp4j.conformance.data.Vectors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reports on data beside the npm packages, and on the public test vectors. */
final class Data {

    private Data() {}

    static void beside(Path home, long seed, Report report) throws IOException {
        report.table("Data beside @atproto/lex-data, lex-json, lex-cbor, lex-schema and syntax", List.of("agree"));
        List<Tally> tallies = new ArrayList<>();
        try (var beside = new Beside(home)) {
            beside.run(seed).forEach(tally -> {
                tallies.add(tally);
                row(tally, report);
            });
        }
        Map<String, Integer> known = new TreeMap<>();
        tallies.forEach(tally -> tally.known().forEach((reason, count) -> known.merge(reason, count, Integer::sum)));
        report.note("%,d cases, seed %d; different on purpose: %s"
                .formatted(tallies.stream().mapToInt(Tally::cases).sum(), seed, known));
    }

    private static void row(Tally tally, Report report) {
        String sentence = "%,d cases".formatted(tally.cases())
                + (tally.known().isEmpty() ? "" : ", different on purpose: " + tally.known());
        String differences = String.join("; ", tally.differences());
        report.row(
                tally.id().contains("/") ? tally.id() : "data/" + tally.id().replace(' ', '-'),
                sentence,
                List.of("agree"),
                List.of(new Outcome(differences.isEmpty() ? null : differences)));
    }

    static void vectors(Path folder, Report report) throws IOException {
        report.table("The protocol's test vectors in " + folder, List.of("agree"));
        List<Tally> tallies = new Vectors(folder).run();
        tallies.forEach(tally -> row(tally, report));
        report.note("%,d cases in %d files"
                .formatted(tallies.stream().mapToInt(Tally::cases).sum(), tallies.size()));
    }
}
