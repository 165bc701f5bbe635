// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.cli;

import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexValue;
import dev.atp4j.lexicon.check.Finding;
import dev.atp4j.lexicon.check.Finding.Severity;
import java.util.List;
import java.util.Locale;

/** Shows findings: one a line, with file, place and rule, and a line that counts them. */
final class LexiconFindings {

    private LexiconFindings() {}

    static void show(List<Finding> findings, int documents, Output output) {
        findings.forEach(finding -> output.line(finding.toString()));
        output.line(documents + " documents, " + count(findings, Severity.ERROR) + " errors, "
                + count(findings, Severity.WARNING) + " warnings");
        output.json(() -> LexMap.builder()
                .put("documents", documents)
                .put("errors", count(findings, Severity.ERROR))
                .put("warnings", count(findings, Severity.WARNING))
                .put(
                        "findings",
                        new LexList(findings.stream().map(LexiconFindings::json).toList()))
                .build());
    }

    static long count(List<Finding> findings, Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .count();
    }

    private static LexValue json(Finding finding) {
        return LexMap.builder()
                .put("severity", finding.severity().name().toLowerCase(Locale.ROOT))
                .put("rule", finding.rule())
                .put("document", finding.document())
                .put("path", finding.path())
                .put("message", finding.message())
                .build();
    }
}
