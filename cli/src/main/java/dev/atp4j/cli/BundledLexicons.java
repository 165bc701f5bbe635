// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.cli;

import dev.atp4j.lexicon.Lexicons;
import dev.atp4j.syntax.Nsid;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The lexicons that the command brings along: the same snapshot that the typed modules are made of. They lie in folders, one
 * for each part of their names but the last, and are read one at a time.
 */
final class BundledLexicons {

    private static final String FOLDER = "lexicons";
    private static final String ENDING = ".json";

    private BundledLexicons() {}

    static Lexicons open() {
        return Lexicons.reading(BundledLexicons::document, BundledLexicons::names);
    }

    private static byte @Nullable [] document(Nsid id) {
        String name = "/" + FOLDER + "/" + id.value().replace('.', '/') + ENDING;
        try (InputStream in = BundledLexicons.class.getResourceAsStream(name)) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }

    /** Looks through the whole jar, or the folder of classes. Only somebody who has misspelt a name waits for it. */
    private static List<Nsid> names() {
        try {
            URI code = BundledLexicons.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI();
            Path path = Path.of(code);
            if (Files.isDirectory(path)) {
                return names(path.resolve(FOLDER));
            }
            try (FileSystem jar = FileSystems.newFileSystem(path, Map.of())) {
                return names(jar.getPath(FOLDER));
            }
        } catch (IOException | URISyntaxException e) {
            return List.of(); // it is only about suggestions
        }
    }

    private static List<Nsid> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> name.endsWith(ENDING))
                    .map(name -> Nsid.tryParse(
                            name.substring(0, name.length() - ENDING.length()).replace('/', '.')))
                    .flatMap(Optional::stream)
                    .toList();
        }
    }
}
