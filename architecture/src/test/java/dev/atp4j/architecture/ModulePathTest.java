// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The published modules as a user with a {@code module-info} of his own meets them. */
class ModulePathTest {

    /** What lexicons become. The compiler would say if a package were not exported that a facade refers to. */
    private static final String GENERATED = "dev.atp4j.api.";

    /** What each module shows. Adding a line here is a promise to keep. */
    private static final Map<String, Set<String>> EXPORTS = Map.ofEntries(
            Map.entry(
                    "dev.atp4j.core",
                    Set.of(
                            "dev.atp4j",
                            "dev.atp4j.syntax",
                            "dev.atp4j.text",
                            "dev.atp4j.data",
                            "dev.atp4j.lex",
                            "dev.atp4j.http",
                            "dev.atp4j.xrpc",
                            "dev.atp4j.identity",
                            "dev.atp4j.time")),
            Map.entry("dev.atp4j.http.apache", Set.of("dev.atp4j.http.apache")),
            Map.entry("dev.atp4j.session", Set.of("dev.atp4j.session", "dev.atp4j.session.store")),
            Map.entry("dev.atp4j.session.jdbc", Set.of("dev.atp4j.session.jdbc")),
            Map.entry("dev.atp4j.session.redis", Set.of("dev.atp4j.session.redis")),
            Map.entry(
                    "dev.atp4j.lexicon",
                    Set.of("dev.atp4j.lexicon", "dev.atp4j.lexicon.check", "dev.atp4j.lexicon.source")),
            Map.entry("dev.atp4j.lexicon.generator", Set.of("dev.atp4j.lexicon.generator")),
            Map.entry("dev.atp4j.client", Set.of("dev.atp4j.client")),
            Map.entry("dev.atp4j.bluesky", Set.of("dev.atp4j.bluesky")),
            Map.entry("dev.atp4j.ozone", Set.of("dev.atp4j.ozone")),
            Map.entry("dev.atp4j.pds", Set.of("dev.atp4j.pds")),
            Map.entry("dev.atp4j.testkit", Set.of("dev.atp4j.testkit")));

    /** The libraries that a user of those modules gets with them. */
    private static final Set<String> LIBRARIES = Set.of(
            "jspecify",
            "httpclient5",
            "httpcore5",
            "httpcore5-h2",
            "slf4j-api",
            "slf4j-nop",
            "jedis",
            "commons-pool2",
            "json",
            "gson",
            "redis-authx-core",
            "error_prone_annotations");

    private static final String PATH = Stream.of(
                    System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator)))
            .filter(entry -> isLibrary(Path.of(entry)) || isOurs(Path.of(entry)))
            .collect(Collectors.joining(File.pathSeparator));

    @Test
    void everyModuleExportsWhatIsMeantAndNothingElse() {
        var exports = new TreeMap<String, Set<String>>();
        for (ModuleReference module : ModuleFinder.of(Stream.of(PATH.split(Pattern.quote(File.pathSeparator)))
                        .map(Path::of)
                        .toArray(Path[]::new))
                .findAll()) {
            if (module.descriptor().name().startsWith("dev.atp4j")) {
                exports.put(
                        module.descriptor().name(),
                        module.descriptor().exports().stream()
                                .filter(export -> !export.isQualified())
                                .map(ModuleDescriptor.Exports::source)
                                .filter(name -> !name.startsWith(GENERATED))
                                .collect(Collectors.toCollection(TreeSet::new)));
            }
        }
        assertThat(exports).containsExactlyInAnyOrderEntriesOf(EXPORTS);
    }

    @Test
    void aModuleOfSomebodyElseCompilesAndRuns(@TempDir Path folder) throws Exception {
        Path source = Path.of("src/test/consumer");

        var messages = new StringWriter();
        int compiled = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(
                        new PrintWriter(messages),
                        new PrintWriter(messages),
                        "--release",
                        "17",
                        "-Xlint:all,-requires-automatic",
                        "-Werror",
                        "--class-path",
                        "",
                        "--module-path",
                        PATH,
                        "-d",
                        folder.toString(),
                        source.resolve("module-info.java").toString(),
                        source.resolve("consumer/Consumer.java").toString());
        assertThat(compiled).as(messages.toString()).isZero();

        assertThat(run(folder))
                .isEqualTo("dev.atp4j.http.apache FORBIDDEN_ADDRESS DNS asked RedisSessionStore[{atp4j}:]");
    }

    private static String run(Path folder) throws IOException, InterruptedException {
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--module-path",
                        folder + File.pathSeparator + PATH,
                        "--module",
                        "consumer/consumer.Consumer")
                .redirectErrorStream(true)
                .start();
        String output = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(java.waitFor()).as(output).isZero();
        return output.strip();
    }

    /** Tells whether this is one of the published modules. The command is a program, and nobody's library. */
    private static boolean isOurs(Path entry) {
        return entry.startsWith(House.ROOT)
                && ModuleFinder.of(entry).findAll().stream()
                        .map(ModuleReference::descriptor)
                        .anyMatch(module ->
                                !module.isAutomatic() && !module.name().equals("dev.atp4j.cli"));
    }

    private static boolean isLibrary(Path entry) {
        String name = entry.getFileName().toString();
        return LIBRARIES.stream().anyMatch(library -> name.matches(Pattern.quote(library) + "-[0-9].*\\.jar"));
    }
}
