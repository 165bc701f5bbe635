// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.fuzz;

import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What came of fuzzing one target.
 *
 * @param target its name
 * @param executions how many inputs were tried
 * @param seconds how long that took
 * @param edges how many edges between blocks of code they went along
 * @param inputs how many inputs were kept since each reaches something that the others do not
 * @param finding what does not hold, or an empty text
 * @param log where the fuzzer's own words are
 */
record Trial(String target, long executions, long seconds, long edges, long inputs, String finding, Path log) {

    static final String HEAD = row("target", "executions", "a second", "edges", "inputs", "finding");

    /** A run that the fuzzer has ended by itself, and one that it has ended for what it found, end so. */
    private static final int HELD = 0;

    private static final Pattern EXECUTIONS = Pattern.compile("stat::number_of_executed_units: +(\\d+)");
    private static final Pattern COVERAGE = Pattern.compile("cov: (\\d+) ft: \\d+ corp: (\\d+)");
    private static final Pattern FINDING = Pattern.compile("== (?:Java Exception: (.*)|.*ERROR: (libFuzzer: .*))");

    /** Tries a target. */
    static Trial of(String target, int seconds, int seed, Path home) throws IOException, InterruptedException {
        Path place = Files.createDirectories(home.resolve("target/fuzz").resolve(target));
        Path found = Files.createDirectories(place.resolve("corpus"));
        Path log = place.resolve("log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx768m",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + Fuzz.class.getName(),
                "--target_args=" + target,
                // What is ours, but not what looks at it: nobody is to be taught what the secret is.
                "--instrumentation_includes=dev.atp4j.**",
                "--instrumentation_excludes=dev.atp4j.fuzz.**",
                "--custom_hook_includes=dev.atp4j.**",
                "--custom_hook_excludes=dev.atp4j.fuzz.**",
                "--reproducer_path=" + place,
                "-artifact_prefix=" + place + "/",
                "-use_value_profile=1",
                "-timeout=10",
                "-rss_limit_mb=2048",
                "-max_total_time=" + seconds,
                "-seed=" + seed,
                "-print_final_stats=1",
                found.toString(),
                home.resolve("corpus").resolve(target).toString()));
        long begin = System.nanoTime();
        int end = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        long took = (System.nanoTime() - begin) / 1_000_000_000;
        String said = Files.readString(log, StandardCharsets.ISO_8859_1);
        String finding = FINDING.matcher(said)
                .results()
                .map(match -> match.group(1) != null ? match.group(1) : match.group(2))
                .findFirst()
                .orElse(end == HELD ? "" : "the fuzzer ended with " + end);
        return new Trial(
                target,
                last(EXECUTIONS, 1, said),
                took,
                last(COVERAGE, 1, said),
                last(COVERAGE, 2, said),
                finding,
                log);
    }

    private static long last(Pattern pattern, int group, String text) {
        List<MatchResult> all = pattern.matcher(text).results().collect(Collectors.toList());
        return all.isEmpty() ? 0 : Long.parseLong(all.get(all.size() - 1).group(group));
    }

    boolean good() {
        return finding.isEmpty();
    }

    String row() {
        return row(
                target,
                Long.toString(executions),
                Long.toString(executions / Math.max(1, seconds)),
                Long.toString(edges),
                Long.toString(inputs),
                finding.isEmpty() ? "none" : finding + " (" + log + ")");
    }

    private static String row(
            String target, String executions, String rate, String edges, String inputs, String finding) {
        return String.format(
                Locale.ROOT, "%-14s %12s %9s %7s %7s  %s", target, executions, rate, edges, inputs, finding);
    }

    String json() {
        return LexJson.toString(LexMap.builder()
                .put("target", target)
                .put("executions", executions)
                .put("seconds", seconds)
                .put("edges", edges)
                .put("inputs", inputs)
                .put("finding", finding.isEmpty() ? null : finding)
                .build());
    }
}
