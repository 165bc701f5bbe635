// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon;

import dev.atp4j.syntax.Nsid;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Documents that are read when they are asked for: a program that calls one method should not read three hundred. */
final class LazyShelf implements Lexicons.Shelf {

    private final Function<Nsid, byte @Nullable []> documents;
    private final Supplier<? extends Collection<Nsid>> names;
    private final ConcurrentMap<Nsid, Optional<LexiconDoc>> read = new ConcurrentHashMap<>();

    LazyShelf(Function<Nsid, byte @Nullable []> documents, Supplier<? extends Collection<Nsid>> names) {
        this.documents = documents;
        this.names = names;
    }

    @Override
    public Optional<LexiconDoc> find(Nsid id) {
        Optional<LexiconDoc> known = read.get(id);
        if (known == null) {
            // Two threads may read it at once; both get the same.
            byte[] json = documents.apply(id);
            known = json == null
                    ? Optional.empty()
                    : Optional.of(LexiconReader.parseLenient(json, id.value()).doc());
            read.put(id, known);
        }
        return known;
    }

    @Override
    public Set<String> names() {
        var sorted = new TreeSet<String>();
        names.get().forEach(id -> sorted.add(id.value()));
        return sorted;
    }
}
