// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code atp lexicon}, which is nothing without one of its own commands. */
@Command(
        name = "lexicon",
        description = "Install, check, compare and use lexicons, the schemas of the AT Protocol.",
        synopsisSubcommandLabel = "COMMAND")
final class LexiconCommand implements Callable<Integer> {

    private static final Map<String, Function<Surroundings, AtpCommand>> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("install", LexiconInstallCommand::new);
        COMMANDS.put("lint", LexiconLintCommand::new);
        COMMANDS.put("diff", LexiconDiffCommand::new);
        COMMANDS.put("validate", LexiconValidateCommand::new);
        COMMANDS.put("generate", LexiconGenerateCommand::new);
    }

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it by itself
    private boolean help;

    /** Builds the command with its own commands, or with only the one that is meant. */
    static CommandLine of(Surroundings surroundings, List<String> args) {
        var line = new CommandLine(new LexiconCommand());
        var meant = args.size() > 1 ? COMMANDS.get(args.get(1)) : null;
        if (meant != null) {
            line.addSubcommand(meant.apply(surroundings));
        } else {
            COMMANDS.values().forEach(command -> line.addSubcommand(command.apply(surroundings)));
        }
        return line;
    }

    @Override
    public Integer call() {
        if (spec != null) {
            spec.commandLine().usage(spec.commandLine().getErr());
        }
        return ExitCode.USAGE;
    }
}
