// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.cli;

import dev.atp4j.lexicon.check.Finding;
import dev.atp4j.lexicon.check.Finding.Severity;
import dev.atp4j.lexicon.check.LexiconDiff;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code atp lexicon diff}. */
@Command(
        name = "diff",
        description = {
            "Compare two versions of lexicons by the rules of their evolution.",
            "Exits with 1 if something breaks software that knows the other version."
        })
final class LexiconDiffCommand extends AtpCommand {

    @Parameters(
            index = "0",
            paramLabel = "BEFORE",
            description = "The old version: a file, a folder, a jar, an address, or git+ADDRESS#REVISION.")
    private String before = "";

    @Parameters(index = "1", paramLabel = "AFTER", description = "The new version, likewise.")
    private String after = "";

    @Option(names = "--errors-only", description = "Show only what breaks.")
    private boolean errorsOnly;

    LexiconDiffCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run(Output output) {
        try (Wire wire = wire(output)) {
            var old = LexiconReadings.of(List.of(before), wire);
            var now = LexiconReadings.of(List.of(after), wire);
            var findings = new ArrayList<Finding>(old.unreadable());
            findings.addAll(now.unreadable());
            findings.addAll(LexiconDiff.compare(old.documents(), now.documents()));
            findings.removeIf(found -> errorsOnly && found.severity() != Severity.ERROR);
            LexiconFindings.show(findings, now.documents().size(), output);
            return LexiconFindings.count(findings, Severity.ERROR) == 0 ? ExitCode.OK : ExitCode.FAILED;
        }
    }
}
