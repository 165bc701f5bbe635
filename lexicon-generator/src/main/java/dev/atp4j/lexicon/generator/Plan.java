// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.generator;

import com.palantir.javapoet.ClassName;
import dev.atp4j.lexicon.Def;
import dev.atp4j.lexicon.Def.Schema;
import dev.atp4j.lexicon.DefRef;
import dev.atp4j.lexicon.LexiconDoc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Says which classes there will be. What gets a class has a key: {@code nsid#name} for a definition, and a step
 * {@code /property} for what stands within one. Names are given from the outside inwards, and within a class first to what
 * has been named before, then to definitions, then to what only belongs to a property and so can give way.
 */
final class Plan {

    /** Namespaces whose main definitions are called after things that are no good name alone. */
    private static final Map<String, String> PREFIXES = Map.of("app.bsky.embed", "Embed");

    private static final Set<String> OF_METHODS = Set.of("params", "input", "output", "error", "message", "later");
    private static final Set<String> OF_OBJECTS = Set.of("builder", "later");

    /** What wants a name; if it may give way, the end that it then gets. */
    private record Wish(String key, String name, @Nullable String otherwise) {}

    private final Corpus corpus;
    private final Externals externals;
    private final NamesFile names;
    private final String basePackage;
    private final Map<String, ClassName> types = new HashMap<>();
    private final Map<String, String> variants = new HashMap<>();
    private final Map<String, Map<String, String>> taken = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    Plan(Corpus corpus, Externals externals, NamesFile names, String basePackage) {
        this.corpus = corpus;
        this.externals = externals;
        this.names = names;
        this.basePackage = basePackage;
        reserve();
        topLevel();
        for (LexiconDoc doc : corpus.documents()) {
            nested(doc);
        }
        if (!problems.isEmpty()) {
            throw new GeneratorException(problems);
        }
    }

    /** Returns the class of a key, or null if it has none. */
    @Nullable
    ClassName type(String key) {
        return types.get(key);
    }

    /** Returns the class of a definition, here or in another jar, or null if it has none. */
    @Nullable
    ClassName type(DefRef ref) {
        return corpus.isExternal(ref) ? externals.type(ref.document().value(), ref.name()) : types.get(key(ref));
    }

    /** Returns the name of a variant within its union. */
    String variant(String union, DefRef ref) {
        String name = variants.get(union + " " + ref);
        return name == null ? Words.type(ref.name()) : name;
    }

    static String key(DefRef ref) {
        return ref.document().value() + "#" + ref.name();
    }

    static String tokens(LexiconDoc doc) {
        return doc.id().value() + "#tokens()";
    }

    /** Tells whether a document only holds what others share; then its definitions stand beside the namespace's classes. */
    static boolean isShared(LexiconDoc doc) {
        return last(doc).equals("defs");
    }

    static String last(LexiconDoc doc) {
        String nsid = doc.id().value();
        return nsid.substring(nsid.lastIndexOf('.') + 1);
    }

    String packageOf(String nsid) {
        StringBuilder name = new StringBuilder(basePackage);
        String[] segments = nsid.split("\\.");
        for (int i = 0; i < segments.length - 1; i++) {
            name.append('.').append(Words.segment(segments[i].toLowerCase(Locale.ROOT)));
        }
        return name.toString();
    }

    /** Tells whether a definition gets a class of its own. */
    static boolean hasType(Def def) {
        return !(def instanceof Schema schema)
                || schema instanceof Schema.ObjectSchema
                || schema instanceof Schema.StringSchema text && hasValues(text)
                || schema instanceof Schema.ArraySchema array && hasType(array.items())
                || schema instanceof Schema.UnionSchema;
    }

    static boolean hasTokens(LexiconDoc doc) {
        return doc.defs().values().stream().anyMatch(Schema.TokenSchema.class::isInstance);
    }

    static boolean hasValues(Schema.StringSchema text) {
        return !text.knownValues().isEmpty() || !text.enumeration().isEmpty();
    }

    private void reserve() {
        names.all().forEach((key, name) -> {
            int space = key.indexOf(' ');
            if (space >= 0) {
                taken(key.substring(0, space)).put(fold(name), key);
            } else if (key.indexOf('#') > 0) {
                int dot = name.lastIndexOf('.');
                String scope =
                        packageOf(key.substring(0, key.indexOf('#'))) + (dot < 0 ? "" : "." + name.substring(0, dot));
                String other = taken(scope).put(fold(name.substring(dot + 1)), key);
                if (other != null) {
                    problems.add("two definitions are given the name " + name + ": " + other + " and " + key + "; "
                            + names.advice(key, name));
                }
            }
        });
    }

    private void topLevel() {
        Map<String, List<Wish>> wishes = new TreeMap<>();
        for (LexiconDoc doc : corpus.documents()) {
            String nsid = doc.id().value();
            String packageName = packageOf(nsid);
            List<Wish> wanted = wishes.computeIfAbsent(packageName, name -> new ArrayList<>());
            boolean shared = isShared(doc);
            if (doc.defs().entrySet().stream()
                            .anyMatch(def -> hasType(def.getValue())
                                    && (!shared || def.getKey().equals("main")))
                    || !shared && hasTokens(doc)) {
                String prefix = PREFIXES.getOrDefault(nsid.substring(0, nsid.lastIndexOf('.')), "");
                wanted.add(new Wish(nsid + "#main", Words.definition(prefix + Words.upper(last(doc))), null));
            }
            if (shared) {
                helpers(doc, wanted);
            }
        }
        wishes.forEach((packageName, wanted) -> {
            // Names that may give way come after all that may not.
            wanted.sort((a, b) -> Boolean.compare(a.otherwise() != null, b.otherwise() != null));
            allocate(packageName, null, Set.of(), wanted);
        });
    }

    private static void helpers(LexiconDoc doc, List<Wish> wishes) {
        doc.defs().forEach((name, def) -> {
            if (!name.equals("main") && hasType(def)) {
                wishes.add(new Wish(doc.id().value() + "#" + name, Words.definition(name), null));
            }
        });
        if (hasTokens(doc)) {
            wishes.add(new Wish(tokens(doc), "Tokens", "Names"));
        }
    }

    private void nested(LexiconDoc doc) {
        String nsid = doc.id().value();
        ClassName main = types.get(nsid + "#main");
        if (main != null && !isShared(doc)) {
            Def def = doc.defs().get("main");
            List<Wish> wishes = new ArrayList<>();
            helpers(doc, wishes);
            allocate(
                    main.canonicalName(),
                    main,
                    def instanceof Schema || def instanceof Def.RecordDef ? OF_OBJECTS : OF_METHODS,
                    wishes);
        }
        doc.defs().forEach((name, def) -> {
            String key = nsid + "#" + name;
            ClassName self = types.get(key);
            if (self != null) {
                within(key, self, def);
            }
        });
    }

    private void within(String key, ClassName self, Def def) {
        if (def instanceof Def.RecordDef record) {
            properties(key, self, record.value().properties());
        } else if (def instanceof Schema.ObjectSchema object) {
            properties(key, self, object.properties());
        } else if (def instanceof Def.QueryDef query) {
            params(key, self, query.params());
            body(key + "/output", self.nestedClass("Output"), query.output());
        } else if (def instanceof Def.ProcedureDef procedure) {
            params(key, self, procedure.params());
            body(key + "/input", self.nestedClass("Input"), procedure.input());
            body(key + "/output", self.nestedClass("Output"), procedure.output());
        } else if (def instanceof Def.SubscriptionDef subscription) {
            params(key, self, subscription.params());
            if (subscription.message() instanceof Schema.UnionSchema union) {
                types.put(key + "/message", self.nestedClass("Message"));
                variants(key + "/message", self.nestedClass("Message"), union);
            }
        } else if (def instanceof Schema.ArraySchema || def instanceof Schema.UnionSchema) {
            Schema leaf = leaf((Schema) def);
            if (!(leaf instanceof Schema.StringSchema)) {
                types.put(key + "/item", self.nestedClass("Item"));
                deeper(key + "/item", self.nestedClass("Item"), leaf);
            }
        }
    }

    private void params(String key, ClassName self, Schema.@Nullable ParamsSchema params) {
        if (params != null && !params.properties().isEmpty()) {
            types.put(key + "/params", self.nestedClass("Params"));
            properties(key + "/params", self.nestedClass("Params"), params.properties());
        }
    }

    private void body(String key, ClassName self, Def.@Nullable Body body) {
        if (body == null) {
            return;
        }
        Schema schema = body.schema();
        if (schema instanceof Schema.RefSchema ref
                && corpus.isExternal(ref.target())
                && corpus.find(ref.target()) instanceof Schema.ObjectSchema object) {
            // Whether the class in the other jar has a builder is not known; only an input needs one.
            schema = object;
        }
        if (schema instanceof Schema.ObjectSchema object) {
            types.put(key, self);
            properties(key, self, object.properties());
        }
    }

    private void properties(String key, ClassName self, Map<String, Schema> properties) {
        List<Wish> wishes = new ArrayList<>();
        properties.forEach((name, schema) -> {
            Schema leaf = leaf(schema);
            String word = Words.type(schema instanceof Schema.ArraySchema ? Words.singular(name) : name);
            if (leaf instanceof Schema.UnionSchema) {
                wishes.add(new Wish(key + "/" + name, word, "Union"));
            } else if (leaf instanceof Schema.ObjectSchema) {
                wishes.add(new Wish(key + "/" + name, Words.definition(word), "Object"));
            } else if (leaf instanceof Schema.StringSchema text && hasValues(text)) {
                wishes.add(new Wish(key + "/" + name, word, "Values"));
            }
        });
        allocate(self.canonicalName(), self, OF_OBJECTS, wishes);
        properties.forEach((name, schema) -> {
            ClassName type = types.get(key + "/" + name);
            if (type != null) {
                deeper(key + "/" + name, type, leaf(schema));
            }
        });
    }

    private void deeper(String key, ClassName type, Schema leaf) {
        if (leaf instanceof Schema.ObjectSchema object) {
            properties(key, type, object.properties());
        } else if (leaf instanceof Schema.UnionSchema union) {
            variants(key, type, union);
        }
    }

    static Schema leaf(Schema schema) {
        Schema leaf = schema;
        while (leaf instanceof Schema.ArraySchema array) {
            leaf = array.items();
        }
        return leaf;
    }

    private void variants(String key, ClassName self, Schema.UnionSchema union) {
        Map<String, String> used = taken(key);
        Set.of("unknown", "later", "object").forEach(name -> used.putIfAbsent(name, ""));
        outer(self).forEach(name -> used.putIfAbsent(name, ""));
        String owner = key.substring(0, key.indexOf('#'));
        for (DefRef ref : union.variants()) {
            String line = key + " " + ref;
            String name = names.get(line);
            if (name == null) {
                String nsid = ref.document().value();
                String[] segments = nsid.split("\\.");
                String last = segments[segments.length - 1];
                name = Words.type(
                        ref.isMain()
                                ? last
                                : nsid.equals(owner) || last.equals("defs") ? ref.name() : last + "-" + ref.name());
                for (int i = segments.length - 1;
                        i >= 0 && !used.getOrDefault(fold(name), line).equals(line);
                        i--) {
                    if (!segments[i].equals("defs")) {
                        name = Words.type(segments[i]) + name;
                    }
                }
            }
            used.put(fold(name), line);
            names.put(line, name);
            variants.put(line, name);
        }
    }

    private void allocate(String scope, @Nullable ClassName parent, Set<String> reserved, List<Wish> wishes) {
        Map<String, String> used = taken(scope);
        reserved.forEach(name -> used.putIfAbsent(name, ""));
        Set<String> outer = outer(parent);
        for (Wish wish : wishes) {
            String name = names.get(wish.key());
            if (name != null) {
                name = name.substring(name.lastIndexOf('.') + 1);
            } else {
                name = free(wish, used, outer);
                if (name == null) {
                    problems.add(wish.key() + " and " + used.get(fold(wish.name())) + " both want the class " + scope
                            + "." + wish.name() + "; " + names.advice(wish.key(), relative(parent, wish.name())));
                    continue;
                }
            }
            used.put(fold(name), wish.key());
            names.put(wish.key(), relative(parent, name));
            types.put(wish.key(), parent == null ? ClassName.get(scope, name) : parent.nestedClass(name));
        }
    }

    /** Returns the names of a class and of those around it, which nothing within may have. */
    private static Set<String> outer(@Nullable ClassName innermost) {
        Set<String> outer = new HashSet<>();
        for (ClassName type = innermost; type != null; type = type.enclosingClassName()) {
            outer.add(fold(type.simpleName()));
        }
        return outer;
    }

    /** Finds a name: the one that is wished for, or if it cannot be had and need not be, the next best. */
    private static @Nullable String free(Wish wish, Map<String, String> used, Set<String> outer) {
        String name = wish.name();
        String end = wish.otherwise();
        if (end == null && (outer.contains(fold(name)) || "".equals(used.get(fold(name))))) {
            name += "Def";
        }
        if (!used.containsKey(fold(name)) && !outer.contains(fold(name))) {
            return name;
        }
        if (end == null) {
            return null;
        }
        name += end;
        for (int i = 2; used.containsKey(fold(name)) || outer.contains(fold(name)); i++) {
            name = wish.name() + end + i;
        }
        return name;
    }

    private static String relative(@Nullable ClassName parent, String name) {
        return parent == null ? name : String.join(".", parent.simpleNames()) + "." + name;
    }

    private Map<String, String> taken(String scope) {
        return taken.computeIfAbsent(scope, name -> new HashMap<>());
    }

    /** Names that differ only in case are the same to some file systems. */
    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
