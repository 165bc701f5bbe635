// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.check;

import dev.atp4j.lexicon.Def;
import java.util.Map;

/** The names that the language has for its types. */
final class Types {

    private static final Map<Class<? extends Def>, String> NAMES = Map.ofEntries(
            Map.entry(Def.RecordDef.class, "record"),
            Map.entry(Def.QueryDef.class, "query"),
            Map.entry(Def.ProcedureDef.class, "procedure"),
            Map.entry(Def.SubscriptionDef.class, "subscription"),
            Map.entry(Def.PermissionSetDef.class, "permission-set"),
            Map.entry(Def.Schema.BooleanSchema.class, "boolean"),
            Map.entry(Def.Schema.IntegerSchema.class, "integer"),
            Map.entry(Def.Schema.StringSchema.class, "string"),
            Map.entry(Def.Schema.BytesSchema.class, "bytes"),
            Map.entry(Def.Schema.CidLinkSchema.class, "cid-link"),
            Map.entry(Def.Schema.BlobSchema.class, "blob"),
            Map.entry(Def.Schema.ArraySchema.class, "array"),
            Map.entry(Def.Schema.ObjectSchema.class, "object"),
            Map.entry(Def.Schema.ParamsSchema.class, "params"),
            Map.entry(Def.Schema.TokenSchema.class, "token"),
            Map.entry(Def.Schema.RefSchema.class, "ref"),
            Map.entry(Def.Schema.UnionSchema.class, "union"),
            Map.entry(Def.Schema.UnknownSchema.class, "unknown"));

    private Types() {}

    static String name(Def def) {
        return NAMES.getOrDefault(def.getClass(), "unknown");
    }
}
