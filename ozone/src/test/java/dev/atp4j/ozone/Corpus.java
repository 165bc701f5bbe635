// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.ozone;

import dev.atp4j.lex.LexObject;
import dev.atp4j.lex.ObjectType;
import dev.atp4j.lexicon.LexiconIndex;
import dev.atp4j.lexicon.Lexicons;
import dev.atp4j.syntax.Nsid;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the three jars of generated classes say about themselves: this module is the one that sees them all. */
final class Corpus {

    static final Lexicons LEXICONS = Lexicons.onClassPath(Corpus.class.getClassLoader());

    private Corpus() {}

    /** Returns the entries of all indexes. */
    static Map<Nsid, LexiconIndex.Entry> entries() {
        Map<Nsid, LexiconIndex.Entry> entries =
                new TreeMap<>((a, b) -> a.value().compareTo(b.value()));
        for (LexiconIndex index : indexes()) {
            entries.putAll(index.entries());
        }
        return entries;
    }

    static List<LexiconIndex> indexes() {
        List<LexiconIndex> indexes = new ArrayList<>();
        try {
            for (URL url : Collections.list(Corpus.class.getClassLoader().getResources(LexiconIndex.RESOURCE))) {
                try (InputStream in = url.openStream()) {
                    indexes.add(LexiconIndex.parse(in.readAllBytes(), url.toString()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return indexes;
    }

    /** Loads the class of a definition. */
    static Class<?> load(LexiconIndex.Entry entry, String name) {
        try {
            return Class.forName(entry.packageName() + "." + name.replace('.', '$'));
        } catch (ClassNotFoundException e) {
            throw new AssertionError("the index names a class that is not there", e);
        }
    }

    /** Returns all types of a class and of those in it: what has a constant {@code TYPE}. */
    static List<ObjectType<? extends LexObject>> types(Class<?> owner) {
        List<ObjectType<? extends LexObject>> types = new ArrayList<>();
        if (LexObject.class.isAssignableFrom(owner)) {
            types.add((ObjectType<?>) constant(owner, "TYPE"));
        }
        for (Class<?> nested : owner.getDeclaredClasses()) {
            types.addAll(types(nested));
        }
        return types;
    }

    /** Returns the value of a constant. */
    static Object constant(Class<?> owner, String name) {
        try {
            Field field = owner.getField(name);
            return field.get(null);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(owner + " has no public constant " + name, e);
        }
    }
}
