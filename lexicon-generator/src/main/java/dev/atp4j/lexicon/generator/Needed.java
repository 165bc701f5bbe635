// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.generator;

import dev.atp4j.lexicon.Def;
import dev.atp4j.lexicon.Def.Schema;
import dev.atp4j.lexicon.DefRef;
import dev.atp4j.lexicon.LexiconDoc;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the objects that programs make: what they send, and what no answer has, which must be meant to be made. */
final class Needed {

    private final Corpus corpus;
    private final Set<DefRef> sent = new HashSet<>();
    private final Set<DefRef> received = new HashSet<>();

    private Needed(Corpus corpus) {
        this.corpus = corpus;
    }

    static Set<DefRef> of(Corpus corpus) {
        Needed needed = new Needed(corpus);
        Set<DefRef> objects = new HashSet<>();
        for (LexiconDoc doc : corpus.documents()) {
            doc.defs().forEach((name, def) -> {
                DefRef ref = new DefRef(doc.id(), name);
                if (def instanceof Schema) {
                    objects.add(ref);
                }
                needed.start(ref, def);
            });
        }
        objects.removeAll(needed.received);
        objects.addAll(needed.sent);
        return objects;
    }

    private void start(DefRef ref, Def def) {
        if (def instanceof Def.RecordDef) {
            reach(ref, sent);
        } else if (def instanceof Def.QueryDef query) {
            body(query.output(), received);
        } else if (def instanceof Def.ProcedureDef procedure) {
            body(procedure.input(), sent);
            body(procedure.output(), received);
        } else if (def instanceof Def.SubscriptionDef subscription && subscription.message() != null) {
            Corpus.references(subscription.message()).forEach(message -> reach(message, received));
        }
    }

    private void body(Def.@Nullable Body body, Set<DefRef> reached) {
        if (body != null && body.schema() != null) {
            Corpus.references(body.schema()).forEach(ref -> reach(ref, reached));
        }
    }

    private void reach(DefRef from, Set<DefRef> reached) {
        Deque<DefRef> open = new ArrayDeque<>();
        open.add(from);
        while (!open.isEmpty()) {
            DefRef ref = open.remove();
            if (reached.add(ref)) {
                Def def = corpus.find(ref);
                if (def != null) {
                    open.addAll(Corpus.references(def));
                }
            }
        }
    }
}
