// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A jar or zip file. */
record ArchiveSource(Path file) implements LexiconSource {

    @Override
    public List<LexiconFile> files() {
        try (var in = Files.newInputStream(file)) {
            return Archive.read(file.toString(), in);
        } catch (IOException e) {
            throw new SourceException("the archive " + file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
