// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.processes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A {@link Worker} as its parent sees it. One thread at a time asks it; any may kill it. */
public final class Member implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 120;

    private final Process process;
    private final PrintWriter questions;
    private final BlockingQueue<Optional<String>> answers = new LinkedBlockingQueue<>();
    private final BlockingQueue<Optional<String>> remarks = new LinkedBlockingQueue<>();

    Member(ProcessBuilder command) {
        try {
            process = command.start();
        } catch (IOException e) {
            throw new UncheckedIOException("a process could not be started", e);
        }
        questions = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
        var reader = new Thread(null, this::listen, "worker-" + process.pid(), 64 * 1024);
        reader.setDaemon(true);
        reader.start();
    }

    private void listen() {
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                (line.startsWith("!") ? remarks : answers).add(Optional.of(line));
            }
        } catch (IOException e) {
            // It is gone; what was under way is not to be had.
        }
        answers.add(Optional.empty());
        remarks.add(Optional.empty());
    }

    /** Tells it to do something. Its answer is to be fetched. */
    public void tell(String command) {
        questions.println(command);
    }

    /**
     * Waits for its next answer.
     *
     * @return the line, or empty if the process has ended
     * @throws IllegalStateException if it takes too long, or the thread is interrupted
     */
    public Optional<String> answer() {
        return next(answers);
    }

    /** Waits until the process has come to where it was told to stop. */
    public void awaitStop() {
        if (next(remarks).isEmpty()) {
            throw new IllegalStateException("the process has ended instead of stopping");
        }
    }

    private Optional<String> next(BlockingQueue<Optional<String>> lines) {
        try {
            Optional<String> line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (line == null) {
                throw new IllegalStateException("process " + process.pid() + " says nothing");
            }
            if (line.isEmpty()) {
                lines.add(line); // whoever asks again shall know it too
            }
            return line;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /**
     * Tells it to do something, and waits for the answer.
     *
     * @throws IllegalStateException if the process has ended, or takes too long
     */
    public String ask(String command) {
        tell(command);
        return answer().orElseThrow(() -> new IllegalStateException("the process has ended at: " + command));
    }

    /** Returns what the process has heard and holds, by name. */
    public Map<String, String> report() {
        return Stream.of(ask("report").split(" "))
                .filter(word -> word.contains("="))
                .collect(Collectors.toMap(
                        word -> word.substring(0, word.indexOf('=')), word -> word.substring(word.indexOf('=') + 1)));
    }

    /** Kills it as {@code kill -9} does, and waits until it is gone. */
    public void kill() {
        // The handle's way leaves our end of the pipes open, so that answers in there are not lost.
        process.toHandle().destroyForcibly();
        process.onExit().join();
    }

    /** Lets it end by itself, and kills it if it does not. */
    @Override
    public void close() {
        questions.close();
        try {
            process.onExit().get(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            kill();
        } catch (ExecutionException | TimeoutException e) {
            kill();
        }
    }

    /** Ends some together. */
    static void close(List<Member> members) {
        members.forEach(member -> member.questions.close());
        members.forEach(Member::close);
    }
}
