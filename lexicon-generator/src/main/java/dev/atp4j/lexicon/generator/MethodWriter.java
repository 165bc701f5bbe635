// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.generator;

import static javax.lang.model.element.Modifier.FINAL;
import static javax.lang.model.element.Modifier.PRIVATE;
import static javax.lang.model.element.Modifier.PROTECTED;
import static javax.lang.model.element.Modifier.PUBLIC;
import static javax.lang.model.element.Modifier.STATIC;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import com.palantir.javapoet.WildcardTypeName;
import dev.atp4j.lex.Field.Kind;
import dev.atp4j.lex.Nothing;
import dev.atp4j.lex.ObjectType;
import dev.atp4j.lex.PagedQuery;
import dev.atp4j.lex.Procedure;
import dev.atp4j.lex.Query;
import dev.atp4j.lex.Subscription;
import dev.atp4j.lex.Upload;
import dev.atp4j.lexicon.Def;
import dev.atp4j.lexicon.Def.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes the class of a query, a procedure or a subscription: its descriptor, and in it what it takes and gives. */
final class MethodWriter {

    private static final String JSON = "application/json";

    private final Context context;
    private final String nsid;
    private final String key;
    private final ClassName self;
    private final List<TypeSpec> nested = new ArrayList<>();

    MethodWriter(Context context, String nsid, ClassName self) {
        this.context = context;
        this.nsid = nsid;
        this.key = nsid + "#main";
        this.self = self;
    }

    TypeSpec.Builder query(Def.QueryDef def) {
        ClassName params = params(def.params());
        TypeName output = output(def.output());
        ClassName page = output instanceof ClassName type && !type.equals(ClassName.get(Void.class)) ? type : null;
        List<Property> ofPage = page == null ? List.of() : properties(def.output());
        List<Property> lists = ofPage.stream().filter(p -> p.shape().list()).toList();
        Property cursor = ofPage.stream()
                .filter(p -> p.name().equals("cursor")
                        && p.shape().kind() == Kind.STRING
                        && !p.shape().list())
                .findFirst()
                .orElse(null);
        boolean paged = lists.size() == 1
                && def.params() != null
                && def.params().properties().get("cursor") instanceof Schema.StringSchema;
        if (!paged || page == null || cursor == null) {
            return descriptor(
                            "QUERY",
                            ParameterizedTypeName.get(
                                    ClassName.get(Query.class), params, params.nestedClass("Builder"), output),
                            def.output() == null
                                    ? CodeBlock.of("$S, null", nsid)
                                    : CodeBlock.of("$S, $S", nsid, def.output().encoding()))
                    .addMethod(type("params", params))
                    .addMethod(outputType(output))
                    .addTypes(finish(def.errors()));
        }
        Property items = lists.get(0);
        ClassName item = Types.given(items.shape());
        return descriptor(
                        "QUERY",
                        ParameterizedTypeName.get(
                                ClassName.get(PagedQuery.class), params, params.nestedClass("Builder"), page, item),
                        CodeBlock.of("$S", nsid))
                .addMethod(type("params", params))
                .addMethod(outputType(output))
                .addMethod(override("items")
                        .addParameter(page, "page")
                        .returns(ParameterizedTypeName.get(ClassName.get(List.class), item))
                        .addStatement("return page.$L()", items.accessor())
                        .build())
                .addMethod(override("cursor")
                        .addParameter(page, "page")
                        .returns(ClassName.get(String.class).annotated(List.of(ObjectWriter.nullable())))
                        .addStatement("return page.$L()", cursor.accessor())
                        .build())
                .addTypes(finish(def.errors()));
    }

    TypeSpec.Builder procedure(Def.ProcedureDef def) {
        ClassName input = input(def.input());
        if (input == null) {
            ClassName params = params(def.params());
            TypeName output = output(def.output());
            return descriptor(
                            "UPLOAD",
                            ParameterizedTypeName.get(
                                    ClassName.get(Upload.class), params, params.nestedClass("Builder"), output),
                            CodeBlock.of(
                                    def.output() == null ? "$S, $S, null" : "$S, $S, $S",
                                    def.output() == null
                                            ? new Object[] {nsid, encoding(def.input())}
                                            : new Object[] {
                                                nsid,
                                                encoding(def.input()),
                                                def.output().encoding()
                                            }))
                    .addMethod(type("params", params))
                    .addMethod(outputType(output))
                    .addTypes(finish(def.errors()));
        }
        if (def.params() != null && !def.params().properties().isEmpty()) {
            context.shapes().notice(key + "/params", "has parameters beside an input, which are left out");
        }
        TypeName output = output(def.output());
        return descriptor(
                        "PROCEDURE",
                        ParameterizedTypeName.get(
                                ClassName.get(Procedure.class), input, input.nestedClass("Builder"), output),
                        def.output() == null
                                ? CodeBlock.of("$S, null", nsid)
                                : CodeBlock.of("$S, $S", nsid, def.output().encoding()))
                .addMethod(type("input", input))
                .addMethod(outputType(output))
                .addTypes(finish(def.errors()));
    }

    TypeSpec.Builder subscription(Def.SubscriptionDef def) {
        ClassName params = params(def.params());
        ClassName message = context.plan().type(key + "/message");
        if (message == null || !(def.message() instanceof Schema.UnionSchema union)) {
            context.shapes().notice(key + "/message", "is no union; the stream's messages get no class");
            return Constants.holder(self).addTypes(finish(def.errors()));
        }
        List<Shape.Variant> variants = context.shapes().variants(key + "/message", union, key + "/message");
        Nested within = new Nested(context, key, self, false);
        nested.add(within.union(message, union, variants, false, "message"));
        CodeBlock.Builder arguments = CodeBlock.builder().add("$S", nsid);
        CodeBlock.Builder cases = CodeBlock.builder();
        for (int i = 0; i < variants.size(); i++) {
            arguments.add(",\n        $S", variants.get(i).ref().toString());
            cases.add("case $L -> $T.TYPE;\n", i, variants.get(i).type());
        }
        TypeSpec.Builder type = descriptor(
                        "SUBSCRIPTION",
                        ParameterizedTypeName.get(
                                ClassName.get(Subscription.class), params, params.nestedClass("Builder"), message),
                        arguments.build())
                .addMethod(type("params", params))
                .addMethod(MethodSpec.methodBuilder("typeOf")
                        .addAnnotation(Override.class)
                        .addModifiers(PROTECTED)
                        .addParameter(int.class, "variant")
                        .returns(anyType())
                        .addCode(
                                "return switch (variant) {\n$>$Ldefault -> throw new $T(variant);\n$<};\n",
                                cases.build(),
                                IndexOutOfBoundsException.class)
                        .build())
                .addMethod(MethodSpec.methodBuilder("union")
                        .addAnnotation(Override.class)
                        .addModifiers(PROTECTED)
                        .addParameter(Object.class, "value")
                        .returns(message)
                        .addStatement("return $T.of(value)", message)
                        .build())
                .addTypes(finish(def.errors()));
        if (!union.closed()) {
            within.later(type, List.of(message));
        }
        return type;
    }

    private List<TypeSpec> finish(List<Def.ErrorName> errors) {
        if (!errors.isEmpty()) {
            nested.add(Constants.errors(self.nestedClass("Error"), errors)
                    .addModifiers(STATIC)
                    .build());
        }
        return nested;
    }

    private TypeSpec.Builder descriptor(String constant, TypeName superclass, CodeBlock arguments) {
        return TypeSpec.classBuilder(self)
                .addModifiers(PUBLIC, FINAL)
                .superclass(superclass)
                .addField(FieldSpec.builder(self, constant, PUBLIC, STATIC, FINAL)
                        .addJavadoc("The $L.\n", constant.toLowerCase(Locale.ROOT))
                        .initializer("new $T()", self)
                        .build())
                .addMethod(MethodSpec.constructorBuilder()
                        .addModifiers(PRIVATE)
                        .addStatement("super($L)", arguments)
                        .build());
    }

    private static MethodSpec.Builder override(String name) {
        return MethodSpec.methodBuilder(name).addAnnotation(Override.class).addModifiers(PUBLIC);
    }

    private static MethodSpec type(String name, ClassName type) {
        return override(name)
                .returns(ParameterizedTypeName.get(ClassName.get(ObjectType.class), type))
                .addStatement("return $T.TYPE", type)
                .build();
    }

    private static TypeName anyType() {
        return ParameterizedTypeName.get(ClassName.get(ObjectType.class), WildcardTypeName.subtypeOf(Object.class));
    }

    private static MethodSpec outputType(TypeName output) {
        return output instanceof ClassName type && !type.equals(ClassName.get(Void.class))
                ? type("output", type)
                : override("output")
                        .returns(ParameterizedTypeName.get(
                                        ClassName.get(ObjectType.class), WildcardTypeName.subtypeOf(Object.class))
                                .annotated(List.of(ObjectWriter.nullable())))
                        .addStatement("return null")
                        .build();
    }

    private ClassName params(Schema.@Nullable ParamsSchema params) {
        ClassName type = context.plan().type(key + "/params");
        if (params == null || type == null) {
            return ClassName.get(Nothing.class);
        }
        nested.add(new ObjectWriter(
                        context,
                        key + "/params",
                        type,
                        nsid + "#params",
                        null,
                        params.properties(),
                        params.required(),
                        Set.of(),
                        true)
                .write()
                .addModifiers(STATIC)
                .addJavadoc("$L\n", Prose.sentence(params.description(), "The parameters."))
                .build());
        return type;
    }

    /** Returns the class of the input, or null if it is no JSON object and so given as bytes. */
    private @Nullable ClassName input(Def.@Nullable Body body) {
        if (body == null) {
            return ClassName.get(Nothing.class);
        }
        if (!body.encoding().equals(JSON)) {
            return null;
        }
        ClassName type = json(key + "/input", "#input", body, true, "The input.");
        if (type == null) {
            context.shapes().notice(key + "/input", "is JSON and no object; it is given as bytes");
        }
        return type;
    }

    private static String encoding(Def.@Nullable Body body) {
        return body == null ? "*/*" : body.encoding();
    }

    private TypeName output(Def.@Nullable Body body) {
        if (body == null) {
            return ClassName.get(Void.class);
        }
        ClassName type = body.encoding().equals(JSON)
                ? json(key + "/output", "#output", body, context.all(), "The output.")
                : null;
        if (type == null && body.encoding().equals(JSON)) {
            context.shapes().notice(key + "/output", "is JSON and no object; it is met as bytes");
        }
        return type == null ? ArrayTypeName.of(byte.class) : type;
    }

    private @Nullable ClassName json(String place, String name, Def.Body body, boolean builder, String doc) {
        ClassName own = context.plan().type(place);
        Schema.ObjectSchema object = object(body);
        if (own != null && object != null) {
            String description = object.description() == null ? body.description() : object.description();
            nested.add(new ObjectWriter(
                            context,
                            place,
                            own,
                            nsid + name,
                            null,
                            object.properties(),
                            object.required(),
                            object.nullable(),
                            builder)
                    .write()
                    .addModifiers(STATIC)
                    .addJavadoc("$L\n", Prose.sentence(description, doc))
                    .build());
            return own;
        }
        if (body.schema() instanceof Schema.RefSchema ref) {
            Shape shape = context.shapes().of(place, ref);
            return shape.kind() == Kind.OBJECT && !shape.list() ? shape.reference() : null;
        }
        return null;
    }

    private Schema.@Nullable ObjectSchema object(Def.@Nullable Body body) {
        if (body == null) {
            return null;
        }
        Def def =
                body.schema() instanceof Schema.RefSchema ref ? context.corpus().find(ref.target()) : body.schema();
        if (def instanceof Def.RecordDef record) {
            return record.value();
        }
        return def instanceof Schema.ObjectSchema object ? object : null;
    }

    private List<Property> properties(Def.@Nullable Body body) {
        Schema.ObjectSchema object = object(body);
        String place = body != null && body.schema() instanceof Schema.RefSchema ref
                ? Plan.key(ref.target())
                : key + "/output";
        return object == null
                ? List.of()
                : Property.list(place, object.properties(), object.required(), object.nullable(), context.shapes());
    }
}
