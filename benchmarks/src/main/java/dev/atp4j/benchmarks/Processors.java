// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Which processes may use which processors; a matter of Linux's {@code taskset}. */
final class Processors {

    private Processors() {}

    /** The processors that this process may use; none if it can't be told. */
    static List<Integer> available() throws IOException, InterruptedException {
        try {
            String[] words = run(List.of(
                            "taskset",
                            "-c",
                            "-p",
                            Long.toString(ProcessHandle.current().pid())))
                    .strip()
                    .split(" ");
            return Stream.of(words[words.length - 1].split(","))
                    .flatMap(Processors::range)
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static Stream<Integer> range(String range) {
        String[] ends = range.split("-");
        return IntStream.rangeClosed(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]))
                .boxed();
    }

    /** Confines a process, with those that it started, to some processors. */
    static void pin(ProcessHandle process, List<Integer> processors) throws IOException, InterruptedException {
        List<ProcessHandle> all =
                Stream.concat(Stream.of(process), process.descendants()).toList();
        for (ProcessHandle one : all) {
            if (one.isAlive()) {
                run(List.of("taskset", "-a", "-c", "-p", named(processors), Long.toString(one.pid())));
            }
        }
    }

    /** What stands before a command that shall use some processors only; nothing if it may use all. */
    static List<String> on(List<Integer> processors) {
        return processors.isEmpty() ? List.of() : List.of("taskset", "-c", named(processors));
    }

    private static String named(List<Integer> processors) {
        return processors.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output);
        }
        return output;
    }
}
