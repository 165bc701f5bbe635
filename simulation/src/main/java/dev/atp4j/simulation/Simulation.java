// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation;

import dev.atp4j.simulation.shell.ShellSimulation;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The command behind {@code simulation/run}. */
public final class Simulation {

    private static final String USAGE = """
            Usage: simulation/run [--histories N] [--seed S] [--minutes M] [--json]
                   simulation/run --story SEED
                   simulation/run --tape 0,0,1,…
                   simulation/run --shell [--histories N] [--seed S] [--minutes M] [--json] [--story SEED]

              --histories N  how many (100000; of the real code 1000)
              --seed S       the seed of the first one, a number (1); the others follow
              --minutes M    go on for so long, whatever the number
              --json         print one line of JSON
              --story SEED   tell one history, cut to what its violation needs if there is one
              --shell        the real code instead of the rules alone
              --tape CHOICES tell the history of these choices

            Exit code 0: no law was broken. 1: one was; the shortest history that breaks it is told.
            """;

    private long histories;
    private long seed = 1;
    private double minutes;
    private boolean json;
    private boolean shell;

    private @Nullable String story;
    private int @Nullable [] tape;

    private Simulation() {}

    /** Runs what the arguments say, and exits. */
    public static void main(String[] args) {
        var simulation = new Simulation();
        int code;
        try {
            simulation.read(args);
            code = simulation.run();
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.print(USAGE);
            code = 2;
        }
        System.exit(code);
    }

    private void read(String[] args) {
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--histories" -> histories = Long.parseLong(value(args, ++i));
                case "--seed" -> seed = Long.parseLong(value(args, ++i));
                case "--minutes" -> minutes = Double.parseDouble(value(args, ++i));
                case "--json" -> json = true;
                case "--shell" -> shell = true;
                case "--story" -> story = value(args, ++i);
                case "--tape" ->
                    tape = Arrays.stream(value(args, ++i).split(","))
                            .mapToInt(Integer::parseInt)
                            .toArray();
                default -> throw new IllegalArgumentException("unknown option: " + args[i]);
            }
        }
    }

    private static String value(String[] args, int at) {
        if (at == args.length) {
            throw new IllegalArgumentException(args[at - 1] + " needs a value");
        }
        return args[at];
    }

    private int run() {
        if (shell) {
            return runShell();
        } else if (tape != null) {
            return tell(tape);
        } else if (story != null) {
            Choices choices = Choices.seeded(Long.parseLong(story));
            return tell(shortest(choices));
        }
        var campaign = new Campaign(Twist.NONE);
        Campaign.Result result = campaign.run(seed, histories == 0 ? 100_000 : histories, millis());
        System.out.println(json ? result.json(seed) : result.text(seed));
        if (result.violation() == null) {
            return 0;
        }
        if (!json) {
            tell(shortest(Choices.seeded(result.seed())));
        }
        return 1;
    }

    private int runShell() {
        if (tape != null) {
            throw new IllegalArgumentException("a history of the real code is told by its seed: --shell --story SEED");
        }
        boolean lawful = story != null
                ? new ShellSimulation().run(Long.parseLong(story), 1, 0, true, json)
                : new ShellSimulation().run(seed, histories == 0 ? 1_000 : histories, millis(), false, json);
        return lawful ? 0 : 1;
    }

    private long millis() {
        return (long) (minutes * 60_000);
    }

    /** Returns the tape of a history, shrunk if it breaks a law. */
    private static int[] shortest(Choices choices) {
        Violation violation = Campaign.tried(choices, Twist.NONE, null);
        return violation == null ? choices.tape() : Campaign.shrunk(choices.tape(), violation, Twist.NONE);
    }

    private static int tell(int[] tape) {
        var story = new Story();
        Violation violation = Campaign.tried(Choices.of(tape), Twist.NONE, story);
        story.lines().forEach(System.out::println);
        System.out.println(violation == null ? "no law was broken" : violation.getMessage());
        System.out.println("again: simulation/run --tape "
                + IntStream.of(tape).mapToObj(String::valueOf).collect(Collectors.joining(",")));
        return violation == null ? 0 : 1;
    }

    static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
