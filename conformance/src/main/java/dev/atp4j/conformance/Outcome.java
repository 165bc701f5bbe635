// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What came of a scenario in one world.
 *
 * @param failure what was wrong, or null if nothing was
 */
record Outcome(@Nullable String failure) {

    private static final Outcome PASSED = new Outcome(null);
    private static final int LONGEST = 600;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    boolean passed() {
        return failure == null;
    }

    /** Tries a scenario, with an end to its patience. */
    static Outcome of(Scenario scenario, Worlds worlds) {
        return of(() -> scenario.check().in(worlds.get(scenario.setting())), scenario.id());
    }

    /** Something to try. */
    @FunctionalInterface
    interface Attempt {
        void run() throws Exception;
    }

    static Outcome of(Attempt attempt, String id) {
        var trial = new FutureTask<@Nullable Void>(() -> {
            attempt.run();
            return null;
        });
        var thread = new Thread(trial, id);
        thread.setDaemon(true);
        thread.start();
        try {
            trial.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return PASSED;
        } catch (ExecutionException e) {
            return new Outcome(describe(e.getCause() == null ? e : e.getCause()));
        } catch (TimeoutException e) {
            return new Outcome(
                    "still not done after " + PATIENCE.toMinutes() + " minutes, at " + place(thread.getStackTrace()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome("interrupted");
        }
    }

    private static String describe(Throwable failure) {
        String message = failure.getMessage();
        String what = failure instanceof AssertionError && message != null ? message : failure.toString();
        String line = what.strip().replaceAll("\\s*\\R\\s*", " ").replaceAll("eyJ[\\w.-]+", "TOKEN");
        String shown = line.length() <= LONGEST ? line : line.substring(0, LONGEST) + " ...";
        return shown + " (" + place(failure.getStackTrace()) + ")";
    }

    /** Returns the line of the scenario that a stack trace passes through. */
    private static String place(StackTraceElement[] trace) {
        return List.of(trace).stream()
                .filter(frame -> frame.getMethodName().matches("lambda\\$(scenarios|steps).*"))
                .findFirst()
                .map(frame -> frame.getFileName() + ":" + frame.getLineNumber())
                .orElse("an unknown place");
    }
}
