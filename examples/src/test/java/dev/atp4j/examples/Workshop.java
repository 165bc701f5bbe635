// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.examples;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A copy of a project that is built by a Maven of its own, as a stranger would: all it knows of atp4j is a repository. That
 * one is a local repository in the target folder, where this build's artifacts are put as if they had been installed. All
 * else comes from the repository of the machine, which is not written to.
 */
final class Workshop {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Path REPOSITORY = Path.of("target", "repository").toAbsolutePath();
    private static final String VERSION = System.getProperty("atp4j.version");
    private static final int MINUTES = 5;

    private final Path project;
    private final Path settings;

    private Workshop(Path project, Path settings) {
        this.project = project;
        this.settings = settings;
    }

    /** Copies a project into an empty folder. */
    static Workshop of(Path original, Path folder, String... modules) throws IOException {
        Path project = folder.resolve("project");
        try (Stream<Path> files = Files.walk(original)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path relative = original.relativize(file);
                if (!relative.startsWith("target")) {
                    Path copy = project.resolve(relative.toString());
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy);
                }
            }
        }
        install(ROOT.resolve("pom.xml"), "parent", "pom");
        install(ROOT.resolve("bom/pom.xml"), "bom", "pom");
        for (String module : modules) {
            install(ROOT.resolve(module).resolve("pom.xml"), module, "pom");
            install(
                    ROOT.resolve(module).resolve("target").resolve("atp4j-" + module + "-" + VERSION + ".jar"),
                    module,
                    "jar");
        }
        return new Workshop(project, Files.writeString(folder.resolve("settings.xml"), settings()));
    }

    private static void install(Path file, String module, String type) throws IOException {
        assertThat(file)
                .as("this test needs what the build has packaged; run it with mvn verify")
                .exists();
        String name = "atp4j-" + module;
        Path place = REPOSITORY.resolve(Path.of("dev", "atp4j", name, VERSION, name + "-" + VERSION + "." + type));
        Files.createDirectories(place.getParent());
        Files.copy(file, place, REPLACE_EXISTING);
    }

    private static String settings() {
        String repository = """
                <id>machine</id>
                <url>%s</url>
                <releases><checksumPolicy>ignore</checksumPolicy></releases>
                <snapshots><enabled>false</enabled></snapshots>
                """.formatted(
                        Path.of(System.getProperty("atp4j.local-repository")).toUri());
        return """
                <settings>
                  <profiles>
                    <profile>
                      <id>machine</id>
                      <repositories><repository>%1$s</repository></repositories>
                      <pluginRepositories><pluginRepository>%1$s</pluginRepository></pluginRepositories>
                    </profile>
                  </profiles>
                  <activeProfiles><activeProfile>machine</activeProfile></activeProfiles>
                </settings>
                """.formatted(repository);
    }

    /** Returns a file of the copy. */
    Path file(String name) {
        return project.resolve(name);
    }

    /** Runs Maven, and returns what it says. */
    Outcome maven(String... goals) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("maven.home"), "bin", "mvn").toString(),
                "--batch-mode",
                "--no-transfer-progress",
                "--global-settings",
                settings.toString(),
                "-Dmaven.repo.local=" + REPOSITORY,
                // Without a network, files are still within reach.
                "-Daether.offline.protocols=file",
                "-Dstyle.color=never"));
        if (System.getProperty("atp4j.network").endsWith("true")) {
            command.add("--offline");
        }
        command.addAll(List.of(goals));
        return run(command);
    }

    /** Runs a class of the project with the libraries that Maven has put beside it. */
    Outcome java(String main) throws IOException, InterruptedException {
        return run(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                "target/classes" + File.pathSeparator + "target/libraries/*",
                main));
    }

    private Outcome run(List<String> command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).directory(project.toFile()).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().keySet().removeAll(List.of("MAVEN_OPTS", "MAVEN_ARGS", "JAVA_TOOL_OPTIONS"));
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).isTrue();
        return new Outcome(process.exitValue(), output);
    }

    /** How a program ended, and what it said. */
    record Outcome(int code, String output) {}
}
