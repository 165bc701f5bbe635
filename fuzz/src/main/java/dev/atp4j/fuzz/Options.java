// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.fuzz;

import java.util.ArrayList;
import java.util.List;

/**
 * What the command line asks for.
 *
 * @param targets what to try
 * @param seconds how long each is tried
 * @param together how many are tried at a time
 * @param seed what the inputs are made up from, or 0 for a seed of the fuzzer's choice
 * @param json whether to print one JSON object for each target instead of a table
 */
record Options(List<String> targets, int seconds, int together, int seed, boolean json) {

    static final String USAGE = """
            Usage: fuzz/run [OPTION...] [TARGET...]

            Lets a fuzzer loose on everything that reads what strangers wrote: it makes up inputs,
            keeps those that reach something new, and looks for one for which something does not hold.

              --seconds N    how long each target is tried (20)
              --long         ten minutes each
              --together N   how many targets are tried at a time (2)
              --seed N       makes up nearly the same inputs in each run (each run has its own)
              --json         one JSON object for each target instead of a table
              --list         the names of the targets
              --help         this text

            Starts with fuzz/corpus, and with what earlier runs found in fuzz/target/fuzz. An input that breaks
            something is left there too; what it breaks is in the target's log beside it.
            The exit code is 0 if everything held, 1 if not, 2 if this text would have helped.
            """;

    private static final int LONG = 600;

    static Options parse(String... args) {
        List<String> targets = new ArrayList<>();
        int seconds = 20;
        int together = 2;
        int seed = 0;
        boolean json = false;
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--seconds" -> seconds = count(args, ++i);
                case "--long" -> seconds = LONG;
                case "--together" -> together = count(args, ++i);
                case "--seed" -> seed = count(args, ++i);
                case "--json" -> json = true;
                default -> {
                    if (args[i].startsWith("-")) {
                        throw new IllegalArgumentException("unknown option " + args[i]);
                    }
                    Targets.named(args[i]);
                    targets.add(args[i]);
                }
            }
        }
        return new Options(targets.isEmpty() ? Targets.names() : List.copyOf(targets), seconds, together, seed, json);
    }

    private static int count(String[] args, int index) {
        if (index == args.length) {
            throw new IllegalArgumentException(args[index - 1] + " needs a value");
        }
        int count = Integer.parseInt(args[index]);
        if (count < 1) {
            throw new IllegalArgumentException(args[index - 1] + " is at least 1: " + count);
        }
        return count;
    }
}
