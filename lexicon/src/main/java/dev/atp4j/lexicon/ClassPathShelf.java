// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon;

import dev.atp4j.syntax.Nsid;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Documents in jars, each read when it is asked for: a program that calls one method should not read three hundred. */
final class ClassPathShelf implements Lexicons.Shelf {

    private final ClassLoader loader;
    private final ConcurrentMap<Nsid, Optional<LexiconDoc>> read = new ConcurrentHashMap<>();

    ClassPathShelf(ClassLoader loader) {
        this.loader = loader;
    }

    @Override
    public Optional<LexiconDoc> find(Nsid id) {
        Optional<LexiconDoc> known = read.get(id);
        if (known == null) {
            // Two threads may read it at once; both get the same.
            known = load(id);
            read.put(id, known);
        }
        return known;
    }

    private Optional<LexiconDoc> load(Nsid id) {
        // An NSID has no slash, so it stays in the folder; and no document has the name of the index, which is no NSID.
        URL resource = loader.getResource(LexiconIndex.FOLDER + id + ".json");
        return resource == null
                ? Optional.empty()
                : Optional.of(LexiconReader.parseLenient(bytes(resource), resource.toString())
                        .doc());
    }

    @Override
    public Set<String> names() {
        var names = new TreeSet<String>();
        try {
            for (URL index : Collections.list(loader.getResources(LexiconIndex.RESOURCE))) {
                LexiconIndex.parse(bytes(index), index.toString())
                        .entries()
                        .keySet()
                        .forEach(id -> names.add(id.value()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look for " + LexiconIndex.RESOURCE, e);
        }
        return names;
    }

    private static byte[] bytes(URL resource) {
        try {
            URLConnection connection = resource.openConnection();
            // Else the jar would stay open, and be missed if it is replaced.
            connection.setUseCaches(false);
            try (InputStream in = connection.getInputStream()) {
                return in.readAllBytes();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }
}
