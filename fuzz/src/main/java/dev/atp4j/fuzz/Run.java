// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.fuzz;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The fuzzing run: each target in a process of its own, a table at the end. */
public final class Run {

    private Run() {}

    /**
     * Runs what the arguments ask for.
     *
     * @param args see {@code --help}
     * @throws InterruptedException if somebody does not want to wait
     */
    public static void main(String[] args) throws InterruptedException {
        if (Arrays.asList(args).contains("--help")) {
            System.out.print(Options.USAGE);
            return;
        }
        if (Arrays.asList(args).contains("--list")) {
            Targets.names().forEach(System.out::println);
            return;
        }
        Options options;
        try {
            options = Options.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.print(Options.USAGE);
            System.exit(2);
            return;
        }
        System.exit(run(options, Path.of(System.getProperty("atp4j.fuzz.home", "."))) ? 0 : 1);
    }

    private static boolean run(Options options, Path home) throws InterruptedException {
        ExecutorService workers = Executors.newFixedThreadPool(options.together());
        List<Future<Trial>> trials = new ArrayList<>();
        for (String target : options.targets()) {
            trials.add(workers.submit(() -> Trial.of(target, options.seconds(), options.seed(), home)));
        }
        workers.shutdown();
        if (!options.json()) {
            System.out.println(Trial.HEAD);
        }
        boolean good = true;
        for (Future<Trial> future : trials) {
            try {
                Trial trial = future.get();
                good &= trial.good();
                System.out.println(options.json() ? trial.json() : trial.row());
            } catch (ExecutionException e) {
                good = false;
                System.err.println(e.getCause());
            }
        }
        return good;
    }
}
