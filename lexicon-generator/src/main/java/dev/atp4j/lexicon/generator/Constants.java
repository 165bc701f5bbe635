// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.generator;

import static javax.lang.model.element.Modifier.FINAL;
import static javax.lang.model.element.Modifier.PRIVATE;
import static javax.lang.model.element.Modifier.PUBLIC;
import static javax.lang.model.element.Modifier.STATIC;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.atp4j.lexicon.Def;
import dev.atp4j.lexicon.Def.Schema;
import dev.atp4j.lexicon.LexiconDoc;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes classes of nothing but texts. They are constants to the compiler, so none is loaded when a program runs. */
final class Constants {

    private Constants() {}

    /** Starts a class that is only there for what stands in it. */
    static TypeSpec.Builder holder(ClassName self) {
        return TypeSpec.classBuilder(self)
                .addModifiers(PUBLIC, FINAL)
                .addMethod(MethodSpec.constructorBuilder().addModifiers(PRIVATE).build());
    }

    /** Writes the known values of a string. */
    static TypeSpec.Builder values(ClassName self, Schema.StringSchema text) {
        TypeSpec.Builder type = holder(self);
        Set<String> values = new LinkedHashSet<>(text.knownValues());
        values.addAll(text.enumeration());
        Set<String> used = new HashSet<>();
        for (String value : values) {
            String name = value.substring(value.indexOf('#') + 1);
            add(type, Words.constant(name.isEmpty() ? value : name), Words.constant(value), value, null, used);
        }
        return type;
    }

    /** Writes the tokens of a document. */
    static TypeSpec.Builder tokens(ClassName self, LexiconDoc doc) {
        TypeSpec.Builder type = holder(self)
                .addJavadoc("The tokens of $L.\n", Prose.code(doc.id().value()));
        Set<String> used = new HashSet<>();
        doc.defs().forEach((name, def) -> {
            if (def instanceof Schema.TokenSchema token) {
                String value = doc.id().value() + "#" + name;
                String full = name.equals("main") ? doc.id().value() : value;
                add(type, Words.constant(name), Words.constant(value), full, token.description(), used);
            }
        });
        return type;
    }

    /** Writes the errors that a method declares. */
    static TypeSpec.Builder errors(ClassName self, List<Def.ErrorName> errors) {
        TypeSpec.Builder type =
                holder(self).addJavadoc("The errors that the lexicon declares; servers answer others as well.\n");
        Set<String> used = new HashSet<>();
        Set<String> names = new HashSet<>();
        for (Def.ErrorName error : errors) {
            if (names.add(error.name())) {
                String name = Words.constant(error.name());
                add(type, name, name, error.name(), error.description(), used);
            }
        }
        return type;
    }

    private static void add(
            TypeSpec.Builder type,
            String name,
            String longer,
            String value,
            @Nullable String description,
            Set<String> used) {
        String free = Property.free(used.contains(name) ? longer : name, used);
        FieldSpec.Builder field = FieldSpec.builder(String.class, free, PUBLIC, STATIC, FINAL)
                .addJavadoc("$L\n", Prose.sentence(description, Prose.code(value) + "."))
                .initializer("$S", value);
        if (Prose.isDeprecated(description)) {
            field.addAnnotation(Deprecated.class);
        }
        type.addField(field.build());
    }
}
