// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.source;

import dev.atp4j.data.LexList;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import dev.atp4j.lexicon.Def;
import dev.atp4j.lexicon.Def.Body;
import dev.atp4j.lexicon.Def.PermissionSetDef;
import dev.atp4j.lexicon.Def.ProcedureDef;
import dev.atp4j.lexicon.Def.QueryDef;
import dev.atp4j.lexicon.Def.RecordDef;
import dev.atp4j.lexicon.Def.Schema;
import dev.atp4j.lexicon.Def.Schema.ArraySchema;
import dev.atp4j.lexicon.Def.Schema.ObjectSchema;
import dev.atp4j.lexicon.Def.Schema.ParamsSchema;
import dev.atp4j.lexicon.Def.Schema.RefSchema;
import dev.atp4j.lexicon.Def.Schema.StringSchema;
import dev.atp4j.lexicon.Def.Schema.UnionSchema;
import dev.atp4j.lexicon.Def.SubscriptionDef;
import dev.atp4j.lexicon.DefRef;
import dev.atp4j.lexicon.LexiconDoc;
import dev.atp4j.syntax.Nsid;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The other documents that a document names.
 *
 * @param needed those whose definitions it is made of
 * @param named those it only speaks of: tokens among known values, methods and records of a permission set
 */
record Dependencies(Set<Nsid> needed, Set<Nsid> named) {

    static Dependencies of(LexiconDoc document) {
        var found = new Dependencies(
                new TreeSet<>(Comparator.comparing(Nsid::value)), new TreeSet<>(Comparator.comparing(Nsid::value)));
        document.defs().values().forEach(found::def);
        found.needed.remove(document.id());
        found.named.remove(document.id());
        found.named.removeAll(found.needed);
        return found;
    }

    private void def(Def def) {
        if (def instanceof Schema schema) {
            schema(schema);
        } else if (def instanceof RecordDef schema) {
            schema(schema.value());
        } else if (def instanceof QueryDef query) {
            schema(query.params());
            body(query.output());
        } else if (def instanceof ProcedureDef procedure) {
            schema(procedure.params());
            body(procedure.input());
            body(procedure.output());
        } else if (def instanceof SubscriptionDef subscription) {
            schema(subscription.params());
            schema(subscription.message());
        } else if (def instanceof PermissionSetDef set) {
            set.permissions().forEach(permission -> {
                names(permission.raw().getList("lxm").orElse(LexList.of()));
                names(permission.raw().getList("collection").orElse(LexList.of()));
            });
        }
    }

    private void body(@Nullable Body body) {
        if (body != null) {
            schema(body.schema());
        }
    }

    private void schema(@Nullable Schema schema) {
        if (schema instanceof RefSchema ref) {
            needed.add(ref.target().document());
        } else if (schema instanceof UnionSchema union) {
            union.variants().stream().map(DefRef::document).forEach(needed::add);
        } else if (schema instanceof ArraySchema array) {
            schema(array.items());
        } else if (schema instanceof ObjectSchema object) {
            object.properties().values().forEach(this::schema);
        } else if (schema instanceof ParamsSchema params) {
            params.properties().values().forEach(this::schema);
        } else if (schema instanceof StringSchema text) {
            for (String value : text.knownValues()) {
                int hash = value.indexOf('#');
                if (hash > 0 && hash < value.length() - 1) {
                    Nsid.tryParse(value.substring(0, hash)).ifPresent(named::add);
                }
            }
        }
    }

    private void names(LexList list) {
        for (LexValue name : list) {
            if (name instanceof LexString text) {
                Nsid.tryParse(text.value()).ifPresent(named::add);
            }
        }
    }
}
