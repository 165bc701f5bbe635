// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.generator;

import com.palantir.javapoet.ClassName;
import dev.atp4j.data.DataException;
import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import dev.atp4j.lexicon.LexiconDoc;
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

    static final String FOLDER = "META-INF/lexicons/";
    static final String INDEX = FOLDER + "index.json";

    private record Entry(Path home, String file, String packageName, Map<String, String> classes) {}

    private final Map<String, Entry> entries = new HashMap<>();
    private final Map<String, LexiconDoc> documents = new HashMap<>();
    private final Map<String, byte[]> indexes = new LinkedHashMap<>();

    Externals(List<Path> classPath) {
        for (Path home : classPath) {
            byte[] index = read(home, INDEX);
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
            LexMap lexicons;
            try {
                lexicons = LexJson.parseMap(bytes).getMap("lexicons").orElseGet(LexMap::empty);
            } catch (DataException e) {
                throw new GeneratorException(
                        List.of(INDEX + " of " + home + " is no index of lexicons: " + e.getMessage()));
            }
            for (Map.Entry<String, LexValue> lexicon : lexicons.fields().entrySet()) {
                if (lexicon.getValue() instanceof LexMap entry) {
                    Map<String, String> classes = new HashMap<>();
                    entry.getMap("classes").orElseGet(LexMap::empty).fields().forEach((def, name) -> {
                        if (name instanceof LexString text) {
                            classes.put(def, text.value());
                        }
                    });
                    entries.putIfAbsent(
                            lexicon.getKey(),
                            new Entry(
                                    Path.of(home),
                                    entry.getString("file").orElse(lexicon.getKey() + ".json"),
                                    entry.getString("package").orElse(""),
                                    classes));
                }
            }
        });
    }

    boolean has(String nsid) {
        return entries.containsKey(nsid);
    }

    @Nullable
    LexiconDoc document(String nsid) {
        Entry entry = entries.get(nsid);
        if (entry == null) {
            return null;
        }
        return documents.computeIfAbsent(nsid, name -> {
            byte[] json = read(entry.home(), FOLDER + entry.file());
            if (json == null) {
                throw new GeneratorException(List.of(INDEX + " of " + entry.home() + " lists " + nsid
                        + ", and there is no " + FOLDER + entry.file()));
            }
            return LexiconReader.parseLenient(json, entry.home() + "!" + entry.file())
                    .doc();
        });
    }

    /** Returns the class of a definition, or null if it has none. */
    @Nullable
    ClassName type(String nsid, String def) {
        Entry entry = entries.get(nsid);
        String name = entry == null ? null : entry.classes().get(def);
        if (entry == null || name == null) {
            return null;
        }
        String[] names = name.split("\\.");
        ClassName type = ClassName.get(entry.packageName(), names[0]);
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
