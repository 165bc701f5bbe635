// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.generator;

import static javax.lang.model.element.Modifier.FINAL;
import static javax.lang.model.element.Modifier.PRIVATE;
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
import dev.atp4j.lex.Generated;
import dev.atp4j.lex.RecordType;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes a facade: classes within classes, as the segments of NSIDs stand within each other, and in them a field for each
 * method and record. A field hides a class of the same name, so where one NSID begins another, the later of the two to be
 * named gets an underscore.
 */
final class FacadeWriter {

    /** What a field refers to. */
    record Entry(ClassName type, String constant, boolean deprecated) {}

    private static final class Node {
        final Map<String, Node> children = new TreeMap<>();

        @Nullable
        Entry entry;
    }

    private final String root;
    private final ClassName self;
    private final NamesFile names;
    private final Node tree = new Node();
    private boolean deprecated;

    FacadeWriter(String packageName, String root, NamesFile names) {
        this.root = root;
        this.self = ClassName.get(packageName, Words.segment(root.substring(root.lastIndexOf('.') + 1)));
        this.names = names;
    }

    ClassName self() {
        return self;
    }

    void add(String nsid, Entry entry) {
        if (!nsid.startsWith(root + ".")) {
            return;
        }
        Node node = tree;
        for (String segment : nsid.substring(root.length() + 1).split("\\.")) {
            node = node.children.computeIfAbsent(segment, name -> new Node());
        }
        node.entry = entry;
        deprecated |= entry.deprecated();
    }

    boolean isEmpty() {
        return tree.children.isEmpty();
    }

    TypeSpec write() {
        TypeSpec.Builder type = holder(self, root, tree, new HashSet<>(Set.of(self.simpleName())))
                .addAnnotation(ClassName.get("org.jspecify.annotations", "NullMarked"))
                .addAnnotation(AnnotationSpec.builder(Generated.class)
                        .addMember("value", "$S", root)
                        .build());
        if (deprecated) {
            type.addAnnotation(AnnotationSpec.builder(SuppressWarnings.class)
                    .addMember("value", "$S", "deprecation")
                    .build());
        }
        return type.build();
    }

    private TypeSpec.Builder holder(ClassName type, String nsid, Node node, Set<String> outer) {
        TypeSpec.Builder holder = TypeSpec.classBuilder(type)
                .addJavadoc("The methods and records of $L.\n", Prose.code(nsid + ".*"))
                .addModifiers(PUBLIC, FINAL)
                .addMethod(MethodSpec.constructorBuilder().addModifiers(PRIVATE).build());
        Set<String> used = new HashSet<>();
        // What was named before keeps its name; then come the fields, which give way to no class.
        node.children.forEach((segment, child) -> {
            reserve(used, "facade " + nsid + "." + segment);
            reserve(used, "facade " + nsid + "." + segment + ".*");
        });
        Map<String, String> fields = new TreeMap<>();
        node.children.forEach((segment, child) -> {
            if (child.entry != null) {
                fields.put(segment, name("facade " + nsid + "." + segment, segment, used));
            }
        });
        used.addAll(outer);
        node.children.forEach((segment, child) -> {
            String childNsid = nsid + "." + segment;
            if (child.entry != null) {
                holder.addField(field(fields.getOrDefault(segment, segment), childNsid, child.entry));
            }
            if (!child.children.isEmpty()) {
                String name = name("facade " + childNsid + ".*", segment, used);
                Set<String> within = new HashSet<>(outer);
                within.add(name);
                holder.addType(holder(type.nestedClass(name), childNsid, child, within)
                        .addModifiers(STATIC)
                        .build());
            }
        });
        return holder;
    }

    private void reserve(Set<String> used, String key) {
        String name = names.get(key);
        if (name != null) {
            used.add(name);
        }
    }

    private String name(String key, String segment, Set<String> used) {
        String name = names.get(key);
        if (name == null) {
            // A capital would make it a class's name, and hide that class.
            String plain = segment.substring(0, 1).toLowerCase(Locale.ROOT) + segment.substring(1);
            name = Property.free(Words.segment(plain), used);
            names.put(key, name);
        }
        return name;
    }

    private static FieldSpec field(String name, String nsid, Entry entry) {
        TypeName type = entry.constant().equals("TYPE")
                ? ParameterizedTypeName.get(ClassName.get(RecordType.class), entry.type())
                : entry.type();
        FieldSpec.Builder field = FieldSpec.builder(type, name, PUBLIC, STATIC, FINAL)
                .addJavadoc("$L, see {@link $T}.\n", Prose.code(nsid), entry.type())
                .initializer(CodeBlock.of("$T.$L", entry.type(), entry.constant()));
        if (entry.deprecated()) {
            field.addJavadoc("\n@deprecated by its lexicon\n").addAnnotation(Deprecated.class);
        }
        return field.build();
    }
}
