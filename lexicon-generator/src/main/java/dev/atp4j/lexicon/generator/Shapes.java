// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.generator;

import com.palantir.javapoet.ClassName;
import dev.atp4j.lex.Field.Kind;
import dev.atp4j.lexicon.Def;
import dev.atp4j.lexicon.Def.Schema;
import dev.atp4j.lexicon.DefRef;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Follows references. What leads nowhere, and what no accessor could be written for, becomes a value of any kind. */
final class Shapes {

    private final Corpus corpus;
    private final Plan plan;
    private final Set<Report.Notice> notices = new LinkedHashSet<>();

    Shapes(Corpus corpus, Plan plan) {
        this.corpus = corpus;
        this.plan = plan;
    }

    List<Report.Notice> notices() {
        return List.copyOf(notices);
    }

    void notice(String key, String message) {
        notices.add(new Report.Notice(key, message));
    }

    /** Returns the shape of what stands at a key. */
    Shape of(String key, Schema schema) {
        return of(key, schema, key, 0);
    }

    private Shape of(String key, Schema schema, String place, int depth) {
        if (depth > 20) {
            return any(place, schema, "refers to itself");
        }
        if (schema instanceof Schema.RefSchema ref) {
            return reference(ref, place, depth);
        }
        if (schema instanceof Schema.ArraySchema array) {
            Shape items = of(key, array.items(), place, depth + 1);
            return items.list() ? any(place, schema, "is a list of lists").ofList() : items.ofList();
        }
        if (schema instanceof Schema.UnionSchema union) {
            ClassName type = plan.type(key);
            return type == null
                    ? any(place, schema, "is a union that has no class")
                    : new Shape(Kind.UNION, false, schema, type, variants(key, union, place));
        }
        if (schema instanceof Schema.ObjectSchema) {
            ClassName type = plan.type(key);
            return type == null
                    ? any(place, schema, "is an object that has no class")
                    : new Shape(Kind.OBJECT, false, schema, type, List.of());
        }
        if (schema instanceof Schema.StringSchema) {
            return new Shape(Kind.STRING, false, schema, plan.type(key), List.of());
        }
        Kind kind = schema instanceof Schema.BooleanSchema
                ? Kind.BOOLEAN
                : schema instanceof Schema.IntegerSchema
                        ? Kind.INTEGER
                        : schema instanceof Schema.TokenSchema
                                ? Kind.STRING
                                : schema instanceof Schema.BytesSchema
                                        ? Kind.BYTES
                                        : schema instanceof Schema.CidLinkSchema
                                                ? Kind.LINK
                                                : schema instanceof Schema.BlobSchema
                                                        ? Kind.BLOB
                                                        : schema instanceof Schema.UnknownSchema
                                                                ? Kind.UNKNOWN
                                                                : Kind.VALUE;
        return new Shape(kind, false, schema, null, List.of());
    }

    private Shape reference(Schema.RefSchema ref, String place, int depth) {
        DefRef target = ref.target();
        Def def = corpus.find(target);
        if (def == null) {
            return any(place, ref, "refers to " + target + ", which is not there");
        }
        if (def instanceof Def.RecordDef record) {
            def = record.value();
        }
        if (def instanceof Schema.ObjectSchema object) {
            ClassName type = plan.type(target);
            return type == null
                    ? any(place, ref, "refers to " + target + ", which has no class")
                    : new Shape(Kind.OBJECT, false, object, type, List.of());
        }
        if (!(def instanceof Schema schema)) {
            return any(place, ref, "refers to " + target + ", which is no type of data");
        }
        if (schema instanceof Schema.StringSchema) {
            return new Shape(Kind.STRING, false, schema, plan.type(target), List.of());
        }
        if (schema instanceof Schema.ArraySchema || schema instanceof Schema.UnionSchema) {
            return listed(target, schema, place, depth + 1);
        }
        return of(Plan.key(target), schema, place, depth + 1);
    }

    /** Returns the shape of a definition that is a list or a union; the class of what is in it is called {@code Item}. */
    private Shape listed(DefRef target, Schema schema, String place, int depth) {
        Schema leaf = Plan.leaf(schema);
        boolean list = schema instanceof Schema.ArraySchema;
        if (schema instanceof Schema.ArraySchema array && array.items() instanceof Schema.ArraySchema) {
            return any(place, schema, "is a list of lists").ofList();
        }
        ClassName holder = plan.type(target);
        Shape item;
        if (leaf instanceof Schema.UnionSchema union && holder != null) {
            item = new Shape(
                    Kind.UNION,
                    false,
                    leaf,
                    holder.nestedClass("Item"),
                    variants(Plan.key(target) + "/item", union, place));
        } else if (leaf instanceof Schema.ObjectSchema && holder != null) {
            item = new Shape(Kind.OBJECT, false, leaf, holder.nestedClass("Item"), List.of());
        } else if (leaf instanceof Schema.StringSchema) {
            item = new Shape(Kind.STRING, false, leaf, holder, List.of());
        } else {
            item = of(Plan.key(target), leaf, place, depth);
        }
        if (item.list()) {
            return any(place, schema, "is a list of lists").ofList();
        }
        return list ? item.ofList() : item;
    }

    /** Returns the variants that have a class; others are met as unknown ones. */
    List<Shape.Variant> variants(String key, Schema.UnionSchema union, String place) {
        List<Shape.Variant> variants = new ArrayList<>();
        Set<DefRef> seen = new LinkedHashSet<>();
        for (DefRef ref : union.variants()) {
            Def def = corpus.find(ref);
            ClassName type = def instanceof Def.RecordDef || def instanceof Schema.ObjectSchema ? plan.type(ref) : null;
            if (type == null) {
                notice(
                        place,
                        "has the variant " + ref + ", which is "
                                + (def == null ? "not there" : "no object")
                                + "; it is met as an unknown one");
            } else if (seen.add(ref)) {
                variants.add(new Shape.Variant(ref, type, plan.variant(key, ref)));
            }
        }
        return variants;
    }

    @Nullable
    Def find(DefRef ref) {
        return corpus.find(ref);
    }

    private Shape any(String place, Schema schema, String what) {
        notice(place, what + "; it is met as a value of any kind");
        return new Shape(Kind.VALUE, false, schema, null, List.of());
    }
}
