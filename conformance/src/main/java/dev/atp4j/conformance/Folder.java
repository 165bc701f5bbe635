// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder that is gone after the scenario. */
final class Folder implements AutoCloseable {

    private final Path path;

    Folder() throws IOException {
        path = Files.createTempDirectory("conformance");
    }

    Path path() {
        return path.resolve("sessions");
    }

    /** Copies what is in the folder, as it is now. */
    void copyTo(Folder other) throws IOException {
        for (Path each : contents()) {
            Path target = other.path.resolve(path.relativize(each).toString());
            if (Files.isDirectory(each)) {
                Files.createDirectories(target);
                Files.setPosixFilePermissions(target, Files.getPosixFilePermissions(each));
            } else {
                Files.copy(each, target, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private List<Path> contents() throws IOException {
        try (Stream<Path> all = Files.walk(path)) {
            return all.toList();
        }
    }

    @Override
    public void close() {
        // A session's background work may still be writing.
        Crew.until(() -> {
            try {
                for (Path each :
                        contents().stream().sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(each);
                }
                return true;
            } catch (IOException | UncheckedIOException e) {
                return false;
            }
        });
    }
}
