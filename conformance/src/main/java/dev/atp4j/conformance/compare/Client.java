// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance.compare;

import java.nio.file.Path;
import java.util.List;

/** The clients that are compared, and how a process that uses one is started. */
enum Client {
    OURS("atp4j", "atp4j"),
    LEX("lex", "@atproto/lex-password-session"),
    LEX_OLD("lex-0.0", "lex-password-session-0.0"),
    ATCUTE("atcute", "@atcute/password-session"),
    API("api", "@atproto/api");

    private final String title;
    private final String npm;

    Client(String title, String npm) {
        this.title = title;
        this.npm = npm;
    }

    /** Returns a short name. */
    String title() {
        return title;
    }

    /** Returns the name of its dependency in {@code package.json}. */
    String npm() {
        return npm;
    }

    /** Returns the way to start a process that uses it. What such processes say to people goes nowhere. */
    ProcessBuilder command(Path home, Path node) {
        var command = new ProcessBuilder(
                        this == OURS
                                ? List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-XX:TieredStopAtLevel=1",
                                        "-XX:+UseSerialGC",
                                        "-Xshare:auto",
                                        "-Xmx128m",
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        Ours.class.getName())
                                : List.of(
                                        node.toString(),
                                        home.resolve("compare/driver.mjs").toString(),
                                        title))
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        // Node keeps what it compiled, so that the next process starts sooner.
        command.environment()
                .put("NODE_COMPILE_CACHE", home.resolve("target/node-cache").toString());
        return command;
    }
}
