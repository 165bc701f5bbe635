// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.source;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A repository of git. */
record GitSource(String repository, @Nullable String revision) implements LexiconSource {

    private static final long PATIENCE_SECONDS = 300;
    private static final int SHOWN = 400;

    GitSource {
        if (repository.isBlank() || repository.startsWith("-") || revision != null && revision.startsWith("-")) {
            throw new IllegalArgumentException("no repository or revision of git: it is empty or starts with a hyphen");
        }
        if (repository.matches("\\w++://[^/@:]*+:[^/@]*+@.*+")) {
            // It is not shown, since it holds the password.
            throw new IllegalArgumentException(
                    "the address of a repository must hold no password; let git find it, with a credential helper");
        }
    }

    @Override
    public List<LexiconFile> files() {
        Path folder = null;
        try {
            folder = Files.createTempDirectory("atp4j-git-");
            Path clone = folder.resolve("clone");
            run(command(clone), folder);
            String place = clone.toString().replace('\\', '/');
            return new FolderSource(clone)
                    .files().stream()
                            .map(file ->
                                    new LexiconFile(repository + file.name().substring(place.length()), file.json()))
                            .toList();
        } catch (IOException e) {
            throw new SourceException("git cannot be run: " + e.getMessage() + "; install it, or name a folder", e);
        } finally {
            delete(folder);
        }
    }

    private List<String> command(Path clone) {
        // Nothing of the repository is run, and its links become plain files.
        var command = new ArrayList<>(List.of(
                "git", "-c", "core.symlinks=false", "-c", "core.hooksPath=" + File.separator + "nowhere", "clone"));
        command.addAll(List.of("--quiet", "--depth", "1", "--single-branch", "--no-tags"));
        if (revision != null) {
            command.addAll(List.of("--branch", revision));
        }
        boolean local = Files.isDirectory(Path.of(repository.contains("://") ? "" : repository));
        command.addAll(
                List.of("--", local && !repository.contains("://") ? localAddress() : repository, clone.toString()));
        return command;
    }

    /** Returns a path as an address, since git makes no shallow clone of a path. */
    private String localAddress() {
        return Path.of(repository).toUri().toString().replaceFirst("^file:/(?!/)", "file:///");
    }

    private void run(List<String> command, Path folder) throws IOException {
        Path log = folder.resolve("log");
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("GIT_TERMINAL_PROMPT", "0");
        builder.environment().put("GIT_ALLOW_PROTOCOL", "https:http:ssh:git:file");
        Process git = builder.start();
        try {
            git.getOutputStream().close();
            if (!git.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new SourceException(
                        "git has not cloned " + repository + " within " + PATIENCE_SECONDS + " seconds", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SourceException("interrupted while git cloned " + repository, e);
        } finally {
            git.destroyForcibly();
        }
        if (git.exitValue() != 0) {
            String said = new String(Files.readAllBytes(log), StandardCharsets.UTF_8).strip();
            throw new SourceException(
                    "git cannot clone " + repository + ": " + said.substring(0, Math.min(said.length(), SHOWN)), null);
        }
    }

    private static void delete(@Nullable Path folder) {
        if (folder == null) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException e) {
            folder.toFile().deleteOnExit();
        }
    }
}
