// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lex;

import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An object whose type the lexicon leaves open, such as the record in a view, or a variant of a union that is newer than
 * the code. Immutable. It is written again as it was read.
 */
public final class LexAny {

    /** As it was read from JSON, or null if it was not. */
    private final byte @Nullable [] json;

    // Each is made when it is asked for, and any thread's is as good as another's.
    private @Nullable LexMap raw;
    private @Nullable String type;
    private @Nullable LexObject typed;

    private LexAny(byte @Nullable [] json, @Nullable LexMap raw) {
        this.json = json;
        this.raw = raw;
    }

    /** Takes over the bytes of an object that is known to be right. */
    static LexAny ofJson(byte[] json) {
        return new LexAny(json, null);
    }

    /**
     * Wraps a map.
     *
     * @param raw any map
     * @return the object
     */
    public static LexAny of(LexMap raw) {
        return new LexAny(null, raw);
    }

    /**
     * Takes a typed object as one of open type; it then carries its {@code $type}.
     *
     * @param object the object
     * @return the object, open
     */
    public static LexAny of(LexObject object) {
        return new LexAny(null, object.toTypedMap());
    }

    /**
     * Returns what the object says it is.
     *
     * @return its {@code $type}, or empty if it has none or an empty one
     */
    public Optional<String> type() {
        String name = typeName();
        return name.isEmpty() ? Optional.empty() : Optional.of(name);
    }

    /**
     * Returns the object as one of this type.
     *
     * @param type the type
     * @return the object, or empty if its {@code $type} is another or it has none
     * @param <T> the generated class
     */
    @SuppressWarnings("unchecked")
    public <T extends LexObject> Optional<T> as(ObjectType<T> type) {
        if (!type.isNamed(typeName())) {
            return Optional.empty();
        }
        LexObject known = typed;
        if (known == null || known.type() != type) {
            known = json == null ? type.fromMap(raw()) : type.fromJson(json);
            typed = known;
        }
        return Optional.of((T) known);
    }

    private String typeName() {
        String name = type;
        if (name == null) {
            name = json == null ? raw().getString(LexReader.TYPE).orElse("") : JsonLexReader.typeOf(json);
            type = name;
        }
        return name;
    }

    /**
     * Returns the fields.
     *
     * @return all fields, {@code $type} included
     */
    public LexMap raw() {
        LexMap map = raw;
        if (map == null) {
            map = json == null ? LexMap.empty() : LexJson.parseMapLenient(json);
            raw = map;
        }
        return map;
    }

    /** Returns the bytes that it was read from; nobody may change them. */
    byte @Nullable [] json() {
        return json;
    }

    /** Compares the fields. */
    @Override
    public boolean equals(Object other) {
        return other instanceof LexAny that && raw().equals(that.raw());
    }

    @Override
    public int hashCode() {
        return raw().hashCode();
    }

    /** Returns the JSON form. */
    @Override
    public String toString() {
        return raw().toString();
    }
}
