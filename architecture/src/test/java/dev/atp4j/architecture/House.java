// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What these tests look at: the classes of the other modules, and the files of the repository. */
final class House {

    /** The folder of the whole project. */
    static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(location -> !location.contains("/architecture/"))
            .importPackages("dev.atp4j");

    private static final List<Path> FILES = list();

    private House() {}

    /** Returns the classes that are shipped or built on what is shipped, not the tests. */
    static JavaClasses classes() {
        return CLASSES;
    }

    /** Returns the files that are, or are about to be, under version control, relative to the root. */
    static List<Path> files() {
        return FILES;
    }

    private static List<Path> list() {
        try {
            Process git = new ProcessBuilder("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
                    .directory(ROOT.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (InputStream names = git.getInputStream()) {
                return Stream.of(new String(names.readAllBytes(), StandardCharsets.UTF_8).split("\0"))
                        .filter(name -> !name.isEmpty())
                        .map(Path::of)
                        .filter(file -> Files.isRegularFile(ROOT.resolve(file)))
                        .toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("git is needed to list the files of the project", e);
        }
    }

    /** Returns the files whose name ends like this. */
    static List<Path> files(String ending) {
        return FILES.stream().filter(file -> file.toString().endsWith(ending)).toList();
    }

    /** Returns the text of a file. Bytes that are no UTF-8 come out as replacement characters. */
    static String text(Path file) {
        try {
            return new String(Files.readAllBytes(ROOT.resolve(file)), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
