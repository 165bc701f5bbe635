// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.generator;

import static javax.lang.model.element.Modifier.FINAL;
import static javax.lang.model.element.Modifier.PRIVATE;
import static javax.lang.model.element.Modifier.PROTECTED;
import static javax.lang.model.element.Modifier.PUBLIC;
import static javax.lang.model.element.Modifier.STATIC;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import com.palantir.javapoet.WildcardTypeName;
import dev.atp4j.lex.Field;
import dev.atp4j.lex.Field.Kind;
import dev.atp4j.lex.LexObject;
import dev.atp4j.lex.ObjectType;
import dev.atp4j.lex.RecordType;
import dev.atp4j.lex.Values;
import dev.atp4j.lexicon.Def.Schema;
import dev.atp4j.syntax.SyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes the class of an object: its type, its accessors, its builder, and the classes that only it needs. */
final class ObjectWriter {

    private final Context context;
    private final String key;
    private final ClassName self;
    private final String name;
    private final @Nullable String recordKey;
    private final List<Property> properties;
    private final boolean builder;
    private final Set<String> used;

    /**
     * Prepares a class.
     *
     * @param key the object's key in the plan
     * @param name what the type is called on the wire
     * @param recordKey the form of the record's keys, or null if it is no record
     */
    ObjectWriter(
            Context context,
            String key,
            ClassName self,
            String name,
            @Nullable String recordKey,
            Map<String, Schema> properties,
            Set<String> required,
            Set<String> nullable,
            boolean builder) {
        this.context = context;
        this.key = key;
        this.self = self;
        this.name = name;
        this.recordKey = recordKey;
        this.properties = Property.list(key, properties, required, nullable, context.shapes());
        this.builder = builder;
        this.used = Property.used(this.properties);
    }

    TypeSpec.Builder write() {
        TypeSpec.Builder type = TypeSpec.classBuilder(self)
                .addModifiers(PUBLIC, FINAL)
                .superclass(LexObject.class)
                .addField(descriptor())
                .addMethod(MethodSpec.constructorBuilder()
                        .addModifiers(PRIVATE)
                        .addParameter(Values.class, "values")
                        .addStatement("super(values)")
                        .build());
        ClassName builderType = self.nestedClass("Builder");
        if (builder) {
            type.addMethod(MethodSpec.methodBuilder("builder")
                    .addJavadoc("{@return an empty builder}\n")
                    .addModifiers(PUBLIC, STATIC)
                    .returns(builderType)
                    .addStatement("return new $T(new $T($T.NONE))", builderType, self, Values.class)
                    .build());
        }
        properties.forEach(property -> accessors(property).forEach(type::addMethod));
        if (builder) {
            type.addMethod(MethodSpec.methodBuilder("toBuilder")
                    .addJavadoc("{@return a builder that holds what this object holds}\n")
                    .addModifiers(PUBLIC)
                    .returns(builderType)
                    .addStatement("return new $T(this)", builderType)
                    .build());
        }
        type.addMethod(override("type")
                .addModifiers(PUBLIC)
                .returns(ParameterizedTypeName.get(typeClass(), self))
                .addStatement("return TYPE")
                .build());
        type.addMethod(override("create")
                .addModifiers(PROTECTED)
                .addParameter(Values.class, "values")
                .returns(self)
                .addStatement("return new $T(values)", self)
                .build());
        if (builder) {
            type.addMethod(override("newBuilder")
                    .addModifiers(PROTECTED)
                    .returns(builderType)
                    .addStatement("return toBuilder()")
                    .build());
        }
        typeOf().ifPresent(type::addMethod);
        new Nested(context, key, self, builder).addTo(type, properties);
        if (builder) {
            type.addType(builder());
        }
        return type;
    }

    private ClassName typeClass() {
        return ClassName.get(recordKey == null ? ObjectType.class : RecordType.class);
    }

    private static MethodSpec.Builder override(String method) {
        return MethodSpec.methodBuilder(method).addAnnotation(Override.class);
    }

    private FieldSpec descriptor() {
        CodeBlock.Builder value = CodeBlock.builder()
                .add("new $T<>(\n", typeClass())
                .indent()
                .indent()
                .add("$S,\n", name);
        if (recordKey != null) {
            value.add("$S,\n", recordKey);
        }
        value.add("new $T($T.NONE)", self, Values.class);
        for (Property property : properties) {
            value.add(",\n").add(field(property));
        }
        value.add(")").unindent().unindent();
        return FieldSpec.builder(ParameterizedTypeName.get(typeClass(), self), "TYPE", PUBLIC, STATIC, FINAL)
                .addJavadoc("The type $L.\n", Prose.code(name))
                .initializer(value.build())
                .build();
    }

    private static CodeBlock field(Property property) {
        CodeBlock.Builder field = CodeBlock.builder();
        Shape shape = property.shape();
        if (shape.kind() == Kind.UNION) {
            field.add("$T.union($S", Field.class, property.name());
            for (Shape.Variant variant : shape.variants()) {
                field.add(
                        shape.variants().size() > 1 ? ",\n        $S" : ", $S",
                        variant.ref().toString());
            }
            field.add(")");
        } else {
            field.add("$T.of($S, $T.$L)", Field.class, property.name(), Kind.class, shape.kind());
        }
        return field.add(shape.list() ? ".list()" : "")
                .add(property.required() ? ".required()" : "")
                .add(property.nullable() ? ".nullable()" : "")
                .add(property.secret() ? ".secret()" : "")
                .build();
    }

    private Optional<MethodSpec> typeOf() {
        CodeBlock.Builder cases = CodeBlock.builder();
        boolean any = false;
        for (Property property : properties) {
            Shape shape = property.shape();
            if (shape.kind() == Kind.OBJECT) {
                cases.add("case $L -> $T.TYPE;\n", property.slot(), shape.reference());
                any = true;
            } else if (shape.kind() == Kind.UNION && !shape.variants().isEmpty()) {
                cases.add("case $L -> switch (variant) {\n", property.slot()).indent();
                for (int i = 0; i < shape.variants().size(); i++) {
                    cases.add(
                            "case $L -> $T.TYPE;\n", i, shape.variants().get(i).type());
                }
                cases.add("default -> super.typeOf(slot, variant);\n")
                        .unindent()
                        .add("};\n");
                any = true;
            }
        }
        if (!any) {
            return Optional.empty();
        }
        return Optional.of(override("typeOf")
                .addModifiers(PROTECTED)
                .addParameter(int.class, "slot")
                .addParameter(int.class, "variant")
                .returns(ParameterizedTypeName.get(
                        ClassName.get(ObjectType.class), WildcardTypeName.subtypeOf(Object.class)))
                .addCode("return switch (slot) {\n$>$Ldefault -> super.typeOf(slot, variant);\n$<};\n", cases.build())
                .build());
    }

    // ---- accessors

    private List<MethodSpec> accessors(Property property) {
        List<MethodSpec> methods = new ArrayList<>();
        Shape shape = property.shape();
        ClassName format = shape.format();
        if (format == null) {
            methods.add(accessor(property)
                    .returns(given(property))
                    .addCode(value(property))
                    .build());
        } else {
            String text = Property.free(property.accessor() + "Text", used);
            methods.add(accessor(property)
                    .addJavadoc(
                            "$L@throws $T if the server sent something else; see {@link #$L()}\n",
                            isBlank(property.schema().description()) ? "\n" : "",
                            SyntaxException.class,
                            text)
                    .returns(given(property))
                    .addCode(parsed(property, format, text))
                    .build());
            methods.add(MethodSpec.methodBuilder(text)
                    .addJavadoc(
                            "{@return {@link #$L()} as it was written$L}\n",
                            property.accessor(),
                            property.always() ? "" : ", or null")
                    .addModifiers(PUBLIC)
                    .addAnnotations(deprecation(property))
                    .returns(list(property, ClassName.get(String.class), !property.always()))
                    .addCode(kept(property))
                    .build());
        }
        if (property.nullable() || shape.list() && !property.required()) {
            methods.add(MethodSpec.methodBuilder(Property.free(
                            "has" + Words.upper(property.accessor().replaceAll("_$", "")), used))
                    .addJavadoc(
                            "{@return whether $L is there$L}\n",
                            Prose.code(property.name()),
                            property.nullable() ? ", be it as null" : "")
                    .addModifiers(PUBLIC)
                    .addAnnotations(deprecation(property))
                    .returns(boolean.class)
                    .addStatement("return has($L)", property.slot())
                    .build());
        }
        Object otherwise = property.defaultValue();
        if (otherwise != null) {
            methods.add(MethodSpec.methodBuilder(
                            Property.free(property.accessor().replaceAll("_$", "") + "OrDefault", used))
                    .addJavadoc(
                            "{@return {@link #$L()}, or $L if there is none}\n",
                            property.accessor(),
                            Prose.code(otherwise.toString()))
                    .addModifiers(PUBLIC)
                    .addAnnotations(deprecation(property))
                    .returns(
                            Types.kept(shape).isBoxedPrimitive()
                                    ? Types.kept(shape).unbox()
                                    : Types.kept(shape))
                    .addStatement("$T value = $L()", Types.kept(shape), property.accessor())
                    .addStatement(
                            otherwise instanceof String
                                    ? "return value == null ? $S : value"
                                    : "return value == null ? $L : value",
                            otherwise instanceof Long number && number != number.intValue() ? number + "L" : otherwise)
                    .build());
        }
        return methods;
    }

    private static MethodSpec.Builder accessor(Property property) {
        String description = property.schema().description();
        CodeBlock what = CodeBlock.of(
                "$L$L$L$L",
                Prose.code(property.name()),
                Prose.items(property.schema()),
                Prose.facts(property.shape(), false),
                property.always()
                        ? property.shape().list() && !property.required() ? "; empty if it is absent" : ""
                        : property.nullable() ? "; null if it is null or absent" : "; null if it is absent");
        MethodSpec.Builder accessor = MethodSpec.methodBuilder(property.accessor())
                .addModifiers(PUBLIC)
                .addAnnotations(deprecation(property));
        if (isBlank(description)) {
            accessor.addJavadoc("{@return $L}\n", what);
        } else {
            accessor.addJavadoc("$L\n\n@return $L\n", Prose.sentence(description, ""), what);
        }
        if (Prose.isDeprecated(description)) {
            accessor.addJavadoc("@deprecated by its lexicon\n");
        }
        return accessor;
    }

    private static boolean isBlank(@Nullable String description) {
        return description == null || description.isBlank();
    }

    private static List<AnnotationSpec> deprecation(Property property) {
        return Prose.isDeprecated(property.schema().description())
                ? List.of(AnnotationSpec.builder(Deprecated.class).build())
                : List.of();
    }

    static AnnotationSpec nullable() {
        return AnnotationSpec.builder(Types.NULLABLE).build();
    }

    private static TypeName given(Property property) {
        ClassName type = Types.given(property.shape());
        if (property.always() && !property.shape().list() && type.isBoxedPrimitive()) {
            return type.unbox();
        }
        return list(property, type, !property.always());
    }

    private static TypeName list(Property property, ClassName type, boolean nullable) {
        if (property.shape().list()) {
            return ParameterizedTypeName.get(ClassName.get(List.class), type);
        }
        return nullable ? type.annotated(List.of(nullable())) : type;
    }

    /** Returns the body of an accessor of what is kept as it is given. */
    private CodeBlock value(Property property) {
        Shape shape = property.shape();
        if (shape.kind() != Kind.UNION) {
            return kept(property);
        }
        if (shape.list()) {
            return CodeBlock.of(
                    "return $T.listOf(list($L, $T.class));\n", shape.reference(), property.slot(), Object.class);
        }
        if (property.always()) {
            return CodeBlock.of("return $T.of(get($L, $T.class));\n", shape.reference(), property.slot(), Object.class);
        }
        return CodeBlock.of(
                "$T value = find($L, $T.class);\nreturn value == null ? null : $T.of(value);\n",
                Object.class,
                property.slot(),
                Object.class,
                shape.reference());
    }

    private static CodeBlock kept(Property property) {
        return CodeBlock.of(
                "return $L($L, $T.class);\n",
                property.shape().list() ? "list" : property.always() ? "get" : "find",
                property.slot(),
                Types.kept(property.shape()));
    }

    private static CodeBlock parsed(Property property, ClassName format, String text) {
        if (property.shape().list()) {
            return CodeBlock.builder()
                    .addStatement("$T<$T> values = new $T<>()", List.class, format, ArrayList.class)
                    .beginControlFlow("for ($T text : $L())", String.class, text)
                    .addStatement("values.add($T.parse(text))", format)
                    .endControlFlow()
                    .addStatement("return $T.copyOf(values)", List.class)
                    .build();
        }
        if (property.always()) {
            return CodeBlock.of("return $T.parse($L());\n", format, text);
        }
        return CodeBlock.of(
                "$T text = $L();\nreturn text == null ? null : $T.parse(text);\n", String.class, text, format);
    }

    // ---- the builder

    private TypeSpec builder() {
        ClassName builderType = self.nestedClass("Builder");
        TypeSpec.Builder type = TypeSpec.classBuilder("Builder")
                .addJavadoc("Builds {@link $T}. Confined to one thread.\n", self)
                .addModifiers(PUBLIC, STATIC, FINAL)
                .superclass(ParameterizedTypeName.get(ClassName.get(LexObject.Builder.class), self, builderType))
                .addMethod(MethodSpec.constructorBuilder()
                        .addModifiers(PRIVATE)
                        .addParameter(self, "origin")
                        .addStatement("super(origin)")
                        .build());
        Set<String> names = Property.used(properties);
        for (Property property : properties) {
            setters(property, builderType, names).forEach(type::addMethod);
        }
        return type.build();
    }

    private List<MethodSpec> setters(Property property, ClassName builderType, Set<String> names) {
        List<MethodSpec> setters = new ArrayList<>();
        Shape shape = property.shape();
        String accessor = property.accessor();
        ClassName given = Types.given(shape);
        if (shape.list()) {
            boolean open = shape.kind() == Kind.UNION || "AtIdentifier".equals(given.simpleName());
            TypeName items = ParameterizedTypeName.get(
                    ClassName.get(Iterable.class), open ? WildcardTypeName.subtypeOf(given) : given);
            setters.add(
                    setter(property, builderType, property.required() ? items : items.annotated(List.of(nullable())))
                            .addStatement("return setList($L, $L)", property.slot(), accessor)
                            .build());
            String plain = accessor.replaceAll("_$", "");
            String singular = Words.singular(plain);
            String add = Property.free("add" + Words.upper(singular), names);
            String item = Words.member(singular);
            TypeName itemType = given.isBoxedPrimitive() ? given.unbox() : given;
            setters.add(adder(property, builderType, add, item, itemType)
                    .addStatement("return add($L, $L)", property.slot(), item)
                    .build());
            if (shape.format() != null) {
                setters.add(adder(property, builderType, add, item, ClassName.get(String.class))
                        .addStatement("return add($L, $T.parse($L))", property.slot(), given, item)
                        .build());
            }
            for (TypeName other : others(shape)) {
                setters.add(adder(property, builderType, add, item, other)
                        .addStatement("return add($L, $L)", property.slot(), item)
                        .build());
            }
            return setters;
        }
        boolean maybe = property.nullable() || !property.required();
        if (given.isBoxedPrimitive()) {
            setters.add(setter(property, builderType, given.unbox())
                    .addStatement("return set($L, $L)", property.slot(), accessor)
                    .build());
            if (!property.nullable()) {
                return setters;
            }
        }
        setters.add(setter(property, builderType, maybe ? given.annotated(List.of(nullable())) : given)
                .addStatement(
                        property.nullable()
                                ? "return $2L == null ? setNull($1L) : set($1L, $2L)"
                                : "return set($L, $L)",
                        property.slot(),
                        accessor)
                .build());
        if (shape.format() != null) {
            setters.add(setter(property, builderType, ClassName.get(String.class))
                    .addJavadoc("@throws $T if it is none\n", SyntaxException.class)
                    .addStatement("return set($L, $T.parse($L))", property.slot(), given, accessor)
                    .build());
        }
        if (property.nullable() && setters.size() > 1) {
            // A null alone would fit two setters.
            setters.add(MethodSpec.methodBuilder(Property.free(accessor.replaceAll("_$", "") + "Null", names))
                    .addJavadoc(
                            "Sets $L to a null that is sent.\n\n@return this builder\n", Prose.code(property.name()))
                    .addModifiers(PUBLIC)
                    .addAnnotations(deprecation(property))
                    .returns(builderType)
                    .addStatement("return setNull($L)", property.slot())
                    .build());
        }
        for (TypeName other : others(shape)) {
            setters.add(setter(property, builderType, other)
                    .addStatement("return set($L, $L)", property.slot(), accessor)
                    .build());
        }
        return setters;
    }

    /** Returns what a setter takes besides what the accessor gives. */
    private static List<TypeName> others(Shape shape) {
        if (shape.kind() == Kind.UNKNOWN) {
            return List.of(ClassName.get(LexObject.class));
        }
        List<TypeName> types = new ArrayList<>();
        for (Shape.Variant variant : shape.variants()) {
            if (!types.contains(variant.type())) {
                types.add(variant.type());
            }
        }
        return types;
    }

    private static MethodSpec.Builder setter(Property property, ClassName builderType, TypeName type) {
        String param = property.accessor();
        String maybe = !type.isAnnotated()
                ? ""
                : property.nullable() ? ", or null for a null that is sent" : ", or null to leave it out";
        return MethodSpec.methodBuilder(param)
                .addJavadoc(
                        "Sets $L$L$L.\n\n@param $L the $L\n@return this builder\n",
                        // Error Prone takes {@code type} for a misspelt @param type_.
                        param.equals(property.name())
                                ? Prose.code(property.name())
                                : Prose.code(property.name())
                                        .replace("{@code ", "<code>")
                                        .replace("}", "</code>"),
                        Prose.items(property.schema()),
                        Prose.facts(property.shape(), false),
                        param,
                        (property.shape().list() ? "items, which are copied" : "value") + maybe)
                .addModifiers(PUBLIC)
                .addAnnotations(deprecation(property))
                .addParameter(type, param)
                .returns(builderType);
    }

    private static MethodSpec.Builder adder(
            Property property, ClassName builderType, String method, String item, TypeName type) {
        return MethodSpec.methodBuilder(method)
                .addJavadoc(
                        // Without the list's name: Error Prone takes codes for a misspelt @param code.
                        "Adds one to the list.\n\n@param $L the item$L\n@return this builder\n",
                        item,
                        Prose.facts(property.shape(), true))
                .addModifiers(PUBLIC)
                .addAnnotations(deprecation(property))
                .addParameter(type, item)
                .returns(builderType);
    }
}
