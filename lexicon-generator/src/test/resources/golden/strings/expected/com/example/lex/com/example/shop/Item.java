// Generated from com.example.shop.defs by atp4j. Changes are lost.
package com.example.lex.com.example.shop;

import dev.atp4j.lex.Field;
import dev.atp4j.lex.Generated;
import dev.atp4j.lex.LexObject;
import dev.atp4j.lex.ObjectType;
import dev.atp4j.lex.Values;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The object {@code com.example.shop.defs}. */
@Generated("com.example.shop.defs")
public final class Item extends LexObject {

    /** The type {@code com.example.shop.defs#item}. */
    public static final ObjectType<Item> TYPE = new ObjectType<>(
            "com.example.shop.defs#item",
            new Item(Values.NONE),
            Field.of("size", Field.Kind.STRING).required(),
            Field.of("color", Field.Kind.STRING),
            Field.of("kinds", Field.Kind.STRING).list(),
            Field.of("shape", Field.Kind.STRING));

    private Item(Values values) {
        super(values);
    }

    /** {@return an empty builder} */
    public static Builder builder() {
        return new Builder(new Item(Values.NONE));
    }

    /** {@return {@code size}, by default {@code m}, one of those in {@link Size}, or a newer one} */
    public String size() {
        return get(0, String.class);
    }

    /** {@return {@code color}, one of those in {@link Color}, or a newer one; null if it is absent} */
    public @Nullable String color() {
        return find(1, String.class);
    }

    /** {@return {@code kinds}, each one of those in {@link Kind}, or a newer one; empty if it is absent} */
    public List<String> kinds() {
        return list(2, String.class);
    }

    /** {@return whether {@code kinds} is there} */
    public boolean hasKinds() {
        return has(2);
    }

    /** {@return {@code shape}, one of those in {@link Shape}; null if it is absent} */
    public @Nullable String shape() {
        return find(3, String.class);
    }

    /** {@return a builder that holds what this object holds} */
    public Builder toBuilder() {
        return new Builder(this);
    }

    @Override
    public ObjectType<Item> type() {
        return TYPE;
    }

    @Override
    protected Item create(Values values) {
        return new Item(values);
    }

    @Override
    protected Builder newBuilder() {
        return toBuilder();
    }

    /** What {@code size} may be. */
    public static final class Size {

        /** {@code s}. */
        public static final String S = "s";

        /** {@code m}. */
        public static final String M = "m";

        private Size() {}
    }

    /** What {@code kinds} may be. */
    public static final class Kind {

        /** {@code a}. */
        public static final String A = "a";

        /** {@code b}. */
        public static final String B = "b";

        private Kind() {}
    }

    /** What {@code shape} may be. */
    public static final class Shape {

        /** {@code round}. */
        public static final String ROUND = "round";

        /** {@code square}. */
        public static final String SQUARE = "square";

        private Shape() {}
    }

    /** Builds {@link Item}. Confined to one thread. */
    public static final class Builder extends LexObject.Builder<Item, Builder> {

        private Builder(Item origin) {
            super(origin);
        }

        /**
         * Sets {@code size}, by default {@code m}, one of those in {@link Size}, or a newer one.
         *
         * @param size the value
         * @return this builder
         */
        public Builder size(String size) {
            return set(0, size);
        }

        /**
         * Sets {@code color}, one of those in {@link Color}, or a newer one.
         *
         * @param color the value, or null to leave it out
         * @return this builder
         */
        public Builder color(@Nullable String color) {
            return set(1, color);
        }

        /**
         * Sets {@code kinds}, each one of those in {@link Kind}, or a newer one.
         *
         * @param kinds the items, which are copied, or null to leave it out
         * @return this builder
         */
        public Builder kinds(@Nullable Iterable<String> kinds) {
            return setList(2, kinds);
        }

        /**
         * Adds one to the list.
         *
         * @param kind the item, one of those in {@link Kind}, or a newer one
         * @return this builder
         */
        public Builder addKind(String kind) {
            return add(2, kind);
        }

        /**
         * Sets {@code shape}, one of those in {@link Shape}.
         *
         * @param shape the value, or null to leave it out
         * @return this builder
         */
        public Builder shape(@Nullable String shape) {
            return set(3, shape);
        }
    }
}
