// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.pds.EmbeddedPds;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A program in a process of its own, which has an account on an embedded PDS. */
final class Program {

    static final String HANDLE = "alice.test";
    static final String PASSWORD = "planted-password";

    private final Process process;
    private final BufferedReader reader;

    private Program(Process process) {
        this.process = process;
        this.reader = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts a program. */
    static Program start(Class<?> main, EmbeddedPds pds, Path home, String... args) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                // SQLite's driver is native code, and newer JDKs want to be told.
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(args));
        Files.createDirectories(home.getParent());
        var builder =
                new ProcessBuilder(command).directory(home.getParent().toFile()).redirectErrorStream(true);
        builder.environment().put("ATP_HOME", home.toString());
        builder.environment()
                .put(
                        "ATP_LOGIN_URL",
                        pds.url().toString().replace("http://", "http://" + HANDLE + ":" + PASSWORD + "@"));
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        return new Program(builder.start());
    }

    /** Waits for the next line that the program writes. */
    String line() throws IOException {
        return reader.readLine();
    }

    /** Ends the program without warning. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Waits until the program has ended well, and returns what it has written since. */
    String output() throws IOException, InterruptedException {
        String output = reader.lines().collect(Collectors.joining("\n"));
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).doesNotContain(PASSWORD).doesNotContain("eyJ");
        return output;
    }
}
