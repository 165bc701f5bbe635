// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the command line asks for.
 *
 * @param home the folder of the Node project
 * @param only ids and groups of ids to run; all if empty
 * @param json whether to print one JSON object instead of tables
 * @param real whether to run the scenarios against the reference PDS
 * @param scenarios whether to run the scenarios
 * @param clients whether to run the public clients against the embedded PDS
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
        boolean prove,
        boolean list) {

    static final String USAGE = """
            Usage: conformance/run [OPTION...]

            Runs one set of scenarios against the reference PDS (@atproto/pds) and the embedded one,
            and the public JavaScript clients against the embedded one.

              --only ID         only this scenario, or those of this group (such as rotation), and no clients;
                                may be repeated
              --embedded-only   neither the reference PDS nor the clients: needs no Node
              --clients         only the clients, and sessions that move between them and ours
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
        boolean prove = false;
        boolean list = false;
        for (int i = 1; i < args.length; i++) {
            switch (args[i]) {
                case "--only" -> {
                    if (++i == args.length) {
                        throw new IllegalArgumentException("--only needs an id");
                    }
                    only.add(args[i]);
                }
                case "--json" -> json = true;
                case "--embedded-only" -> embeddedOnly = true;
                case "--clients" -> clientsOnly = true;
                case "--prove" -> prove = true;
                case "--list" -> list = true;
                default -> throw new IllegalArgumentException("unknown option " + args[i]);
            }
        }
        return new Options(
                Path.of(args[0]),
                List.copyOf(only),
                json,
                !embeddedOnly,
                !clientsOnly,
                clientsOnly || only.isEmpty() && !embeddedOnly,
                prove,
                list);
    }

    boolean wants(Scenario scenario) {
        return only.isEmpty()
                || only.stream()
                        .anyMatch(
                                id -> scenario.id().equals(id) || scenario.id().startsWith(id + "/"));
    }
}
