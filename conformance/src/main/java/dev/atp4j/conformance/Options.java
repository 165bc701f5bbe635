// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param home the folder of the Node project
 * @param only ids and groups of ids to run; all if empty
 * @param json whether to print one JSON object instead of tables
 * @param real whether to run the scenarios against the reference PDS
 * @param scenarios whether to run the scenarios
 * @param clients whether to run the public clients against the embedded PDS
 * @param data whether to compare data with the npm packages
 * @param seed what the data are made of
 * @param interop a checkout of the protocol's test vectors to run, or null
 * @param compare whether to compare the public clients and ours under faults, and nothing else
 * @param write whether to write down what came of that
 * @param prove whether to show that each scenario can fail
 * @param list whether to list the scenarios and run nothing
 */
record Options(
        Path home,
        List<String> only,
        boolean json,
        boolean real,
        boolean scenarios,
        boolean clients,
        boolean data,
        long seed,
        @Nullable Path interop,
        boolean compare,
        boolean write,
        boolean prove,
        boolean list) {

    static final String USAGE = """
            Usage: conformance/run [OPTION...]

            Runs one set of scenarios against the reference PDS (@atproto/pds) and the embedded one,
            the public JavaScript clients against the embedded one, and our data beside the npm packages'.

              --only ID         only this scenario, or those of this group (such as rotation), and no clients
                                and no data; may be repeated
              --embedded-only   neither the reference PDS nor clients nor data: needs no Node
              --clients         only the clients, and sessions that move between them and ours
              --data            only data beside the npm packages: identifiers, JSON, DAG-CBOR, schemas
              --seed NUMBER     make other data than usual
              --interop FOLDER  only the test vectors in a checkout of bluesky-social/atproto-interop-tests;
                                needs no Node
              --compare         only the public clients and ours on the same faults, on both servers; fails if
                                docs/comparison.md says something else. With --only ID, some of that on the
                                embedded server
              --write           with --compare: write docs/comparison.md
              --prove           show that each scenario can fail: run them on embedded servers that lie
              --json            one JSON object instead of tables
              --list            list the scenarios and run nothing
              --help            this text

            The exit code is 0 if everything passed, 1 if something failed, 2 if this text would have helped.
            """;

    /** Reads the command line, whose first argument is the folder of the Node project. */
    static Options parse(String... args) {
        List<String> only = new ArrayList<>();
        boolean json = false;
        boolean embeddedOnly = false;
        boolean clientsOnly = false;
        boolean dataOnly = false;
        long seed = 42;
        Path interop = null;
        boolean compare = false;
        boolean write = false;
        boolean prove = false;
        boolean list = false;
        for (int i = 1; i < args.length; i++) {
            switch (args[i]) {
                case "--only" -> only.add(next(args, ++i, "an id"));
                case "--seed" -> seed = Long.parseLong(next(args, ++i, "a number"));
                case "--interop" -> interop = Path.of(next(args, ++i, "a folder"));
                case "--data" -> dataOnly = true;
                case "--json" -> json = true;
                case "--embedded-only" -> embeddedOnly = true;
                case "--clients" -> clientsOnly = true;
                case "--compare" -> compare = true;
                case "--write" -> write = true;
                case "--prove" -> prove = true;
                case "--list" -> list = true;
                default -> throw new IllegalArgumentException("unknown option " + args[i]);
            }
        }
        boolean everything = only.isEmpty() && !embeddedOnly;
        return new Options(
                Path.of(args[0]),
                List.copyOf(only),
                json,
                !embeddedOnly,
                !clientsOnly && !dataOnly,
                clientsOnly || everything && !dataOnly,
                dataOnly || everything && !clientsOnly,
                seed,
                interop,
                compare,
                write,
                prove,
                list);
    }

    private static String next(String[] args, int i, String what) {
        if (i == args.length) {
            throw new IllegalArgumentException(args[i - 1] + " needs " + what);
        }
        return args[i];
    }

    boolean wants(Scenario scenario) {
        return wants(scenario.id());
    }

    /** Tells whether a scenario is asked for by its own name or its group's. */
    boolean wants(String scenario) {
        return only.isEmpty() || only.stream().anyMatch(id -> scenario.equals(id) || scenario.startsWith(id + "/"));
    }
}
