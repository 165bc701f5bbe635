// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.cli;

import dev.atp4j.data.DataException;
import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexValue;
import dev.atp4j.lexicon.DefRef;
import dev.atp4j.lexicon.Lexicons;
import dev.atp4j.lexicon.Validator;
import dev.atp4j.lexicon.Violation;
import dev.atp4j.syntax.Nsid;
import dev.atp4j.syntax.SyntaxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code atp lexicon validate}. */
@Command(
        name = "validate",
        description = {
            "Check records, or other data, against lexicons. Exits with 1 if anything is not valid.",
            "The type of data is its $type, unless --type says another."
        })
final class LexiconValidateCommand extends AtpCommand {

    private static final Nsid NOWHERE = Nsid.parse("example.invalid.none");

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "JSON files to check; - is standard input.")
    private List<String> files = List.of();

    @Option(
            names = "--lexicons",
            paramLabel = "SOURCE",
            description =
                    "A file, a folder, a jar, an address, or git+ADDRESS#REVISION; the folder lexicons by default.")
    private @Nullable String lexicons;

    @Option(names = "--type", paramLabel = "NSID[#NAME]", description = "What the files are.")
    private @Nullable String type;

    @Option(names = "--lenient", description = "Take what old data holds as well.")
    private boolean lenient;

    LexiconValidateCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run(Output output) throws IOException {
        try (Wire wire = wire(output)) {
            Validator validator = validator(wire);
            var all = new ArrayList<LexValue>();
            for (String file : files) {
                for (Violation violation : check(file, validator)) {
                    output.line(file + " " + violation);
                    all.add(LexMap.builder()
                            .put("file", file)
                            .put("path", violation.path())
                            .put("rule", violation.rule())
                            .put("expected", violation.expected())
                            .put("got", violation.got())
                            .build());
                }
            }
            output.line(files.size() + " files, " + all.size() + " violations");
            output.json(() -> LexMap.builder()
                    .put("files", files.size())
                    .put("violations", new LexList(all))
                    .build());
            return all.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
        }
    }

    private Validator validator(Wire wire) {
        Lexicons known = BundledLexicons.open();
        if (lexicons != null || Files.isDirectory(Path.of("lexicons"))) {
            String source = lexicons == null ? "lexicons" : lexicons;
            var read = LexiconReadings.of(List.of(source), wire);
            known = Lexicons.of(read.documents()).orElse(known);
        }
        return lenient ? Validator.lenient(known) : Validator.strict(known);
    }

    private List<Violation> check(String file, Validator validator) throws IOException {
        LexMap data;
        try {
            byte[] json = read(file);
            data = lenient ? LexJson.parseMapLenient(json) : LexJson.parseMap(json);
        } catch (DataException e) {
            return List.of(new Violation(e.path(), "json", "JSON of the AT Protocol", e.rule()));
        }
        String name = type == null ? data.getString("$type").orElse(null) : type;
        if (name == null) {
            return List.of(new Violation("$", "type", "a $type", "nothing"));
        }
        try {
            return validator.def(DefRef.parse(name, NOWHERE), data);
        } catch (SyntaxException e) {
            throw Failure.usage(file + ": the type is no name of a lexicon", "it is such as app.bsky.feed.post");
        } catch (IllegalArgumentException e) {
            throw Failure.usage(file + ": " + e.getMessage(), "name the lexicons with --lexicons, or install them");
        }
    }

    private byte[] read(String file) throws IOException {
        if (file.equals("-")) {
            return surroundings().in().readAllBytes();
        }
        try {
            return Files.readAllBytes(Path.of(file));
        } catch (IOException | InvalidPathException e) {
            throw Failure.usage("the file " + file + " cannot be read", "check its name");
        }
    }
}
