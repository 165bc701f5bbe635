// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.generator;

import dev.atp4j.lexicon.Def;
import dev.atp4j.lexicon.DefRef;
import dev.atp4j.lexicon.LexiconDoc;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The documents of a run: those to generate, and those that other jars have. */
final class Corpus {

    private final TreeMap<String, LexiconDoc> documents = new TreeMap<>();
    private final Externals externals;

    /** Takes what is asked for, and what that refers to. */
    Corpus(Map<String, LexiconDoc> all, Externals externals, List<String> include, List<String> exclude) {
        this.externals = externals;
        Deque<String> open = new ArrayDeque<>();
        for (String nsid : all.keySet()) {
            if (include.isEmpty() || matches(include, nsid)) {
                open.add(nsid);
            }
        }
        while (!open.isEmpty()) {
            String nsid = open.remove();
            LexiconDoc doc = all.get(nsid);
            if (doc != null && !matches(exclude, nsid) && !externals.has(nsid) && documents.put(nsid, doc) == null) {
                for (Def def : doc.defs().values()) {
                    references(def).forEach(ref -> open.add(ref.document().value()));
                }
            }
        }
    }

    private static boolean matches(List<String> patterns, String nsid) {
        for (String pattern : patterns) {
            if (pattern.endsWith(".*")
                    ? nsid.startsWith(pattern.substring(0, pattern.length() - 1))
                    : nsid.equals(pattern)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the documents to generate, by NSID. */
    Collection<LexiconDoc> documents() {
        return documents.values();
    }

    /** Tells whether the class of a definition is in another jar. */
    boolean isExternal(DefRef ref) {
        return externals.has(ref.document().value());
    }

    /** Returns a definition, or null if there is none. */
    @Nullable
    Def find(DefRef ref) {
        LexiconDoc doc = documents.get(ref.document().value());
        if (doc == null) {
            doc = externals.document(ref.document().value());
        }
        return doc == null ? null : doc.defs().get(ref.name());
    }

    /** Returns what a definition refers to, whatever for. */
    static Set<DefRef> references(Def def) {
        Set<DefRef> found = new LinkedHashSet<>();
        collect(def, found);
        return found;
    }

    private static void collect(@Nullable Def def, Set<DefRef> found) {
        if (def instanceof Def.RecordDef record) {
            collect(record.value(), found);
        } else if (def instanceof Def.QueryDef query) {
            collect(query.params(), found);
            body(query.output(), found);
        } else if (def instanceof Def.ProcedureDef procedure) {
            collect(procedure.params(), found);
            body(procedure.input(), found);
            body(procedure.output(), found);
        } else if (def instanceof Def.SubscriptionDef subscription) {
            collect(subscription.params(), found);
            collect(subscription.message(), found);
        } else if (def instanceof Def.Schema.ObjectSchema object) {
            object.properties().values().forEach(property -> collect(property, found));
        } else if (def instanceof Def.Schema.ParamsSchema params) {
            params.properties().values().forEach(property -> collect(property, found));
        } else if (def instanceof Def.Schema.ArraySchema array) {
            collect(array.items(), found);
        } else if (def instanceof Def.Schema.RefSchema ref) {
            found.add(ref.target());
        } else if (def instanceof Def.Schema.UnionSchema union) {
            found.addAll(union.variants());
        }
    }

    private static void body(Def.@Nullable Body body, Set<DefRef> found) {
        if (body != null) {
            collect(body.schema(), found);
        }
    }
}
