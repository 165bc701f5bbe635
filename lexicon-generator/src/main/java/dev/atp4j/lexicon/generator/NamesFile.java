// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.generator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;

/**
 * The names that were given before: a line for each, {@code what = name}. What has a line keeps its name; what has none gets
 * one, and a line.
 */
final class NamesFile {

    private static final String HEADER = """
            # The names of generated classes. A class keeps its name for ever, so lines stay, even if their definition goes.
            # To give a definition another name before its first release, change its line.
            """;

    private final @Nullable Path file;
    private final Map<String, String> names = new TreeMap<>();
    private final List<String> added = new ArrayList<>();

    NamesFile(@Nullable Path file) {
        this.file = file;
        for (String line : lines()) {
            if (line.isBlank() || line.startsWith("#")) {
                // The comment of the file, which says what it is, begins like no definition does.
                continue;
            }
            String[] parts = line.split(" = ", 2);
            if (parts.length < 2 || !SourceVersion.isName(parts[1].strip())) {
                throw new GeneratorException(
                        List.of(file + " has a line that is no 'definition = ClassName': " + line.strip()));
            }
            names.put(parts[0].strip(), parts[1].strip());
        }
    }

    private List<String> lines() {
        try {
            return file != null && Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Map<String, String> all() {
        return names;
    }

    @Nullable
    String get(String key) {
        return names.get(key);
    }

    void put(String key, String name) {
        if (names.putIfAbsent(key, name) == null) {
            added.add(key + " = " + name);
        }
    }

    List<String> added() {
        return added;
    }

    /** Tells how to give a definition another name. */
    String advice(String key, String name) {
        return file == null
                ? "name a file of names, and give one of them another name there: a line '" + key + " = " + name + "2'"
                : "give one of them another name by a line in " + file + ": '" + key + " = " + name + "2'";
    }

    void save() {
        if (file == null || added.isEmpty()) {
            return;
        }
        StringBuilder text = new StringBuilder(HEADER);
        names.forEach((key, name) -> text.append(key).append(" = ").append(name).append('\n'));
        try {
            Path parent = file.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
