// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon;

import dev.atp4j.data.LexBoolean;
import dev.atp4j.data.LexInteger;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import dev.atp4j.lexicon.Def.Body;
import dev.atp4j.lexicon.Def.ProcedureDef;
import dev.atp4j.lexicon.Def.QueryDef;
import dev.atp4j.lexicon.Def.RecordDef;
import dev.atp4j.lexicon.Def.Schema;
import dev.atp4j.lexicon.Def.SubscriptionDef;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes checks of schemas, each definition's once, when it is first met. Thread-safe. */
final class Checks {

    private final Lexicons lexicons;
    private final ConcurrentMap<DefRef, Check> byName = new ConcurrentHashMap<>();
    private final ConcurrentMap<DefRef, Method> methods = new ConcurrentHashMap<>();

    Checks(Lexicons lexicons) {
        this.lexicons = lexicons;
    }

    /** Returns the check of a definition. */
    Check of(DefRef ref) {
        Check known = byName.get(ref);
        if (known == null) {
            known = make(ref);
            byName.put(ref, known);
        }
        return known;
    }

    /** Returns the checks of a method, or null if the definition is none. */
    @Nullable
    Method method(DefRef ref, Def def) {
        Method known = methods.get(ref);
        if (known == null) {
            known = makeMethod(def);
            if (known != null) {
                methods.put(ref, known);
            }
        }
        return known;
    }

    /** The checks of a method; null where its lexicon says nothing. */
    record Method(
            @Nullable Check params,
            @Nullable Check input,
            @Nullable Check output) {}

    private @Nullable Method makeMethod(Def def) {
        if (def instanceof QueryDef query) {
            return new Method(maybe(query.params()), null, body(query.output()));
        } else if (def instanceof ProcedureDef procedure) {
            return new Method(maybe(procedure.params()), body(procedure.input()), body(procedure.output()));
        }
        return def instanceof SubscriptionDef subscription
                ? new Method(maybe(subscription.params()), null, null)
                : null;
    }

    private @Nullable Check body(@Nullable Body body) {
        return body == null ? null : maybe(body.schema());
    }

    private @Nullable Check maybe(@Nullable Schema schema) {
        return schema == null ? null : of(schema);
    }

    private Check make(DefRef ref) {
        Set<DefRef> seen = new HashSet<>();
        DefRef at = ref;
        Optional<Def> def = lexicons.resolve(at);
        // A definition must not be a reference, but where one is, it may lead in a circle.
        while (def.isPresent() && def.get() instanceof Schema.RefSchema next) {
            if (!seen.add(at)) {
                return new Missing(ref, "leads in a circle");
            }
            at = next.target();
            def = lexicons.resolve(at);
        }
        if (def.isEmpty()) {
            return new Missing(ref, "is in no lexicon that is known here");
        }
        if (def.get() instanceof RecordDef record) {
            return object(at.toString(), true, record.value());
        }
        if (def.get() instanceof Schema.ObjectSchema object) {
            return object(at.toString(), false, object);
        }
        if (def.get() instanceof Schema.TokenSchema) {
            return new ScalarCheck.Choice("a string", Set.of(new LexString(at.toString())));
        }
        return def.get() instanceof Schema schema ? of(schema) : new Missing(ref, "is no type of data");
    }

    /** Returns the check of a type that has no name. */
    Check of(Schema schema) {
        if (schema instanceof Schema.StringSchema s) {
            return string(s);
        } else if (schema instanceof Schema.RefSchema s) {
            return new Reference(s.target());
        } else if (schema instanceof Schema.ArraySchema s) {
            return new ArrayCheck(of(s.items()), bound(s.minLength()), bound(s.maxLength()));
        } else if (schema instanceof Schema.IntegerSchema s) {
            Check choice = choice("an integer", s.constant(), s.enumeration(), LexInteger::new);
            return choice != null ? choice : new ScalarCheck.Whole(s.minimum(), s.maximum());
        } else if (schema instanceof Schema.BooleanSchema s) {
            Check choice = choice("a boolean", s.constant(), List.of(), v -> v ? LexBoolean.TRUE : LexBoolean.FALSE);
            return choice != null ? choice : new ScalarCheck.Truth();
        } else if (schema instanceof Schema.UnionSchema s) {
            return union(s);
        } else if (schema instanceof Schema.ObjectSchema s) {
            return object(null, false, s);
        } else if (schema instanceof Schema.ParamsSchema s) {
            return params(s);
        } else if (schema instanceof Schema.BlobSchema s) {
            return new BlobCheck(s.accept(), s.maxSize());
        } else if (schema instanceof Schema.BytesSchema s) {
            return new ScalarCheck.Bytes(bound(s.minLength()), bound(s.maxLength()));
        } else if (schema instanceof Schema.CidLinkSchema) {
            return new ScalarCheck.Link();
        }
        // What is left are unknown, and a token without a name, which the reader does not let through.
        return new UnknownCheck();
    }

    private static Check string(Schema.StringSchema s) {
        Check choice = choice("a string", s.constant(), s.enumeration(), LexString::new);
        return choice != null
                ? choice
                : new ScalarCheck.Text(
                        s.format() == null ? null : Format.of(s.format()),
                        bound(s.minLength()),
                        bound(s.maxLength()),
                        bound(s.minGraphemes()),
                        bound(s.maxGraphemes()));
    }

    private static <T> @Nullable Check choice(
            String kind, @Nullable T constant, List<T> enumeration, Function<T, LexValue> value) {
        Set<LexValue> values = new LinkedHashSet<>();
        (constant != null ? List.of(constant) : enumeration).forEach(v -> values.add(value.apply(v)));
        return values.isEmpty() ? null : new ScalarCheck.Choice(kind, values);
    }

    private Check union(Schema.UnionSchema schema) {
        Map<String, Check> variants = new LinkedHashMap<>();
        for (DefRef variant : schema.variants()) {
            variants.put(variant.toString(), new Reference(variant));
        }
        return new UnionCheck(variants, schema.closed());
    }

    private ObjectCheck object(@Nullable String type, boolean typed, Schema.ObjectSchema schema) {
        return new ObjectCheck(type, typed, properties(schema.properties(), schema.required(), schema.nullable()));
    }

    private ObjectCheck params(Schema.ParamsSchema schema) {
        return new ObjectCheck(null, false, properties(schema.properties(), schema.required(), Set.of()));
    }

    private ObjectCheck.Property[] properties(
            Map<String, Schema> properties, Set<String> required, Set<String> nullable) {
        return properties.entrySet().stream()
                .map(p -> new ObjectCheck.Property(
                        p.getKey(), of(p.getValue()), required.contains(p.getKey()), nullable.contains(p.getKey())))
                .toArray(ObjectCheck.Property[]::new);
    }

    private static long bound(@Nullable Long bound) {
        return bound == null ? ScalarCheck.NONE : bound;
    }

    /** A definition elsewhere, looked up when a value first needs it, since definitions may contain themselves. */
    private final class Reference implements Check {

        private final DefRef target;
        private volatile @Nullable Check found;

        Reference(DefRef target) {
            this.target = target;
        }

        @Override
        public void check(LexValue value, Walk walk) {
            target().check(value, walk);
        }

        @Override
        public String expected() {
            return target().expected();
        }

        private Check target() {
            Check check = found;
            if (check == null) {
                check = of(target);
                found = check;
            }
            return check;
        }
    }

    /** A definition that is not there: nobody knows whether a value is right. */
    private record Missing(DefRef ref, String why) implements Check {

        @Override
        public void check(LexValue value, Walk walk) {
            if (walk.strict()) {
                walk.report("definition", expected(), Kind.of(value) + ", and " + ref + " " + why);
            }
        }

        @Override
        public String expected() {
            return "a " + ref;
        }
    }
}
