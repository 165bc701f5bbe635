// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.source;

import dev.atp4j.syntax.Nsid;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The folder and the manifest of a project. All changes of one installation happen, or none. */
record Workspace(Path folder, Path manifest) {

    /** Returns where a document lies. An NSID is made of letters, digits, dots and hyphens, so it leads nowhere else. */
    Path path(Nsid id) {
        Path path = folder;
        String[] parts = id.value().split("\\.");
        for (int i = 0; i < parts.length - 1; i++) {
            path = path.resolve(parts[i]);
        }
        return path.resolve(parts[parts.length - 1] + ".json");
    }

    LexiconManifest readManifest() {
        return read(manifest)
                .map(json -> LexiconManifest.parse(json, manifest.toString()))
                .orElse(LexiconManifest.empty());
    }

    Optional<byte[]> read(Path file) {
        try {
            return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        } catch (IOException e) {
            throw new SourceException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Puts files in place. Everything is on the disk before the first file is replaced; if one then cannot be, those
     * before it are put back.
     *
     * @param files the content of each file, or null where a file is to go
     */
    void write(Map<Path, byte @Nullable []> files) {
        var staged = new LinkedHashMap<Path, Path>();
        var replaced = new LinkedHashMap<Path, Optional<byte[]>>();
        var created = new ArrayList<Path>();
        try {
            for (var file : files.entrySet()) {
                byte[] content = file.getValue();
                if (content != null) {
                    Path parent = parent(file.getKey());
                    createFolders(parent, created);
                    Path part = parent.resolve("." + file.getKey().getFileName() + ".part");
                    staged.put(file.getKey(), part);
                    Files.write(part, content);
                }
            }
            for (Path file : files.keySet()) {
                replaced.put(file, read(file));
                Path part = staged.get(file);
                if (part == null) {
                    Files.deleteIfExists(file);
                } else {
                    move(part, file);
                }
            }
        } catch (IOException | RuntimeException e) {
            restore(replaced);
            staged.values().forEach(Workspace::discard);
            // Innermost first; folders that hold something else stay.
            for (int i = created.size() - 1; i >= 0; i--) {
                discard(created.get(i));
            }
            throw new SourceException("the lexicons cannot be written: " + e + "; nothing was changed", e);
        }
    }

    private static void createFolders(Path folder, List<Path> created) throws IOException {
        var missing = new ArrayList<Path>();
        for (Path at = folder; at != null && !Files.exists(at); at = at.getParent()) {
            missing.add(0, at);
        }
        for (Path at : missing) {
            Files.createDirectory(at);
            created.add(at);
        }
    }

    private static Path parent(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file : parent;
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void restore(Map<Path, Optional<byte[]>> replaced) {
        replaced.forEach((file, content) -> {
            try {
                if (content.isPresent()) {
                    Files.write(file, content.get());
                } else if (Files.isRegularFile(file)) {
                    Files.delete(file);
                }
            } catch (IOException e) {
                // The first failure is told; there is nothing more to do about this one.
            }
        });
    }

    private static void discard(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            // It is in nobody's way.
        }
    }
}
