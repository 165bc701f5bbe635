// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lex;

import dev.atp4j.data.LexMap;
import java.util.Optional;

/**
 * An object whose type the lexicon leaves open, such as the record in a view, or a variant of a union that is newer than
 * the code. Immutable. It is written again as it was read.
 */
public final class LexAny {

    private final LexMap raw;

    private LexAny(LexMap raw) {
        this.raw = raw;
    }

    /**
     * Wraps a map.
     *
     * @param raw any map
     * @return the object
     */
    public static LexAny of(LexMap raw) {
        return new LexAny(raw);
    }

    /**
     * Takes a typed object as one of open type; it then carries its {@code $type}.
     *
     * @param object the object
     * @return the object, open
     */
    public static LexAny of(LexObject object) {
        return new LexAny(object.toTypedMap());
    }

    /**
     * Returns what the object says it is.
     *
     * @return its {@code $type}, or empty if it has none
     */
    public Optional<String> type() {
        return raw.getString("$type");
    }

    /**
     * Returns the object as one of this type.
     *
     * @param type the type
     * @return the object, or empty if its {@code $type} is another or it has none
     * @param <T> the generated class
     */
    public <T extends LexObject> Optional<T> as(ObjectType<T> type) {
        return type().filter(type::isNamed).map(name -> type.fromMap(raw));
    }

    /**
     * Returns the fields.
     *
     * @return all fields, {@code $type} included
     */
    public LexMap raw() {
        return raw;
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
