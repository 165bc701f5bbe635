// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.generator;

import static javax.lang.model.element.Modifier.FINAL;
import static javax.lang.model.element.Modifier.PRIVATE;
import static javax.lang.model.element.Modifier.PUBLIC;
import static javax.lang.model.element.Modifier.STATIC;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.atp4j.lex.Field.Kind;
import dev.atp4j.lexicon.Def.Schema;
import java.util.ArrayList;
import java.util.List;

/** Writes the classes that stand within an object's: its unions, the known values of its strings, objects within it. */
final class Nested {

    private final Context context;
    private final String key;
    private final ClassName self;
    private final boolean builder;

    Nested(Context context, String key, ClassName self, boolean builder) {
        this.context = context;
        this.key = key;
        this.self = self;
        this.builder = builder;
    }

    void addTo(TypeSpec.Builder type, List<Property> properties) {
        List<TypeName> open = new ArrayList<>();
        for (Property property : properties) {
            String place = key + "/" + property.name();
            ClassName own = context.plan().type(place);
            Schema leaf = Plan.leaf(property.schema());
            if (own == null || property.shape().kind() == Kind.VALUE) {
                continue;
            }
            if (leaf instanceof Schema.UnionSchema union) {
                boolean list = property.shape().list();
                type.addType(union(own, union, property.shape().variants(), list, property.name()));
                if (!union.closed()) {
                    open.add(own);
                }
            } else if (leaf instanceof Schema.StringSchema text) {
                type.addType(Constants.values(own, text)
                        .addModifiers(STATIC)
                        .addJavadoc("What $L may be.\n", Prose.code(property.name()))
                        .build());
            } else if (leaf instanceof Schema.ObjectSchema object) {
                type.addType(object(context, place, own, object, builder)
                        .addModifiers(STATIC)
                        .build());
            }
        }
        later(type, open);
    }

    /** Writes an object that stands within another and so has no name of its own. */
    static TypeSpec.Builder object(
            Context context, String place, ClassName own, Schema.ObjectSchema object, boolean builder) {
        return new ObjectWriter(
                        context,
                        place,
                        own,
                        place.replace('/', '.'),
                        null,
                        object.properties(),
                        object.required(),
                        object.nullable(),
                        builder)
                .write()
                .addJavadoc("$L\n", Prose.sentence(object.description(), "What " + Prose.code(place) + " holds."));
    }

    TypeSpec union(
            ClassName own, Schema.UnionSchema union, List<Shape.Variant> variants, boolean list, String property) {
        return new UnionWriter(own, self.nestedClass("Later"), union, variants, list)
                .write()
                .addModifiers(STATIC)
                .addJavadoc(
                        "$L\n", Prose.sentence(union.description(), "The variants of " + Prose.code(property) + "."))
                .build();
    }

    /** Writes the class that nobody can name, so that a {@code switch} over an open union has to have a default. */
    void later(TypeSpec.Builder type, List<TypeName> open) {
        if (!open.isEmpty()) {
            type.addType(TypeSpec.classBuilder("Later")
                    .addJavadoc("Stands for the variants of later versions: a switch needs a default for them.\n")
                    .addModifiers(PRIVATE, STATIC, FINAL)
                    .addMethod(MethodSpec.methodBuilder("value")
                            .addAnnotation(Override.class)
                            .addModifiers(PUBLIC)
                            .returns(Object.class)
                            .addStatement("return this")
                            .build())
                    .addSuperinterfaces(open)
                    .build());
        }
    }
}
