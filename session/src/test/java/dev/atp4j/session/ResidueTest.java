// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import static dev.atp4j.session.World.DELETE;
import static dev.atp4j.session.World.PASSWORD;
import static dev.atp4j.session.World.REFRESH;
import static dev.atp4j.session.World.TIMELINE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.http.Headers;
import dev.atp4j.pds.Fault;
import dev.atp4j.session.kernel.StateJson;
import dev.atp4j.session.kernel.Tokens;
import dev.atp4j.session.store.FileSessionStore;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a program leaves of its secrets in its memory, in its logs and in its files. */
@Timeout(120)
@Tag("security")
class ResidueTest {

    @TempDir
    private Path folder;

    /** Tokens with the names of their generation, so that a failure need not show them. */
    private final List<String> names = new ArrayList<>();

    private final List<String> secrets = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "apache"})
    void neitherMemoryNorLogsNorFilesKeepASecret(String transport) throws Exception {
        try (World world = World.together()) {
            Files.writeString(folder.resolve("password"), PASSWORD);
            Path log = folder.resolve("log");
            Process child = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-Xmx64m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            LifeChild.class.getName(),
                            world.pds.url().toString(),
                            folder.toString(),
                            transport)
                    .redirectError(Redirect.to(log.toFile()))
                    .redirectOutput(Redirect.to(folder.resolve("out").toFile()))
                    .start();
            try {
                step(child, world, 1);
                step(child, world, 2);
                for (Fault fault : List.of(
                        Fault.on(TIMELINE).error(401, "BadJwt", "no"),
                        Fault.on(TIMELINE).html(500),
                        Fault.on(TIMELINE).resetAfterProcessing(),
                        Fault.on(TIMELINE).cutBodyAfterProcessing(5),
                        Fault.on(TIMELINE).answer(302, Headers.of("location", "https://evil.example"), ""),
                        Fault.on(REFRESH).resetAfterProcessing())) {
                    world.fault(fault);
                }
                step(child, world, 3);
                world.fault(Fault.on(DELETE).html(502));
                step(child, world, 4);
                assertThat(child.waitFor())
                        .as("see what it wrote: " + Files.readString(log))
                        .isZero();
            } finally {
                child.destroyForcibly();
            }
            assertThat(secrets).hasSizeGreaterThan(6);
            names.add("the password");
            secrets.add(PASSWORD);

            assertThat(found(Files.readAllBytes(log))).as("in the log").isEmpty();
            assertThat(Files.size(log)).as("the log").isGreaterThan(2_000);
            byte[] alive = Files.readAllBytes(folder.resolve("alive.hprof"));
            assertThat(found(alive)).as("in memory while the session is alive").doesNotContain("the password");
            assertThat(found(alive)).as("the scan finds what is there").isNotEmpty();
            assertThat(found(Files.readAllBytes(folder.resolve("over.hprof"))))
                    .as("in memory after the logout")
                    .isEmpty();
            try (Stream<Path> files = Files.list(folder.resolve("sessions"))) {
                for (Path file : files.toList()) {
                    assertThat(found(Files.readAllBytes(file)))
                            .as(file.toString())
                            .isEmpty();
                }
            }
        }
    }

    /** Waits until the child asks for the next step, notes the tokens that are stored, and lets it go on. */
    private void step(Process child, World world, int number) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        while (Files.readString(out).lines().filter("next?"::equals).count() < number) {
            assertThat(child.isAlive())
                    .as("see what it wrote: " + Files.readString(folder.resolve("log")))
                    .isTrue();
            Thread.onSpinWait();
        }
        try (FileSessionStore store = FileSessionStore.in(folder.resolve("sessions"))) {
            Tokens tokens =
                    StateJson.read(store.read(world.key()).orElseThrow()).current();
            names.add("access token " + number);
            secrets.add(signature(tokens.accessJwt().expose()));
            names.add("refresh token " + number);
            secrets.add(signature(tokens.refreshJwt().expose()));
        }
        child.getOutputStream().write('\n');
        child.getOutputStream().flush();
    }

    /** Without its signature a token is worth nothing, and nothing else has it in it. */
    private static String signature(String jwt) {
        return jwt.substring(jwt.lastIndexOf('.') + 1);
    }

    /** Returns the names of the secrets that are in some bytes, in any form that a JVM keeps texts in. */
    private List<String> found(byte[] bytes) {
        var found = new ArrayList<String>();
        for (int i = 0; i < secrets.size(); i++) {
            for (Charset form :
                    List.of(StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE)) {
                if (contains(bytes, secrets.get(i).getBytes(form))) {
                    found.add(names.get(i));
                }
            }
        }
        return found;
    }

    private static boolean contains(byte[] bytes, byte[] part) {
        for (int i = 0; i <= bytes.length - part.length; i++) {
            if (bytes[i] == part[0] && Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }
}
