// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.cli;

import dev.atp4j.Secret;
import dev.atp4j.time.Time;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * All that a command sees of the world around it.
 *
 * @param environment the environment variables
 * @param in standard input
 * @param out standard output: answers, and nothing else
 * @param err standard error: what is told beside the answer
 * @param terminal somebody to ask, if anybody is there
 * @param time clocks and timers
 * @param stop what a command that serves until it is stopped waits for
 */
record Surroundings(
        Map<String, String> environment,
        InputStream in,
        PrintWriter out,
        PrintWriter err,
        Terminal terminal,
        Time time,
        Stop stop) {

    /** Somebody at a keyboard. */
    @FunctionalInterface
    interface Terminal {

        /** Asks for something that must not be seen while it is typed; empty if nobody is there, or nothing is said. */
        Optional<Secret> ask(String prompt);
    }

    /** The end of a command that has none of its own. */
    @FunctionalInterface
    interface Stop {

        /** Returns when it is time to end. */
        void await() throws InterruptedException;
    }

    /** Returns the surroundings of this process. Signals end it, so nothing else has to. */
    static Surroundings ofProcess() {
        return new Surroundings(
                System.getenv(),
                System.in,
                utf8(FileDescriptor.out),
                utf8(FileDescriptor.err),
                Surroundings::askConsole,
                Time.system(),
                new CountDownLatch(1)::await);
    }

    /** Returns an environment variable that is set to something. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    private static PrintWriter utf8(FileDescriptor descriptor) {
        return new PrintWriter(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    // Null where there is no terminal, since Atp.main chooses the implementation for which that is so on every JDK.
    @SuppressWarnings("SystemConsoleNull")
    private static Optional<Secret> askConsole(String prompt) {
        var console = System.console();
        char[] typed = console == null ? null : console.readPassword("%s", prompt);
        return typed == null || typed.length == 0 ? Optional.empty() : Optional.of(Secret.of(typed));
    }
}
