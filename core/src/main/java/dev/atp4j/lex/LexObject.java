// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lex;

import dev.atp4j.data.DagCbor;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexNull;
import dev.atp4j.data.LexValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object of a type that a lexicon describes. Immutable. Generated classes extend this one; nobody else does.
 *
 * <p>An object keeps what its class does not know: {@link #extra()} holds the fields that the lexicon did not have when the
 * class was generated, and those whose values did not fit. They are written again, so that an object that is read and
 * written loses nothing. Two objects are equal if they are of one class and hold the same, extra fields included.
 */
public abstract class LexObject {

    private final @Nullable Object[] slots;
    private final LexMap extra;

    /**
     * Takes over what the object holds.
     *
     * @param values the values, from {@link #create(Values)}, or {@link Values#NONE}
     */
    protected LexObject(Values values) {
        this.slots = values.slots;
        this.extra = values.extra;
    }

    /**
     * Returns the type of this object.
     *
     * @return the type
     */
    public abstract ObjectType<?> type();

    /**
     * Makes another object of this class.
     *
     * @param values what it holds
     * @return the object
     */
    protected abstract LexObject create(Values values);

    /**
     * Returns the type of what a property refers to. It is asked for when it is needed and not before, so that only those
     * classes are loaded that a document mentions.
     *
     * @param slot the property's place among the fields
     * @param variant the variant's place if the property is a union, else 0
     * @return the type
     */
    protected ObjectType<?> typeOf(int slot, int variant) {
        throw new IndexOutOfBoundsException("property " + slot + " of " + type() + " refers to no type");
    }

    /**
     * Starts a copy of this object.
     *
     * @return a builder that holds what this object holds
     * @throws UnsupportedOperationException if the class has no builder, as those that only servers make
     */
    protected Builder<?, ?> newBuilder() {
        throw new UnsupportedOperationException(
                type() + " has no builder; objects are read from " + type() + ".fromMap");
    }

    /**
     * Returns what the class does not know: fields that its lexicon did not have, and those with a value that did not fit.
     *
     * @return the fields, in the order in which they were read
     */
    public final LexMap extra() {
        return extra;
    }

    /**
     * Returns this object as a tree. It has a {@code $type} if it is a record or had one when it was read.
     *
     * @return all fields
     */
    public final LexMap toMap() {
        return TreeLexWriter.write(this, type() instanceof RecordType);
    }

    /**
     * Returns this object as a tree that says what it is.
     *
     * @return all fields, with {@code $type}
     */
    public final LexMap toTypedMap() {
        return TreeLexWriter.write(this, true);
    }

    /**
     * Writes the JSON form of {@link #toMap()}: {@code $type} first, then the properties in the order of
     * {@link ObjectType#fields()}, then what the class does not know.
     *
     * @return the document in UTF-8
     * @throws dev.atp4j.data.DataException if it is deeper than 1,000 levels
     */
    public final byte[] toJson() {
        return JsonLexWriter.write(this);
    }

    /**
     * Writes the DAG-CBOR form of {@link #toMap()}.
     *
     * @return the document
     * @throws dev.atp4j.data.DataException if it is no data of the AT Protocol, or too large for a record
     */
    public final byte[] toCbor() {
        return DagCbor.write(toMap());
    }

    /**
     * Tells whether a property is there; a null that means something is.
     *
     * @param slot the property's place
     * @return true if it has a value that fits
     */
    protected final boolean has(int slot) {
        return raw(slot) != null;
    }

    /**
     * Returns a property, for an accessor that is never null.
     *
     * @param slot the property's place
     * @param as the class of the value
     * @return the value
     * @param <V> the class of the value
     * @throws MissingFieldException if there is none
     */
    protected final <V> V get(int slot, Class<V> as) {
        V value = find(slot, as);
        if (value == null) {
            throw new MissingFieldException(
                    type().name(), type().fields().get(slot).name());
        }
        return value;
    }

    /**
     * Returns a property, for an accessor that may be null.
     *
     * @param slot the property's place
     * @param as the class of the value
     * @return the value, or null if there is none or it is null
     * @param <V> the class of the value
     */
    protected final <V> @Nullable V find(int slot, Class<V> as) {
        Object value = raw(slot);
        return value == null || value == LexNull.NULL ? null : as.cast(value);
    }

    /**
     * Returns the items of a property that is a list.
     *
     * @param slot the property's place
     * @param as the class of the items, which is not checked
     * @return the items, none if the property is absent; cannot be changed
     * @param <V> the class of the items
     */
    @SuppressWarnings("unchecked")
    protected final <V> List<V> list(int slot, Class<V> as) {
        Object value = raw(slot);
        return value instanceof List ? (List<V>) value : List.of();
    }

    /** Returns a value as it is kept: null if absent, {@link LexNull} if null. */
    final @Nullable Object raw(int slot) {
        return slot < slots.length ? slots[slot] : null;
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof LexObject that
                && getClass() == that.getClass()
                && Arrays.equals(slots, that.slots)
                && extra.equals(that.extra);
    }

    @Override
    public final int hashCode() {
        return 31 * Arrays.hashCode(slots) + extra.hashCode();
    }

    /** Returns the JSON form, without the values of properties that are secret. */
    @Override
    public final String toString() {
        return JsonLexWriter.withoutSecrets(this);
    }

    /**
     * Builds an object. Confined to one thread.
     *
     * @param <T> the class that is built
     * @param <B> the builder's own class
     */
    public abstract static class Builder<T extends LexObject, B extends Builder<T, B>> {

        private final T origin;
        private final @Nullable Object[] slots;
        private final Map<String, LexValue> extra;

        /**
         * Starts with what an object holds.
         *
         * @param origin the object, which does not change
         */
        protected Builder(T origin) {
            LexObject object = origin;
            this.origin = origin;
            this.slots = Arrays.copyOf(object.slots, origin.type().fields().size());
            this.extra = new LinkedHashMap<>(object.extra.fields());
        }

        /**
         * Puts a field that the class does not know.
         *
         * @param name its name on the wire, which is none of the class's own
         * @param value its value
         * @return this builder
         * @throws IllegalArgumentException if the class has a property of this name
         */
        public final B extra(String name, LexValue value) {
            for (Field field : origin.type().fields()) {
                if (field.name().equals(name)) {
                    throw new IllegalArgumentException(origin.type() + " has a property " + name + " with a setter");
                }
            }
            extra.put(name, value);
            return self();
        }

        /**
         * Sets a property, for a setter.
         *
         * @param slot the property's place
         * @param value its value as {@link Field.Kind} says, or something that {@linkplain #add stands for it}; null to
         *     leave the property out
         * @return this builder
         */
        protected final B set(int slot, @Nullable Object value) {
            Field field = origin.type().fields().get(slot);
            slots[slot] = value == null ? null : kept(field, value);
            extra.remove(field.name());
            return self();
        }

        /**
         * Sets a property to a null that means something, for a setter.
         *
         * @param slot the property's place
         * @return this builder
         */
        protected final B setNull(int slot) {
            return set(slot, LexNull.NULL);
        }

        /**
         * Sets the items of a property that is a list, for a setter.
         *
         * @param slot the property's place
         * @param items the items, each as for {@link #add}; copied; null to leave the property out
         * @return this builder
         */
        protected final B setList(int slot, @Nullable Iterable<?> items) {
            if (items == null) {
                return set(slot, null);
            }
            Field field = origin.type().fields().get(slot);
            List<Object> copy = new ArrayList<>();
            for (Object item : items) {
                copy.add(kept(field, item));
            }
            slots[slot] = List.copyOf(copy);
            extra.remove(field.name());
            return self();
        }

        /**
         * Adds an item to a property that is a list, for a setter.
         *
         * @param slot the property's place
         * @param item the item as {@link Field.Kind} says; or what stands for it: a variant of a union for what it wraps,
         *     an identifier or a time for its text, an object for one of open type
         * @return this builder
         */
        protected final B add(int slot, Object item) {
            List<Object> items = new ArrayList<>(slots[slot] instanceof List<?> list ? list : List.of());
            items.add(item);
            return setList(slot, items);
        }

        /**
         * Returns the object. The builder may be used further.
         *
         * @return the object
         * @throws IllegalStateException if a required property was not set; the message names all of them
         */
        public final T build() {
            List<Field> fields = origin.type().fields();
            List<String> missing = new ArrayList<>();
            for (int slot = 0; slot < slots.length; slot++) {
                Field field = fields.get(slot);
                if (field.isRequired() && slots[slot] == null && !extra.containsKey(field.name())) {
                    missing.add(field.name());
                }
            }
            if (!missing.isEmpty()) {
                throw new IllegalStateException(origin.type() + " needs " + String.join(", ", missing));
            }
            return buildUnchecked();
        }

        /**
         * Returns the object whether or not it is complete. Meant for tests of what happens then.
         *
         * @return the object
         */
        @SuppressWarnings("unchecked")
        public final T buildUnchecked() {
            return (T) origin.create(new Values(slots.clone(), LexMap.of(extra)));
        }

        private static Object kept(Field field, Object value) {
            return switch (field.kind()) {
                case STRING -> value == LexNull.NULL ? value : value.toString();
                case UNION -> value instanceof LexUnion variant ? variant.value() : value;
                case UNKNOWN -> value instanceof LexObject object ? LexAny.of(object) : value;
                default -> value;
            };
        }

        @SuppressWarnings("unchecked")
        private B self() {
            return (B) this;
        }
    }
}
