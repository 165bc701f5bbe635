// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.generator;

import static javax.lang.model.element.Modifier.PUBLIC;
import static javax.lang.model.element.Modifier.SEALED;
import static javax.lang.model.element.Modifier.STATIC;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import com.palantir.javapoet.WildcardTypeName;
import dev.atp4j.lex.LexAny;
import dev.atp4j.lex.LexObject;
import dev.atp4j.lex.LexUnion;
import dev.atp4j.lexicon.Def.Schema;
import java.util.ArrayList;
import java.util.List;

/** Writes a union: a sealed interface with a record for each variant, which wraps the object that it is. */
final class UnionWriter {

    private final ClassName self;
    private final ClassName later;
    private final Schema.UnionSchema union;
    private final List<Shape.Variant> variants;
    private final boolean list;

    UnionWriter(ClassName self, ClassName later, Schema.UnionSchema union, List<Shape.Variant> variants, boolean list) {
        this.self = self;
        this.later = later;
        this.union = union;
        this.variants = variants;
        this.list = list;
    }

    TypeSpec.Builder write() {
        TypeSpec.Builder type =
                TypeSpec.interfaceBuilder(self).addModifiers(PUBLIC, SEALED).addSuperinterface(LexUnion.class);
        variants.forEach(variant -> type.addPermittedSubclass(self.nestedClass(variant.name())));
        type.addPermittedSubclass(self.nestedClass("Unknown"));
        if (!union.closed()) {
            type.addPermittedSubclass(later);
        }
        type.addMethod(of());
        if (list) {
            type.addMethod(listOf());
        }
        variants.forEach(variant -> type.addType(
                wrapper(variant.name(), variant.type(), CodeBlock.of("The variant {@link $T}.", variant.type()))
                        .build()));
        type.addType(wrapper(
                        "Unknown",
                        ClassName.get(LexAny.class),
                        CodeBlock.of(
                                union.closed()
                                        ? "A variant that the lexicon does not allow."
                                        : "A variant that is newer than this class."))
                .build());
        return type;
    }

    /** A wrapper has the methods that a record would get by itself: those are three times as large, and slow at first. */
    private TypeSpec.Builder wrapper(String name, TypeName value, CodeBlock doc) {
        return TypeSpec.recordBuilder(name)
                .addJavadoc("$L\n\n@param value what it is\n", doc)
                .addModifiers(PUBLIC, STATIC)
                .addSuperinterface(self)
                .recordConstructor(MethodSpec.constructorBuilder()
                        .addParameter(value, "value")
                        .build())
                .addMethod(MethodSpec.methodBuilder("equals")
                        .addAnnotation(Override.class)
                        .addModifiers(PUBLIC)
                        .addParameter(
                                ClassName.OBJECT.annotated(
                                        AnnotationSpec.builder(Types.NULLABLE).build()),
                                "other")
                        .returns(boolean.class)
                        .addStatement(
                                "return other instanceof $T that && value.equals(that.value)", self.nestedClass(name))
                        .build())
                .addMethod(MethodSpec.methodBuilder("hashCode")
                        .addAnnotation(Override.class)
                        .addModifiers(PUBLIC)
                        .returns(int.class)
                        .addStatement("return value.hashCode()")
                        .build())
                .addMethod(MethodSpec.methodBuilder("toString")
                        .addAnnotation(Override.class)
                        .addModifiers(PUBLIC)
                        .returns(String.class)
                        .addStatement("return value.toString()")
                        .build());
    }

    private MethodSpec of() {
        ClassName unknown = self.nestedClass("Unknown");
        MethodSpec.Builder of = MethodSpec.methodBuilder("of")
                .addJavadoc("""
                        Wraps a variant.

                        @param value an object of any type, perhaps a {@link $T}
                        @return the variant
                        @throws $T if it is neither
                        """, LexAny.class, ClassCastException.class)
                .addModifiers(PUBLIC, STATIC)
                .addParameter(Object.class, "value")
                .returns(self)
                .beginControlFlow("if (!(value instanceof $T object))", LexObject.class)
                .addStatement("return new $T(($T) value)", unknown, LexAny.class)
                .endControlFlow();
        if (variants.isEmpty()) {
            return of.addStatement("return new $T($T.of(object))", unknown, LexAny.class)
                    .build();
        }
        CodeBlock.Builder cases = CodeBlock.builder();
        for (Shape.Variant variant : variants) {
            cases.add(
                    "case $S -> new $T(($T) object);\n",
                    variant.ref().toString(),
                    self.nestedClass(variant.name()),
                    variant.type());
        }
        return of.addCode(
                        "return switch (object.type().name()) {\n$>$Ldefault -> new $T($T.of(object));\n$<};\n",
                        cases.build(),
                        unknown,
                        LexAny.class)
                .build();
    }

    private MethodSpec listOf() {
        return MethodSpec.methodBuilder("listOf")
                .addJavadoc("Wraps each of a list.\n\n@param values objects as for {@link #of}\n@return the variants\n")
                .addModifiers(PUBLIC, STATIC)
                .addParameter(
                        ParameterizedTypeName.get(ClassName.get(List.class), WildcardTypeName.subtypeOf(Object.class)),
                        "values")
                .returns(ParameterizedTypeName.get(ClassName.get(List.class), self))
                .addStatement("$T<$T> variants = new $T<>(values.size())", List.class, self, ArrayList.class)
                .beginControlFlow("for ($T value : values)", Object.class)
                .addStatement("variants.add(of(value))")
                .endControlFlow()
                .addStatement("return $T.copyOf(variants)", List.class)
                .build();
    }
}
