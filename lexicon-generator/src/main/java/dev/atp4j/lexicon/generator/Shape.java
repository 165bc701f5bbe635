// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.generator;

import com.palantir.javapoet.ClassName;
import dev.atp4j.lex.Field;
import dev.atp4j.lexicon.Def.Schema;
import dev.atp4j.lexicon.DefRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a property holds, once all references are followed.
 *
 * @param kind what it, or each item, holds
 * @param list whether it is a list
 * @param schema the schema of it, or of each item
 * @param type the class of an object or a union, or the class that lists a string's known values, or null
 * @param variants the variants of a union
 */
record Shape(
        Field.Kind kind,
        boolean list,
        Schema schema,
        @Nullable ClassName type,
        List<Variant> variants) {

    /**
     * A variant of a union.
     *
     * @param ref its definition
     * @param type its class
     * @param name the name of the record that wraps it
     */
    record Variant(DefRef ref, ClassName type, String name) {}

    Shape ofList() {
        return new Shape(kind, true, schema, type, variants);
    }

    /** Returns the class of an object or a union. */
    ClassName reference() {
        if (type == null) {
            throw new IllegalStateException(kind + " refers to no class");
        }
        return type;
    }

    /** Returns the format of a string if it has a class of its own, or null. */
    @Nullable
    ClassName format() {
        return kind == Field.Kind.STRING && schema instanceof Schema.StringSchema text && text.format() != null
                ? Types.FORMATS.get(text.format())
                : null;
    }
}
