// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.generator;

import static javax.lang.model.element.Modifier.FINAL;
import static javax.lang.model.element.Modifier.PUBLIC;
import static javax.lang.model.element.Modifier.STATIC;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.TypeSpec;
import dev.atp4j.lex.Generated;
import dev.atp4j.lexicon.Def;
import dev.atp4j.lexicon.Def.Schema;
import dev.atp4j.lexicon.DefRef;
import dev.atp4j.lexicon.LexiconDoc;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes the classes of a document. */
final class DocWriter {

    private static final Set<String> COMMON =
            Set.of("Error", "Record", "List", "Set", "Map", "Object", "String", "Thread", "Optional");

    private static final Set<String> CONSTANTS = Set.of("TYPE", "QUERY", "PROCEDURE", "UPLOAD", "SUBSCRIPTION");

    private final Context context;
    private final LexiconDoc doc;
    private final String nsid;

    DocWriter(Context context, LexiconDoc doc) {
        this.context = context;
        this.doc = doc;
        this.nsid = doc.id().value();
    }

    /** Returns the classes that stand in files of their own. */
    Map<ClassName, TypeSpec> write() {
        Map<ClassName, TypeSpec> files = new LinkedHashMap<>();
        ClassName main = context.plan().type(nsid + "#main");
        if (Plan.isShared(doc)) {
            doc.defs().forEach((name, def) -> {
                ClassName type = context.plan().type(nsid + "#" + name);
                if (type != null) {
                    files.put(type, file(define(name, def, type), Map.of(name, def)));
                }
            });
            ClassName tokens = context.plan().type(Plan.tokens(doc));
            if (tokens != null) {
                files.put(tokens, file(Constants.tokens(tokens, doc), Map.of()));
            }
        } else if (main != null) {
            Def def = doc.defs().get("main");
            TypeSpec.Builder type = def != null && Plan.hasType(def)
                    ? define("main", def, main)
                    : Constants.holder(main).addJavadoc("$L\n", sentence(null, "The definitions of"));
            List<TypeSpec> helpers = new ArrayList<>();
            doc.defs().forEach((name, helper) -> {
                ClassName nested = context.plan().type(nsid + "#" + name);
                if (nested != null && !name.equals("main")) {
                    helpers.add(
                            define(name, helper, nested).addModifiers(STATIC).build());
                }
            });
            ClassName tokens = context.plan().type(Plan.tokens(doc));
            if (tokens != null) {
                helpers.add(Constants.tokens(tokens, doc).addModifiers(STATIC).build());
            }
            type.addTypes(helpers);
            files.put(main, file(type, doc.defs()));
        }
        return files;
    }

    private TypeSpec file(TypeSpec.Builder type, Map<String, Def> within) {
        type.addAnnotation(AnnotationSpec.builder(Generated.class)
                .addMember("value", "$S", nsid)
                .build());
        AnnotationSpec.Builder suppressed = AnnotationSpec.builder(SuppressWarnings.class);
        boolean deprecated = mentionsDeprecated(within);
        boolean wraps = hasUnion(type.build());
        if (deprecated) {
            suppressed.addMember("value", "$S", "deprecation");
        }
        if (wraps) {
            // Error Prone's word for it: a wrapper is called what the variant is called that it wraps.
            suppressed.addMember("value", "$S", "SameNameButDifferent");
        }
        boolean common = hasCommonName(type.build());
        if (common) {
            suppressed.addMember("value", "$S", "AvoidCommonTypeNames");
        }
        if (deprecated || wraps || common) {
            type.addAnnotation(suppressed.build());
        }
        return type.build();
    }

    private static boolean hasUnion(TypeSpec type) {
        return type.kind() == TypeSpec.Kind.INTERFACE
                || type.typeSpecs().stream().anyMatch(DocWriter::hasUnion);
    }

    /** Tells whether the file has a class that is called like one of Java's; it is met by the name of its outer class. */
    private static boolean hasCommonName(TypeSpec type) {
        return COMMON.contains(type.name()) || type.typeSpecs().stream().anyMatch(DocWriter::hasCommonName);
    }

    /** Tells whether a file refers to something deprecated in another; within a file that is no matter. */
    private boolean mentionsDeprecated(Map<String, Def> within) {
        for (Def def : within.values()) {
            for (DefRef ref : Corpus.references(def)) {
                Def target = context.corpus().find(ref);
                boolean here = ref.document().equals(doc.id()) && within.containsKey(ref.name());
                if (target != null && !here && Prose.isDeprecated(Prose.description(target))) {
                    return true;
                }
            }
        }
        return false;
    }

    private TypeSpec.Builder define(String name, Def def, ClassName self) {
        DefRef ref = new DefRef(doc.id(), name);
        TypeSpec.Builder type = type(ref, def, self);
        String description = Prose.description(def);
        type.addJavadoc("$L\n", sentence(description, what(def)));
        if (description != null && !description.isBlank()) {
            type.addJavadoc("\n<p>$L $L.\n", what(def), Prose.code(ref.toString()));
        }
        if (Prose.isExperimental(nsid)) {
            type.addJavadoc("\n<p>Experimental: the lexicon may change in any way at any time.\n");
        }
        if (Prose.isDeprecated(description)) {
            type.addJavadoc("\n@deprecated by its lexicon\n").addAnnotation(Deprecated.class);
        }
        return type;
    }

    private String sentence(@Nullable String description, String what) {
        return Prose.sentence(description, what + " " + Prose.code(nsid) + ".");
    }

    private static String what(Def def) {
        if (def instanceof Def.RecordDef) {
            return "The record";
        } else if (def instanceof Def.QueryDef) {
            return "The query";
        } else if (def instanceof Def.ProcedureDef) {
            return "The procedure";
        } else if (def instanceof Def.SubscriptionDef) {
            return "The subscription";
        } else if (def instanceof Def.PermissionSetDef) {
            return "The permission set";
        } else if (def instanceof Schema.ObjectSchema) {
            return "The object";
        }
        return def instanceof Schema.StringSchema ? "Values of" : "What stands in";
    }

    private TypeSpec.Builder type(DefRef ref, Def def, ClassName self) {
        String key = Plan.key(ref);
        if (def instanceof Def.RecordDef record) {
            return object(ref, self, record.value(), recordKey(record, key));
        } else if (def instanceof Schema.ObjectSchema object) {
            return object(ref, self, object, null);
        } else if (def instanceof Def.QueryDef query) {
            return new MethodWriter(context, nsid, self).query(query);
        } else if (def instanceof Def.ProcedureDef procedure) {
            return new MethodWriter(context, nsid, self).procedure(procedure);
        } else if (def instanceof Def.SubscriptionDef subscription) {
            return new MethodWriter(context, nsid, self).subscription(subscription);
        } else if (def instanceof Schema.StringSchema text) {
            return Constants.values(self, text);
        } else if (def instanceof Def.PermissionSetDef) {
            return Constants.holder(self)
                    .addField(FieldSpec.builder(String.class, "NSID", PUBLIC, STATIC, FINAL)
                            .addJavadoc("The name of the set, for a scope that includes it.\n")
                            .initializer("$S", nsid)
                            .build());
        }
        return items(ref, (Schema) def, self);
    }

    private TypeSpec.Builder object(
            DefRef ref, ClassName self, Schema.ObjectSchema object, @Nullable String recordKey) {
        return new ObjectWriter(
                        context,
                        Plan.key(ref),
                        self,
                        ref.toString(),
                        recordKey,
                        object.properties(),
                        object.required(),
                        object.nullable(),
                        context.builds(ref))
                .write();
    }

    private String recordKey(Def.RecordDef record, String key) {
        if (record.key() == null) {
            context.shapes().notice(key, "does not say what its keys are; any are taken for possible");
            return "any";
        }
        return record.key();
    }

    /** Writes what stands in a list or a union that has a name; references to it mean the list itself. */
    private TypeSpec.Builder items(DefRef ref, Schema schema, ClassName self) {
        Schema leaf = Plan.leaf(schema);
        if (leaf instanceof Schema.StringSchema text) {
            return Constants.values(self, text);
        }
        TypeSpec.Builder type = Constants.holder(self);
        String key = Plan.key(ref) + "/item";
        ClassName item = self.nestedClass("Item");
        Nested nested = new Nested(context, key, self, context.builds(ref));
        if (leaf instanceof Schema.UnionSchema union) {
            type.addType(nested.union(
                    item,
                    union,
                    context.shapes().variants(key, union, Plan.key(ref)),
                    schema instanceof Schema.ArraySchema,
                    ref.toString()));
            if (!union.closed()) {
                nested.later(type, List.of(item));
            }
        } else if (leaf instanceof Schema.ObjectSchema object) {
            type.addType(Nested.object(context, key, item, object, context.builds(ref))
                    .addModifiers(STATIC)
                    .build());
        }
        return type;
    }

    /** Returns the constant by which a facade refers to a method or record, or null if it does not refer to the class. */
    static @Nullable String constant(Def def, TypeSpec written) {
        if (def instanceof Schema) {
            return null;
        }
        for (FieldSpec field : written.fieldSpecs()) {
            if (CONSTANTS.contains(field.name())) {
                return field.name();
            }
        }
        return null;
    }
}
