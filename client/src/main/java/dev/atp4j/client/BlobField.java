// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.client;

import dev.atp4j.lexicon.Def;
import dev.atp4j.lexicon.Def.RecordDef;
import dev.atp4j.lexicon.Def.Schema;
import dev.atp4j.lexicon.Def.Schema.ArraySchema;
import dev.atp4j.lexicon.Def.Schema.BlobSchema;
import dev.atp4j.lexicon.Def.Schema.ObjectSchema;
import dev.atp4j.lexicon.DefRef;
import dev.atp4j.syntax.Nsid;
import dev.atp4j.syntax.SyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * A field that holds a blob, and what its lexicon allows.
 *
 * @param name the field as messages name it
 * @param schema what is allowed
 */
record BlobField(String name, BlobSchema schema) {

    private static final Nsid NOWHERE = Nsid.parse("none.none.none");

    /**
     * Finds a field by the lexicons that the jars bring along.
     *
     * @throws IllegalArgumentException if there is none that holds a blob
     */
    static BlobField of(String type, String property) {
        String name = type + " " + property;
        return find(type)
                .flatMap(object -> Optional.ofNullable(object.properties().get(property)))
                .map(schema -> schema instanceof ArraySchema list ? list.items() : schema)
                .filter(BlobSchema.class::isInstance)
                .map(schema -> new BlobField(name, (BlobSchema) schema))
                .orElseThrow(() -> new IllegalArgumentException(
                        "no lexicon on the class path has a field " + name + " that holds a blob"));
    }

    private static Optional<ObjectSchema> find(String type) {
        DefRef ref;
        try {
            ref = DefRef.parse(type, NOWHERE);
        } catch (SyntaxException e) {
            return Optional.empty();
        }
        return Validation.onClassPath().resolve(ref).flatMap(BlobField::object);
    }

    private static Optional<ObjectSchema> object(Def def) {
        Schema schema = def instanceof RecordDef type ? type.value() : def instanceof Schema plain ? plain : null;
        return schema instanceof ObjectSchema object ? Optional.of(object) : Optional.empty();
    }

    void checkSize(long length) {
        Long most = schema.maxSize();
        if (most != null && length > most) {
            throw new IllegalArgumentException(name + " takes at most " + most + " bytes, and this blob has " + length);
        }
    }

    void checkType(String mediaType) {
        String plain = mediaType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!schema.accept().isEmpty() && schema.accept().stream().noneMatch(pattern -> accepts(pattern, plain))) {
            throw new IllegalArgumentException(
                    name + " takes " + String.join(", ", schema.accept()) + ", and this blob is " + plain);
        }
    }

    private static boolean accepts(String pattern, String mediaType) {
        return pattern.equals("*/*")
                || (pattern.endsWith("/*")
                        ? mediaType.startsWith(pattern.substring(0, pattern.length() - 1))
                        : mediaType.equals(pattern));
    }
}
