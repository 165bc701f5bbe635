// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.generator;

import com.palantir.javapoet.ClassName;
import dev.atp4j.lexicon.LexiconDoc;
import dev.atp4j.lexicon.LexiconException;
import dev.atp4j.lexicon.LexiconIndex;
import dev.atp4j.lexicon.LexiconReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** The lexicons of other jars, whose classes are there already. A document is read when it is asked for. */
final class Externals {

    /** A document of a jar, and the jar or folder. */
    private record Found(Path home, LexiconIndex.Entry entry) {}

    private final Map<String, Found> entries = new HashMap<>();
    private final Map<String, LexiconDoc> documents = new HashMap<>();
    private final Map<String, byte[]> indexes = new LinkedHashMap<>();

    Externals(List<Path> classPath) {
        for (Path home : classPath) {
            byte[] index = read(home, LexiconIndex.RESOURCE);
            if (index != null) {
                indexes.put(home.toString(), index);
            }
        }
    }

    /** Returns the content of each index, by where it is. */
    Map<String, byte[]> indexes() {
        return indexes;
    }

    /** Reads the indexes. The first jar that has a document wins, as with classes. */
    void open() {
        indexes.forEach((home, bytes) -> {
            try {
                LexiconIndex.parse(bytes, home)
                        .entries()
                        .forEach((nsid, entry) -> entries.putIfAbsent(nsid.value(), new Found(Path.of(home), entry)));
            } catch (LexiconException e) {
                throw new GeneratorException(
                        List.of(LexiconIndex.RESOURCE + " of " + home + " is no index of lexicons: " + e.getMessage()));
            }
        });
    }

    boolean has(String nsid) {
        return entries.containsKey(nsid);
    }

    @Nullable
    LexiconDoc document(String nsid) {
        Found found = entries.get(nsid);
        if (found == null) {
            return null;
        }
        String file = found.entry().file();
        return documents.computeIfAbsent(nsid, name -> {
            byte[] json = read(found.home(), LexiconIndex.FOLDER + file);
            if (json == null) {
                throw new GeneratorException(List.of(LexiconIndex.RESOURCE + " of " + found.home() + " lists " + nsid
                        + ", and there is no " + LexiconIndex.FOLDER + file));
            }
            return LexiconReader.parseLenient(json, found.home() + "!" + file).doc();
        });
    }

    /** Returns the class of a definition, or null if it has none. */
    @Nullable
    ClassName type(String nsid, String def) {
        Found found = entries.get(nsid);
        String name = found == null ? null : found.entry().classes().get(def);
        if (found == null || name == null) {
            return null;
        }
        String[] names = name.split("\\.");
        ClassName type = ClassName.get(found.entry().packageName(), names[0]);
        for (int i = 1; i < names.length; i++) {
            type = type.nestedClass(names[i]);
        }
        return type;
    }

    private static byte @Nullable [] read(Path home, String name) {
        try {
            if (Files.isDirectory(home)) {
                Path file = home.resolve(name);
                return Files.isRegularFile(file) ? Files.readAllBytes(file) : null;
            }
            if (!Files.isRegularFile(home)) {
                return null;
            }
            try (ZipFile jar = new ZipFile(home.toFile())) {
                ZipEntry entry = jar.getEntry(name);
                if (entry == null) {
                    return null;
                }
                try (InputStream in = jar.getInputStream(entry)) {
                    return in.readAllBytes();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
