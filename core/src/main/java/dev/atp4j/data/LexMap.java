// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A map from field names to values, in the order in which they were read or put. Immutable.
 *
 * <p>The typed getters answer empty both for an absent field and for one of another kind, which is what a lenient reader
 * wants; {@link #get(String)} tells the two apart.
 */
public final class LexMap implements LexValue {

    private static final LexMap EMPTY = new LexMap(Map.of());

    private final Map<String, LexValue> fields;

    private LexMap(Map<String, LexValue> fields) {
        this.fields = fields;
    }

    /**
     * Returns the map without fields.
     *
     * @return the empty map
     */
    public static LexMap empty() {
        return EMPTY;
    }

    /**
     * Copies a map.
     *
     * @param fields the fields, kept in the iteration order of this map
     * @return the map
     */
    public static LexMap of(Map<String, ? extends LexValue> fields) {
        return new LexMap(Collections.unmodifiableMap(new LinkedHashMap<String, LexValue>(fields)));
    }

    /** Takes a map over without a copy; nobody may change it afterwards. */
    static LexMap owning(Map<String, LexValue> fields) {
        return fields.isEmpty() ? EMPTY : new LexMap(Collections.unmodifiableMap(fields));
    }

    /**
     * Starts a map.
     *
     * @return a builder without fields
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns all fields.
     *
     * @return an unmodifiable map in field order
     */
    public Map<String, LexValue> fields() {
        return fields;
    }

    /**
     * Returns a field.
     *
     * @param name the field's name
     * @return its value, or null if there is no such field
     */
    public @Nullable LexValue get(String name) {
        return fields.get(name);
    }

    /**
     * Returns a string field.
     *
     * @param name the field's name
     * @return its text, or empty if it is absent or no string
     */
    public Optional<String> getString(String name) {
        return fields.get(name) instanceof LexString s ? Optional.of(s.value()) : Optional.empty();
    }

    /**
     * Returns an integer field.
     *
     * @param name the field's name
     * @return its number, or empty if it is absent or no integer
     */
    public Optional<Long> getLong(String name) {
        return fields.get(name) instanceof LexInteger i ? Optional.of(i.value()) : Optional.empty();
    }

    /**
     * Returns a boolean field.
     *
     * @param name the field's name
     * @return its truth value, or empty if it is absent or no boolean
     */
    public Optional<Boolean> getBoolean(String name) {
        return fields.get(name) instanceof LexBoolean b ? Optional.of(b.value()) : Optional.empty();
    }

    /**
     * Returns a map field.
     *
     * @param name the field's name
     * @return the map, or empty if it is absent or no map
     */
    public Optional<LexMap> getMap(String name) {
        return fields.get(name) instanceof LexMap m ? Optional.of(m) : Optional.empty();
    }

    /**
     * Returns a list field.
     *
     * @param name the field's name
     * @return the list, or empty if it is absent or no list
     */
    public Optional<LexList> getList(String name) {
        return fields.get(name) instanceof LexList l ? Optional.of(l) : Optional.empty();
    }

    /**
     * Returns a copy with this field put in place of one of the same name, or at the end.
     *
     * @param name the field's name
     * @param value its value
     * @return the changed copy
     */
    public LexMap with(String name, LexValue value) {
        var copy = new LinkedHashMap<>(fields);
        copy.put(name, value);
        return new LexMap(Collections.unmodifiableMap(copy));
    }

    /**
     * Returns a copy without this field.
     *
     * @param name the field's name
     * @return the changed copy, or this map if there is no such field
     */
    public LexMap without(String name) {
        if (!fields.containsKey(name)) {
            return this;
        }
        var copy = new LinkedHashMap<>(fields);
        copy.remove(name);
        return new LexMap(Collections.unmodifiableMap(copy));
    }

    /** Compares fields without regard to their order. */
    @Override
    public boolean equals(Object other) {
        return other instanceof LexMap that && fields.equals(that.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    /** Returns the JSON form. */
    @Override
    public String toString() {
        return LexJson.toString(this);
    }

    /** Builds a {@link LexMap}. Confined to one thread. */
    public static final class Builder {

        private final LinkedHashMap<String, LexValue> fields = new LinkedHashMap<>();

        private Builder() {}

        /**
         * Puts a field.
         *
         * @param name the field's name
         * @param value its value
         * @return this builder
         */
        public Builder put(String name, LexValue value) {
            fields.put(name, value);
            return this;
        }

        /**
         * Puts a string field, or nothing if the text is null.
         *
         * @param name the field's name
         * @param value its text, or null to leave the field out
         * @return this builder
         */
        public Builder put(String name, @Nullable String value) {
            return value == null ? this : put(name, new LexString(value));
        }

        /**
         * Puts an integer field.
         *
         * @param name the field's name
         * @param value its number
         * @return this builder
         */
        public Builder put(String name, long value) {
            return put(name, new LexInteger(value));
        }

        /**
         * Puts a boolean field.
         *
         * @param name the field's name
         * @param value its truth value
         * @return this builder
         */
        public Builder put(String name, boolean value) {
            return put(name, value ? LexBoolean.TRUE : LexBoolean.FALSE);
        }

        /**
         * Returns the map. The builder may be used further.
         *
         * @return the map
         */
        public LexMap build() {
            return LexMap.of(fields);
        }
    }
}
