// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.benchmarks;

import dev.atp4j.lexicon.generator.Generator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** How long it takes to write Java for all lexicons of the network, and how large the jars are that come of it. */
final class GeneratorSpeed {

    private static final int ROUNDS = 5;

    /** The modules with generated classes. Each refers to those before it. */
    private static final List<String> MODULES = List.of("client", "bluesky", "ozone");

    private GeneratorSpeed() {}

    static void run() throws IOException, InterruptedException {
        List<Double> cold = new ArrayList<>();
        List<Double> unchanged = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            Path folder = Files.createTempDirectory("atp4j-generator");
            try {
                cold.add(process(folder));
                unchanged.add(process(folder));
            } finally {
                delete(folder);
            }
        }
        double first = Report.median(cold);
        double second = Report.median(unchanged);
        long documents = documents();
        Report.row(documents + " lexicons to Java in a new JVM, s", first, "<= 5", first <= 5, "median of " + ROUNDS);
        Report.row(
                "the same with nothing changed, s",
                second,
                "<= 0.3",
                second <= 0.3,
                "each a new JVM, its start included");
        double size = jars() / 1e6;
        Report.row("jars of client, bluesky and ozone, MB", size, "<= 3", size <= 3, "");
    }

    /** Generates in a process of its own, and returns the seconds from before its start until after its end. */
    private static double process(Path folder) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        GeneratorSpeed.class.getName(),
                        folder.toString())
                .inheritIO()
                .start();
        int code = java.waitFor();
        double seconds = (System.nanoTime() - start) / 1e9;
        if (code != 0) {
            throw new IllegalStateException("the generator ended with " + code);
        }
        return seconds;
    }

    /**
     * Generates the sources of all three modules.
     *
     * @param args the folder to write to
     */
    public static void main(String[] args) {
        List<Path> before = new ArrayList<>();
        for (String module : MODULES) {
            Path folder = Path.of(args[0], module);
            var report = Generator.builder()
                    .folder(Path.of(module, "src/main/lexicons"))
                    .classPath(before)
                    .basePackage("dev.atp4j.api")
                    .facade("dev.atp4j." + module, facades(module))
                    .names(folder.resolve("names.lock"))
                    .output(folder.resolve("sources"), folder.resolve("resources"))
                    .build()
                    .run();
            if (report.packages().isEmpty()) {
                throw new IllegalStateException("nothing was generated for " + module);
            }
            before.add(folder.resolve("resources"));
        }
    }

    private static String[] facades(String module) {
        return switch (module) {
            case "client" -> new String[] {"com"};
            case "bluesky" -> new String[] {"app", "chat"};
            default -> new String[] {"tools"};
        };
    }

    private static long documents() throws IOException {
        long documents = 0;
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(Path.of(module, "src/main/lexicons"))) {
                documents +=
                        files.filter(file -> file.toString().endsWith(".json")).count();
            }
        }
        return documents;
    }

    private static long jars() throws IOException {
        long bytes = 0;
        for (String module : MODULES) {
            try (Stream<Path> files = Files.list(Path.of(module, "target"))) {
                bytes += files.filter(file ->
                                file.getFileName().toString().matches("atp4j-" + module + "-[^-]+(-SNAPSHOT)?\\.jar"))
                        .mapToLong(GeneratorSpeed::size)
                        .sum();
            }
        }
        return bytes;
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
