// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.processes;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What the command line asks for.
 *
 * @param stores on which kinds of stores
 * @param processes how many processes expire together, and live through the hours
 * @param kills how many processes die on each kind of store
 * @param hours how many virtual hours pass
 * @param seed where chance begins
 * @param json whether to print one JSON object for each store instead of sentences
 */
record Options(List<Kind> stores, int processes, int kills, int hours, long seed, boolean json) {

    static final String USAGE = """
            Usage: processes/run [OPTION...]

            Shares one account among real processes, lets their tokens run out together, lets them
            sleep for hours, and kills some of them at random points, on real stores.

              --store KIND      file, sqlite, postgres, redis or all (the default); may be repeated
              --processes N     how many processes share the account (32)
              --kills N         how many die on each kind of store (250)
              --hours N         how many virtual hours they live (24)
              --seed N          where chance begins; it is printed, so that a run can be repeated
              --json            one JSON object for each store instead of sentences
              --help            this text

            The exit code is 0 if every law held, 1 if one was broken, 2 if this text would have helped.
            """;

    static Options parse(String... args) {
        List<Kind> stores = new ArrayList<>();
        int processes = 32;
        int kills = 250;
        int hours = 24;
        long seed = new Random().nextInt(Integer.MAX_VALUE);
        boolean json = false;
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--store" -> {
                    String name = value(args, ++i);
                    stores.addAll(name.equals("all") ? List.of(Kind.values()) : List.of(Kind.of(name)));
                }
                case "--processes" -> processes = count(args, ++i, 1);
                case "--kills" -> kills = count(args, ++i, 0);
                case "--hours" -> hours = count(args, ++i, 0);
                case "--seed" -> seed = Long.parseLong(value(args, ++i));
                case "--json" -> json = true;
                default -> throw new IllegalArgumentException("unknown option " + args[i]);
            }
        }
        return new Options(
                stores.isEmpty() ? List.of(Kind.values()) : List.copyOf(stores), processes, kills, hours, seed, json);
    }

    private static String value(String[] args, int index) {
        if (index == args.length) {
            throw new IllegalArgumentException(args[index - 1] + " needs a value");
        }
        return args[index];
    }

    private static int count(String[] args, int index, int least) {
        int count = Integer.parseInt(value(args, index));
        if (count < least) {
            throw new IllegalArgumentException(args[index - 1] + " is at least " + least + ": " + count);
        }
        return count;
    }
}
