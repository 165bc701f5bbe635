// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon;

import dev.atp4j.syntax.Nsid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lexicon documents by NSID. Thread-safe. What is in it does not change, though documents of the class path are read when
 * they are asked for.
 */
public final class Lexicons {

    /** The list of what was installed, which tools put beside the documents. */
    private static final Path MANIFEST = Path.of("lexicons.json");

    private final Shelf shelf;

    private Lexicons(Shelf shelf) {
        this.shelf = shelf;
    }

    /** Where documents come from. */
    interface Shelf {

        Optional<LexiconDoc> find(Nsid id);

        /** The names of all documents, as texts since that is how they sort. */
        Set<String> names();
    }

    /**
     * What a lenient reader made of a folder.
     *
     * @param lexicons the documents that can be used
     * @param problems what is wrong with them, and with those that cannot
     */
    public record Reading(Lexicons lexicons, List<LexiconProblem> problems) {

        /** Copies the problems. */
        public Reading {
            problems = List.copyOf(problems);
        }
    }

    /**
     * Takes documents.
     *
     * @param documents the documents; of two with one NSID the first counts
     * @return the collection
     */
    public static Lexicons of(Collection<LexiconDoc> documents) {
        var byName = new TreeMap<String, LexiconDoc>();
        for (LexiconDoc document : documents) {
            byName.putIfAbsent(document.id().value(), document);
        }
        return new Lexicons(new Memory(byName));
    }

    /**
     * Reads all documents of a folder and its sub-folders, strictly. Documents are the files that end in {@code .json},
     * except a manifest, {@code lexicons.json}, in the folder itself. Their names and places mean nothing.
     *
     * @param folder the folder
     * @return the collection
     * @throws LexiconException if there are problems, with all of all files
     * @throws UncheckedIOException if a file cannot be read
     */
    public static Lexicons read(Path folder) {
        Reading reading = readFolder(folder, true);
        if (!reading.problems().isEmpty()) {
            throw new LexiconException(reading.problems());
        }
        return reading.lexicons();
    }

    /**
     * Reads all documents of a folder and its sub-folders, as far as they make sense.
     *
     * @param folder the folder; {@link #read(Path)} tells which of its files count
     * @return the collection and what is wrong
     * @throws UncheckedIOException if a file cannot be read
     */
    public static Reading readLenient(Path folder) {
        return readFolder(folder, false);
    }

    private static Reading readFolder(Path folder, boolean strict) {
        var documents = new TreeMap<String, LexiconDoc>();
        var problems = new ArrayList<LexiconProblem>();
        for (Path file : files(folder)) {
            String source = folder.relativize(file).toString();
            try {
                byte[] json = Files.readAllBytes(file);
                LexiconDoc document;
                if (strict) {
                    document = LexiconReader.parse(json, source);
                } else {
                    LexiconReader.Reading reading = LexiconReader.parseLenient(json, source);
                    problems.addAll(reading.problems());
                    document = reading.doc();
                }
                if (documents.putIfAbsent(document.id().value(), document) != null) {
                    problems.add(new LexiconProblem(
                            source, "$.id", "duplicate", "another file has the lexicon " + document.id() + " too"));
                }
            } catch (LexiconException e) {
                problems.addAll(e.problems());
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + file, e);
            }
        }
        return new Reading(new Lexicons(new Memory(documents)), problems);
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .filter(file -> !folder.relativize(file).equals(MANIFEST))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the folder " + folder, e);
        }
    }

    /**
     * Finds the documents that jars bring along, by {@link LexiconIndex}. A document is read, leniently, when it is first
     * asked for; to ask for one does not read the indexes, to ask for {@link #names()} does.
     *
     * @param loader whose class path
     * @return the collection
     */
    public static Lexicons onClassPath(ClassLoader loader) {
        var classPath = new ClassPath(loader);
        return reading(classPath::document, classPath::names);
    }

    /**
     * Takes documents from anywhere. A document is read, leniently, when it is first asked for, and then kept.
     *
     * @param documents returns a document in UTF-8, or null if there is none of this name; called by any thread
     * @param names returns the names of all documents; called by any thread
     * @return the collection
     */
    public static Lexicons reading(
            Function<Nsid, byte @Nullable []> documents, Supplier<? extends Collection<Nsid>> names) {
        return new Lexicons(new LazyShelf(documents, names));
    }

    /**
     * Looks in others for what is not here.
     *
     * @param others where to look next
     * @return both together
     */
    public Lexicons orElse(Lexicons others) {
        Shelf first = shelf;
        Shelf second = others.shelf;
        return new Lexicons(new Shelf() {
            @Override
            public Optional<LexiconDoc> find(Nsid id) {
                Optional<LexiconDoc> found = first.find(id);
                return found.isPresent() ? found : second.find(id);
            }

            @Override
            public Set<String> names() {
                var names = new TreeSet<>(first.names());
                names.addAll(second.names());
                return Collections.unmodifiableSet(names);
            }
        });
    }

    /**
     * Finds a document.
     *
     * @param id its NSID
     * @return the document, or empty if it is not here
     * @throws LexiconException if a document that is read now cannot be used at all
     * @throws UncheckedIOException if a document that is read now cannot be read
     */
    public Optional<LexiconDoc> find(Nsid id) {
        return shelf.find(id);
    }

    /**
     * Finds a definition.
     *
     * @param ref its full name
     * @return the definition, or empty if it, or its document, is not here
     * @throws LexiconException if a document that is read now cannot be used at all
     * @throws UncheckedIOException if a document that is read now cannot be read
     */
    public Optional<Def> resolve(DefRef ref) {
        return find(ref.document()).map(document -> document.defs().get(ref.name()));
    }

    /**
     * Returns the names of all documents.
     *
     * @return the NSIDs in the order of the alphabet
     * @throws LexiconException if an index of the class path cannot be read at all
     * @throws UncheckedIOException if an index of the class path cannot be read
     */
    public List<Nsid> names() {
        return shelf.names().stream().map(Nsid::parse).toList();
    }

    private record Memory(Map<String, LexiconDoc> documents) implements Shelf {

        @Override
        public Optional<LexiconDoc> find(Nsid id) {
            return Optional.ofNullable(documents.get(id.value()));
        }

        @Override
        public Set<String> names() {
            return documents.keySet();
        }
    }
}
