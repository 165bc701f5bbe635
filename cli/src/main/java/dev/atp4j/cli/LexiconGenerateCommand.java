// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.cli;

import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import dev.atp4j.lexicon.generator.Generator;
import dev.atp4j.lexicon.generator.GeneratorException;
import dev.atp4j.lexicon.generator.Report;
import java.io.File;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code atp lexicon generate}. */
@Command(
        name = "generate",
        description = {
            "Write Java classes for lexicons. The same lexicons give the same files.",
            "Files of an earlier run that have no place any more are deleted; others are left alone."
        })
final class LexiconGenerateCommand extends AtpCommand {

    @Option(names = "--lexicons", paramLabel = "DIR", description = "The folder of the documents; lexicons by default.")
    private String folder = "lexicons";

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The folder for Java sources.")
    private String out = "";

    @Option(
            names = "--resources",
            paramLabel = "DIR",
            description = "The folder for the lexicons that go into the jar.")
    private @Nullable String resources;

    @Option(names = "--package", required = true, paramLabel = "NAME", description = "The package of all others.")
    private String basePackage = "";

    @Option(
            names = "--facade",
            split = ",",
            paramLabel = "NSID",
            description = "A beginning of NSIDs to make a facade for.")
    private List<String> facades = List.of();

    @Option(
            names = "--include",
            split = ",",
            paramLabel = "PATTERN",
            description = "Only these: NSIDs, or com.example.*")
    private List<String> include = List.of();

    @Option(names = "--exclude", split = ",", paramLabel = "PATTERN", description = "Not these.")
    private List<String> exclude = List.of();

    @Option(names = "--names", paramLabel = "FILE", description = "Where the names of classes are kept; commit it.")
    private @Nullable String names;

    @Option(
            names = "--class-path",
            paramLabel = "PATH",
            description = "Jars and folders of classes that are referred to and not generated again.")
    private @Nullable String classPath;

    @Option(names = "--all-builders", description = "Give a builder to every class, not only to what programs send.")
    private boolean allBuilders;

    @Option(names = "--ignore-invalid", description = "Use what makes sense of an invalid lexicon.")
    private boolean ignoreInvalid;

    LexiconGenerateCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run(Output output) {
        try {
            Report report = generator().run();
            report.notices().forEach(notice -> output.remark(notice.toString()));
            output.line(
                    report.upToDate()
                            ? "up to date"
                            : report.written().size() + " written, "
                                    + report.unchanged().size() + " unchanged, "
                                    + report.deleted().size() + " deleted");
            output.json(() -> LexMap.builder()
                    .put("upToDate", report.upToDate())
                    .put("written", report.written().size())
                    .put("unchanged", report.unchanged().size())
                    .put("deleted", report.deleted().size())
                    .put("packages", list(report.packages()))
                    .put("notices", list(report.notices()))
                    .build());
            return ExitCode.OK;
        } catch (GeneratorException e) {
            e.problems().forEach(output::remark);
            throw Failure.failed(
                    "LexiconInvalid",
                    e.problems().size() + " problems are in the way; nothing was written",
                    "see atp lexicon lint, or try --ignore-invalid");
        } catch (UncheckedIOException e) {
            throw Failure.failed("FileNotWritten", String.valueOf(e.getMessage()), "check folders and disk");
        }
    }

    private Generator generator() {
        try {
            Path lexicons = Path.of(folder);
            if (!Files.isDirectory(lexicons)) {
                throw Failure.usage("there is no folder " + folder, "name it with --lexicons, or install some");
            }
            var builder = Generator.builder()
                    .folder(lexicons)
                    .basePackage(basePackage)
                    .facade(basePackage, facades.toArray(String[]::new))
                    .include(include.toArray(String[]::new))
                    .exclude(exclude.toArray(String[]::new))
                    .builders(allBuilders ? Generator.Builders.ALL : Generator.Builders.NEEDED)
                    .ignoreInvalid(ignoreInvalid)
                    .output(Path.of(out), resources == null ? null : Path.of(resources));
            if (names != null) {
                builder.names(Path.of(names));
            }
            if (classPath != null) {
                var paths = new ArrayList<Path>();
                for (String path : classPath.split(File.pathSeparator)) {
                    paths.add(Path.of(path));
                }
                builder.classPath(paths);
            }
            return builder.build();
        } catch (InvalidPathException e) {
            throw Failure.usage("this is no path: " + e.getInput(), "check the options that name files and folders");
        }
    }

    private static LexList list(Collection<?> items) {
        return new LexList(items.stream()
                .map(item -> (LexValue) new LexString(item.toString()))
                .toList());
    }
}
