// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon;

import dev.atp4j.data.DataException;
import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexString;
import dev.atp4j.syntax.Nsid;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The index of the lexicons that a jar brings, with the classes that stand for them. It lies at {@value #RESOURCE}, beside
 * the documents.
 *
 * @param generator who made it, such as {@code atp4j 0.1.0}
 * @param entries what there is, by NSID in the order of the alphabet
 */
public record LexiconIndex(String generator, Map<Nsid, Entry> entries) {

    /** The folder of a jar that holds the index and the documents. */
    public static final String FOLDER = "META-INF/lexicons/";

    /** Where the index lies in a jar. */
    public static final String RESOURCE = FOLDER + "index.json";

    private static final int VERSION = 1;

    /** Copies and sorts the entries. */
    public LexiconIndex {
        entries = sorted(entries, Nsid::value);
    }

    /**
     * One document.
     *
     * @param file its file, in the folder of the index
     * @param packageName the package of its classes
     * @param classes the classes by definition, without their package; an inner one as {@code Post.ReplyRef}. What has no
     *     class is absent.
     */
    public record Entry(String file, String packageName, Map<String, String> classes) {

        /** Copies and sorts the classes. */
        public Entry {
            classes = sorted(classes, name -> name);
        }
    }

    /**
     * Reads an index.
     *
     * @param json the index in UTF-8
     * @param source what problems call it, such as the jar's address
     * @return the index
     * @throws LexiconException if it is none, or of a version that this library does not know
     */
    public static LexiconIndex parse(byte[] json, String source) {
        LexMap root;
        try {
            root = LexJson.parseMapLenient(json);
        } catch (DataException e) {
            throw new LexiconException(List.of(new LexiconProblem(source, e.path(), "json", e.rule())));
        }
        if (root.getLong("version").orElse(0L) != VERSION) {
            throw new LexiconException(List.of(new LexiconProblem(
                    source, "$.version", "version", "this library reads indexes of version " + VERSION)));
        }
        var problems = new ArrayList<LexiconProblem>();
        var entries = new LinkedHashMap<Nsid, Entry>();
        root.getMap("lexicons").orElse(LexMap.empty()).fields().forEach((name, value) -> {
            if (Nsid.tryParse(name).isEmpty() || !(value instanceof LexMap entry)) {
                problems.add(new LexiconProblem(
                        source, "$.lexicons." + name, "id", "an NSID and an object are needed here"));
                return;
            }
            var classes = new LinkedHashMap<String, String>();
            entry.getMap("classes").orElse(LexMap.empty()).fields().forEach((def, type) -> {
                if (type instanceof LexString text) {
                    classes.put(def, text.value());
                }
            });
            entries.put(
                    Nsid.parse(name),
                    new Entry(
                            entry.getString("file").orElse(name + ".json"),
                            entry.getString("package").orElse(""),
                            classes));
        });
        if (!problems.isEmpty()) {
            throw new LexiconException(problems);
        }
        return new LexiconIndex(root.getString("generator").orElse(""), entries);
    }

    /**
     * Writes the index. Equal indexes give equal bytes.
     *
     * @return JSON in UTF-8
     */
    public byte[] toJson() {
        var lexicons = LexMap.builder();
        entries.forEach((nsid, entry) -> {
            var classes = LexMap.builder();
            entry.classes().forEach(classes::put);
            lexicons.put(
                    nsid.value(),
                    LexMap.builder()
                            .put("file", entry.file())
                            .put("package", entry.packageName())
                            .put("classes", classes.build())
                            .build());
        });
        return LexJson.write(LexMap.builder()
                .put("version", VERSION)
                .put("generator", generator)
                .put("lexicons", lexicons.build())
                .build());
    }

    private static <K, V> Map<K, V> sorted(Map<K, V> map, Function<K, String> name) {
        var byName = new TreeMap<String, Map.Entry<K, V>>();
        map.entrySet().forEach(e -> byName.put(name.apply(e.getKey()), e));
        var sorted = new LinkedHashMap<K, V>();
        byName.values().forEach(e -> sorted.put(e.getKey(), e.getValue()));
        return Collections.unmodifiableMap(sorted);
    }
}
