// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/** What all commands have in common. */
abstract class AtpCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Option(names = "--json", description = "Answer with one JSON object.")
    private boolean json;

    @Option(names = "--verbose", description = "Tell on standard error what goes over the wire.")
    private boolean verbose;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it by itself
    private boolean help;

    AtpCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public final Integer call() throws Exception {
        return run(new Output(surroundings, json));
    }

    /** Does what the command is for, and returns its exit code. */
    abstract int run(Output output) throws Exception;

    final Surroundings surroundings() {
        return surroundings;
    }

    /** Returns a transport that tells what goes over the wire, if that is wanted. */
    final Wire wire(Output output) {
        return new Wire(surroundings.time(), exchange -> {
            if (verbose) {
                output.remark(exchange.toString());
            }
        });
    }

    final boolean json() {
        return json;
    }

    final boolean verbose() {
        return verbose;
    }
}
