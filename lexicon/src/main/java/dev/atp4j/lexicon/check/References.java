// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.check;

import dev.atp4j.lexicon.Def;
import dev.atp4j.lexicon.Def.RecordDef;
import dev.atp4j.lexicon.Def.Schema;
import dev.atp4j.lexicon.Def.Schema.ObjectSchema;
import dev.atp4j.lexicon.Def.Schema.ParamsSchema;
import dev.atp4j.lexicon.Def.Schema.RefSchema;
import dev.atp4j.lexicon.Def.Schema.TokenSchema;
import dev.atp4j.lexicon.Def.Schema.UnionSchema;
import dev.atp4j.lexicon.Def.Schema.UnknownSchema;
import dev.atp4j.lexicon.DefRef;
import dev.atp4j.lexicon.LexiconDoc;
import dev.atp4j.syntax.Nsid;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rules of references: whether they lead to something that can stand there. */
final class References {

    private final Findings findings;
    private final Map<Nsid, LexiconDoc> known;

    References(Findings findings, Map<Nsid, LexiconDoc> known) {
        this.findings = findings;
        this.known = known;
    }

    void ref(Where where, DefRef ref) {
        Def target = target(where, ref);
        boolean usable = target instanceof RecordDef
                || target instanceof Schema
                        && !(target instanceof TokenSchema
                                || target instanceof RefSchema
                                || target instanceof UnionSchema
                                || target instanceof UnknownSchema
                                || target instanceof ParamsSchema);
        if (target != null && !usable) {
            findings.add(Rule.REF_TARGET, where, ref + " is a " + Types.name(target) + ", which no ref can lead to");
        }
    }

    void variant(Where where, DefRef ref) {
        Def target = target(where, ref);
        if (target != null && !(target instanceof ObjectSchema || target instanceof RecordDef)) {
            findings.add(
                    Rule.UNION_TARGET, where, ref + " is a " + Types.name(target) + ", and unions are made of objects");
        }
    }

    /** Looks whether a known value that reads like the name of a token is one. */
    void token(Where where, String value) {
        int hash = value.indexOf('#');
        Optional<Nsid> id = hash > 0 ? Nsid.tryParse(value.substring(0, hash)) : Optional.empty();
        LexiconDoc document = id.map(known::get).orElse(null);
        if (document != null && !document.defs().containsKey(value.substring(hash + 1))) {
            findings.add(
                    Rule.KNOWN_VALUE_UNDEFINED, where, document.id() + " does not define " + Findings.shown(value));
        }
    }

    private @Nullable Def target(Where where, DefRef ref) {
        LexiconDoc document = known.get(ref.document());
        if (document == null) {
            findings.add(
                    Rule.REF_DOCUMENT_MISSING, where, ref.document() + " is not among the documents that are checked");
            return null;
        }
        Def target = document.defs().get(ref.name());
        if (target == null) {
            findings.add(Rule.DANGLING_REF, where, ref.document() + " has no definition " + Findings.shown(ref.name()));
        }
        return target;
    }
}
