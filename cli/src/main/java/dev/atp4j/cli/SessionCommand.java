// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.cli;

/** A command that works with the user's stored sessions. */
abstract class SessionCommand extends AtpCommand {

    SessionCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    final int run(Output output) {
        try (var workplace = new Workplace(surroundings(), exchange -> {
            if (verbose()) {
                output.remark(exchange.toString());
            }
        })) {
            return run(workplace, output);
        }
    }

    /** Does what the command is for, and returns its exit code. */
    abstract int run(Workplace workplace, Output output);
}
