// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.cli;

import dev.atp4j.lexicon.check.Finding;
import dev.atp4j.lexicon.check.Finding.Severity;
import dev.atp4j.lexicon.check.LexiconLint;
import dev.atp4j.syntax.Nsid;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code atp lexicon lint}. */
@Command(
        name = "lint",
        description = {
            "Look for what is wrong in lexicons, and for what is legal and will be regretted.",
            "Exits with 1 if anything is found."
        })
final class LexiconLintCommand extends AtpCommand {

    @Parameters(
            arity = "0..*",
            paramLabel = "SOURCE",
            description =
                    "A file, a folder, a jar, an address, or git+ADDRESS#REVISION; the folder lexicons by default.")
    private List<String> sources = List.of("lexicons");

    @Option(
            names = "--ignore",
            split = ",",
            paramLabel = "RULE",
            description = "A rule to leave out; may be given several times, or with commas.")
    private List<String> ignored = List.of();

    @Option(names = "--errors-only", description = "Leave out warnings.")
    private boolean errorsOnly;

    LexiconLintCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run(Output output) {
        for (String rule : ignored) {
            if (!LexiconLint.rules().contains(rule)) {
                throw Failure.usage("there is no rule " + rule, "these can be ignored: " + LexiconLint.rules());
            }
        }
        try (Wire wire = wire(output)) {
            var read = LexiconReadings.of(sources, wire);
            var findings = new ArrayList<>(read.unreadable());
            for (Finding found : LexiconLint.check(read.readings())) {
                String file = read.files().getOrDefault(found.document(), found.document());
                findings.add(new Finding(found.severity(), found.rule(), file, found.path(), found.message()));
            }
            read.files().forEach((id, file) -> {
                // What an address gives has no file of its own.
                if (file.endsWith(".json")) {
                    findings.addAll(LexiconLint.checkPath(Nsid.parse(id), file));
                }
            });
            findings.removeIf(found -> ignored.contains(found.rule()));
            findings.removeIf(found -> errorsOnly && found.severity() != Severity.ERROR);
            LexiconFindings.show(findings, read.readings().size(), output);
            return findings.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
        }
    }
}
