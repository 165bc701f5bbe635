// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.source;

import dev.atp4j.data.LexBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A folder of documents, or one document. */
record FolderSource(Path path) implements LexiconSource {

    private static final String MANIFEST = "lexicons.json";
    private static final int MAX_DEPTH = 64;

    @Override
    public List<LexiconFile> files() {
        if (Files.isRegularFile(path)) {
            return List.of(file(path));
        }
        if (!Files.isDirectory(path)) {
            throw new SourceException("there is no file or folder " + path, null);
        }
        Path inner = path.resolve("lexicons");
        Path root = Files.isDirectory(inner, LinkOption.NOFOLLOW_LINKS) ? inner : path;
        var files = new ArrayList<LexiconFile>();
        for (Path file : documents(root)) {
            files.add(file(file));
        }
        return files;
    }

    private static List<Path> documents(Path root) {
        try (Stream<Path> all = Files.walk(root, MAX_DEPTH)) {
            return all.filter(file -> file.toString().endsWith(".json"))
                    .filter(file -> !root.relativize(file).toString().equals(MANIFEST))
                    .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new SourceException("the folder " + root + " cannot be looked through: " + e.getMessage(), e);
        }
    }

    private static LexiconFile file(Path file) {
        try (var in = Files.newInputStream(file)) {
            byte[] json = in.readNBytes(MAX_DOCUMENT + 1);
            if (json.length > MAX_DOCUMENT) {
                throw new SourceException(file + " has more than " + MAX_DOCUMENT + " bytes", null);
            }
            return new LexiconFile(file.toString().replace('\\', '/'), LexBytes.of(json));
        } catch (IOException e) {
            throw new SourceException(file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
