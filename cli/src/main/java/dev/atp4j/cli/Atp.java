// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code atp} command. */
@Command(
        name = "atp",
        description = "Password sessions of the AT Protocol that do not die, and its lexicons.",
        mixinStandardHelpOptions = true,
        versionProvider = Atp.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Sessions are kept in the folder ATP_HOME, or where the platform keeps such things."})
public final class Atp {

    private static final Map<String, Function<Surroundings, AtpCommand>> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("demo", DemoCommand::new);
        COMMANDS.put("pds", PdsCommand::new);
        COMMANDS.put("login", LoginCommand::new);
        COMMANDS.put("whoami", WhoamiCommand::new);
        COMMANDS.put("refresh", RefreshCommand::new);
        COMMANDS.put("logout", LogoutCommand::new);
        COMMANDS.put("accounts", AccountsCommand::new);
        COMMANDS.put("call", CallCommand::new);
        COMMANDS.put("import", ImportCommand::new);
        COMMANDS.put("export", ExportCommand::new);
    }

    /** The one command that has commands of its own. */
    private static final String LEXICON = "lexicon";

    private Atp() {}

    /**
     * Runs the command and ends the process with its exit code.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        // Newer JDKs offer a console even where nobody is sitting at one.
        System.setProperty("jdk.console", "java.base");
        System.exit(run(Surroundings.ofProcess(), args));
    }

    /** Runs the command and returns its exit code. */
    static int run(Surroundings surroundings, String... args) {
        boolean json = List.of(args).contains("--json");
        var atp = new CommandLine(new Atp());
        // What a command looks like is found out by reflection, which takes its time; so only of the one that is meant.
        var meant = args.length > 0 ? COMMANDS.get(args[0]) : null;
        if (meant != null) {
            atp.addSubcommand(meant.apply(surroundings));
        } else if (args.length > 0 && args[0].equals(LEXICON)) {
            atp.addSubcommand(LEXICON, LexiconCommand.of(surroundings, List.of(args)));
        } else {
            COMMANDS.values().forEach(command -> atp.addSubcommand(command.apply(surroundings)));
            atp.addSubcommand(LEXICON, LexiconCommand.of(surroundings, List.of()));
        }
        return atp.setExpandAtFiles(false)
                .setUsageHelpWidth(100)
                .setOut(surroundings.out())
                .setErr(surroundings.err())
                .setExecutionStrategy(Atp::execute)
                .setParameterExceptionHandler((e, line) -> report(usage(e), surroundings, json))
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    Failure failure = Failure.of(e);
                    if (failure.isBug() && command.getParseResult().hasMatchedOption("--verbose")) {
                        e.printStackTrace(surroundings.err());
                    }
                    return report(failure, surroundings, json);
                })
                .execute(args);
    }

    private static int execute(ParseResult parsed) {
        if (parsed.hasSubcommand() || parsed.isUsageHelpRequested() || parsed.isVersionHelpRequested()) {
            return new CommandLine.RunLast().execute(parsed);
        }
        CommandLine command = parsed.commandSpec().commandLine();
        command.usage(command.getErr());
        return ExitCode.USAGE;
    }

    private static int report(Failure failure, Surroundings surroundings, boolean json) {
        var output = new Output(surroundings, json);
        output.json(failure::json);
        output.remark(failure.line());
        return failure.exitCode();
    }

    /** Says what is wrong with the command line, without repeating what may be a password given in a wrong place. */
    private static Failure usage(ParameterException e) {
        String help = "see " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help";
        if (e instanceof UnmatchedArgumentException unmatched) {
            String first = unmatched.getUnmatched().get(0);
            if (!first.startsWith("-")) {
                return Failure.usage("there is an argument too many", help);
            }
            String name =
                    first.startsWith("--") ? first.split("=", 2)[0] : first.substring(0, Math.min(2, first.length()));
            return Failure.usage(
                    "there is no option " + name,
                    name.contains("password")
                            ? "a password never goes on the command line; pipe it in with --password-stdin"
                            : help);
        }
        return Failure.usage(String.valueOf(e.getMessage()), help);
    }

    /** Says which version this is. */
    static final class Version implements CommandLine.IVersionProvider {

        /** Creates the provider; called by reflection. */
        Version() {}

        @Override
        public String[] getVersion() {
            String version = Atp.class.getPackage().getImplementationVersion();
            return new String[] {
                "atp " + (version == null ? "(unpackaged)" : version) + ", Java " + System.getProperty("java.version")
            };
        }
    }
}
