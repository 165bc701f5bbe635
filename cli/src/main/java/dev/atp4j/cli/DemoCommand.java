// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.cli;

import dev.atp4j.Secret;
import dev.atp4j.data.LexMap;
import dev.atp4j.pds.EmbeddedPds;
import dev.atp4j.session.Login;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/** {@code atp demo}. */
@Command(
        name = "demo",
        description = {
            "Show the life of a session, and what goes over the wire, on a PDS in a box.",
            "With ATP_LOGIN_URL set, log in, look, refresh and log out at that service instead."
        })
final class DemoCommand extends AtpCommand {

    DemoCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run(Output output) throws IOException {
        Optional<String> url = surroundings().variable("ATP_LOGIN_URL");
        Path folder = Files.createTempDirectory("atp-demo");
        try {
            return url.isPresent() ? atService(Secret.of(url.get()), folder, output) : inBox(folder, output);
        } finally {
            delete(folder);
        }
    }

    private static int inBox(Path folder, Output output) {
        try (EmbeddedPds pds = EmbeddedPds.builder().start()) {
            var demo = new BoxDemo(pds, folder.resolve("sessions"), output);
            return run(demo::tell, demo.story(), output);
        }
    }

    private int atService(Secret url, Path folder, Output output) {
        Login login;
        try {
            login = Login.url(url);
        } catch (IllegalArgumentException e) {
            throw Failure.usage("ATP_LOGIN_URL: " + e.getMessage(), "correct it, or unset it for the PDS in a box");
        }
        try (var demo = new ServiceDemo(
                login, folder.resolve("sessions"), surroundings().time(), output)) {
            return run(demo::tell, demo.story(), output);
        }
    }

    private interface Tale {
        void tell() throws Story.Broken;
    }

    private static int run(Tale tale, Story story, Output output) {
        try {
            tale.tell();
        } catch (Story.Broken e) {
            output.json(() -> LexMap.builder()
                    .put("ok", false)
                    .put("steps", story.steps())
                    .put("error", String.valueOf(e.getMessage()))
                    .build());
            output.remark("atp: the demonstration failed: " + e.getMessage());
            return ExitCode.FAILED;
        }
        output.line("All " + story.steps().size() + " steps hold.");
        output.json(() ->
                LexMap.builder().put("ok", true).put("steps", story.steps()).build());
        return ExitCode.OK;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> inside = Files.walk(folder)) {
            for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
