// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.generator;

import dev.atp4j.lex.Field.Kind;
import dev.atp4j.lex.LexObject;
import dev.atp4j.lexicon.Def.Schema;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A property of an object that becomes a class.
 *
 * @param name its name on the wire
 * @param accessor the name of its accessor and its setter
 * @param slot its place among the fields
 * @param schema its schema, references not followed
 * @param shape what it holds
 * @param required whether it must be there
 * @param nullable whether it may be null
 */
record Property(
        String name, String accessor, int slot, Schema schema, Shape shape, boolean required, boolean nullable) {

    /** What objects and builders have already; a property of such a name gets an underscore. */
    private static final Set<String> RESERVED = reserved();

    /** The order of DAG-CBOR: by length, then by bytes. */
    private static final Comparator<String> CANONICAL = Comparator.<String>comparingInt(
                    name -> name.getBytes(StandardCharsets.UTF_8).length)
            .thenComparing(name -> name.getBytes(StandardCharsets.UTF_8), (a, b) -> Arrays.compareUnsigned(a, b));

    /** Lists the properties of an object in the order of their slots. */
    static List<Property> list(
            String key, Map<String, Schema> properties, Set<String> required, Set<String> nullable, Shapes shapes) {
        TreeMap<String, Schema> sorted = new TreeMap<>(CANONICAL);
        sorted.putAll(properties);
        Set<String> used = new HashSet<>(RESERVED);
        List<Property> list = new ArrayList<>();
        for (Map.Entry<String, Schema> property : sorted.entrySet()) {
            String name = property.getKey();
            if (name.equals("$type")) {
                shapes.notice(key, "has a property $type, which every object may have; it is left out");
                continue;
            }
            Schema schema = property.getValue();
            String place = key + "/" + name;
            list.add(new Property(
                    name,
                    free(Words.member(name), used),
                    list.size(),
                    schema,
                    shapes.of(place, schema),
                    required.contains(name),
                    nullable.contains(name)));
        }
        return list;
    }

    /** Returns a name that is not taken yet, and takes it. */
    static String free(String wish, Set<String> used) {
        String name = wish;
        while (!used.add(name)) {
            name += "_";
        }
        return name;
    }

    /** Returns the names of methods without parameters that the properties leave to others. */
    static Set<String> used(List<Property> properties) {
        Set<String> used = new HashSet<>(RESERVED);
        properties.forEach(property -> used.add(property.accessor()));
        return used;
    }

    private static Set<String> reserved() {
        Set<String> names = new HashSet<>(Set.of("builder", "toBuilder", "build", "add", "set", "setList"));
        for (Class<?> type : List.of(Object.class, LexObject.class, LexObject.Builder.class)) {
            for (Method method : type.getDeclaredMethods()) {
                boolean visible = (method.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0;
                int most = type == LexObject.class ? 0 : 1;
                if (visible && !method.isSynthetic() && method.getParameterCount() <= most) {
                    names.add(method.getName());
                }
            }
        }
        return names;
    }

    /** Tells whether what it holds is not for logs. */
    boolean secret() {
        String lower = name.toLowerCase(Locale.ROOT);
        return shape.kind() == Kind.STRING
                && (lower.endsWith("password")
                        || lower.endsWith("token")
                        || lower.endsWith("jwt")
                        || lower.endsWith("secret")
                        || lower.endsWith("privatekey"));
    }

    /** Tells whether the accessor always gives a value. */
    boolean always() {
        return shape.list() || required && !nullable;
    }

    /** Returns what the lexicon wants it to be if it is not there, or null. */
    @Nullable
    Object defaultValue() {
        if (shape.list() || required) {
            return null;
        }
        if (shape.schema() instanceof Schema.StringSchema text) {
            return shape.format() == null ? text.defaultValue() : null;
        }
        if (shape.schema() instanceof Schema.IntegerSchema number) {
            return number.defaultValue();
        }
        return shape.schema() instanceof Schema.BooleanSchema flag ? flag.defaultValue() : null;
    }
}
