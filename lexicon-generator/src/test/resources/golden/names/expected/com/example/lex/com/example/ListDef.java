// Generated from com.example.list by atp4j. Changes are lost.
package com.example.lex.com.example;

import dev.atp4j.lex.Field;
import dev.atp4j.lex.Generated;
import dev.atp4j.lex.LexAny;
import dev.atp4j.lex.LexObject;
import dev.atp4j.lex.LexUnion;
import dev.atp4j.lex.ObjectType;
import dev.atp4j.lex.RecordType;
import dev.atp4j.lex.Values;
import dev.atp4j.syntax.Datetime;
import dev.atp4j.syntax.SyntaxException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The record {@code com.example.list}. */
@Generated("com.example.list")
@SuppressWarnings({
        "SameNameButDifferent",
        "AvoidCommonTypeNames"
})
public final class ListDef extends LexObject {

    /** The type {@code com.example.list}. */
    public static final RecordType<ListDef> TYPE = new RecordType<>(
            "com.example.list",
            "tid",
            new ListDef(Values.NONE),
            Field.of("type", Field.Kind.STRING),
            Field.of("class", Field.Kind.STRING),
            Field.union("items",
                    "com.example.list",
                    "com.example.list#items").list(),
            Field.of("createdAt", Field.Kind.STRING),
            Field.of("created-at", Field.Kind.STRING),
            Field.of("createdAtText", Field.Kind.STRING));

    private ListDef(Values values) {
        super(values);
    }

    /** {@return an empty builder} */
    public static Builder builder() {
        return new Builder(new ListDef(Values.NONE));
    }

    /** {@return {@code type}; null if it is absent} */
    public @Nullable String type_() {
        return find(0, String.class);
    }

    /** {@return {@code class}; null if it is absent} */
    public @Nullable String class_() {
        return find(1, String.class);
    }

    /** {@return {@code items}; empty if it is absent} */
    public List<Item> items() {
        return Item.listOf(list(2, Object.class));
    }

    /** {@return whether {@code items} is there} */
    public boolean hasItems() {
        return has(2);
    }

    /**
     * {@return {@code createdAt}; null if it is absent}
     *
     * @throws SyntaxException if the server sent something else; see {@link #createdAtText_()}
     */
    public @Nullable Datetime createdAt() {
        String text = createdAtText_();
        return text == null ? null : Datetime.parse(text);
    }

    /** {@return {@link #createdAt()} as it was written, or null} */
    public @Nullable String createdAtText_() {
        return find(3, String.class);
    }

    /**
     * {@return {@code created-at}; null if it is absent}
     *
     * @throws SyntaxException if the server sent something else; see {@link #createdAt_Text()}
     */
    public @Nullable Datetime createdAt_() {
        String text = createdAt_Text();
        return text == null ? null : Datetime.parse(text);
    }

    /** {@return {@link #createdAt_()} as it was written, or null} */
    public @Nullable String createdAt_Text() {
        return find(4, String.class);
    }

    /** {@return {@code createdAtText}; null if it is absent} */
    public @Nullable String createdAtText() {
        return find(5, String.class);
    }

    /** {@return a builder that holds what this object holds} */
    public Builder toBuilder() {
        return new Builder(this);
    }

    @Override
    public RecordType<ListDef> type() {
        return TYPE;
    }

    @Override
    protected ListDef create(Values values) {
        return new ListDef(values);
    }

    @Override
    protected Builder newBuilder() {
        return toBuilder();
    }

    @Override
    protected ObjectType<?> typeOf(int slot, int variant) {
        return switch (slot) {
            case 2 -> switch (variant) {
                case 0 -> ListDef.TYPE;
                case 1 -> Items.TYPE;
                default -> super.typeOf(slot, variant);
            };
            default -> super.typeOf(slot, variant);
        };
    }

    /** The variants of {@code items}. */
    public sealed interface Item extends LexUnion permits Item.List, Item.Items, Item.Unknown, Later {

        /**
         * Wraps a variant.
         *
         * @param value an object of any type, perhaps a {@link LexAny}
         * @return the variant
         * @throws ClassCastException if it is neither
         */
        static Item of(Object value) {
            if (!(value instanceof LexObject object)) {
                return new Unknown((LexAny) value);
            }
            return switch (object.type().name()) {
                case "com.example.list" -> new List((ListDef) object);
                case "com.example.list#items" -> new Items((ListDef.Items) object);
                default -> new Unknown(LexAny.of(object));
            };
        }

        /**
         * Wraps each of a list.
         *
         * @param values objects as for {@link #of}
         * @return the variants
         */
        static java.util.List<Item> listOf(java.util.List<?> values) {
            java.util.List<Item> variants = new ArrayList<>(values.size());
            for (Object value : values) {
                variants.add(of(value));
            }
            return java.util.List.copyOf(variants);
        }

        /**
         * The variant {@link ListDef}.
         *
         * @param value what it is
         */
        record List(ListDef value) implements Item {
            @Override
            public boolean equals(@Nullable Object other) {
                return other instanceof List that && value.equals(that.value);
            }

            @Override
            public int hashCode() {
                return value.hashCode();
            }

            @Override
            public String toString() {
                return value.toString();
            }
        }

        /**
         * The variant {@link ListDef.Items}.
         *
         * @param value what it is
         */
        record Items(ListDef.Items value) implements Item {
            @Override
            public boolean equals(@Nullable Object other) {
                return other instanceof Items that && value.equals(that.value);
            }

            @Override
            public int hashCode() {
                return value.hashCode();
            }

            @Override
            public String toString() {
                return value.toString();
            }
        }

        /**
         * A variant that is newer than this class.
         *
         * @param value what it is
         */
        record Unknown(LexAny value) implements Item {
            @Override
            public boolean equals(@Nullable Object other) {
                return other instanceof Unknown that && value.equals(that.value);
            }

            @Override
            public int hashCode() {
                return value.hashCode();
            }

            @Override
            public String toString() {
                return value.toString();
            }
        }
    }

    /** Stands for the variants of later versions: a switch needs a default for them. */
    private static final class Later implements Item {
        @Override
        public Object value() {
            return this;
        }
    }

    /** Builds {@link ListDef}. Confined to one thread. */
    public static final class Builder extends LexObject.Builder<ListDef, Builder> {

        private Builder(ListDef origin) {
            super(origin);
        }

        /**
         * Sets <code>type</code>.
         *
         * @param type_ the value, or null to leave it out
         * @return this builder
         */
        public Builder type_(@Nullable String type_) {
            return set(0, type_);
        }

        /**
         * Sets <code>class</code>.
         *
         * @param class_ the value, or null to leave it out
         * @return this builder
         */
        public Builder class_(@Nullable String class_) {
            return set(1, class_);
        }

        /**
         * Sets {@code items}.
         *
         * @param items the items, which are copied, or null to leave it out
         * @return this builder
         */
        public Builder items(@Nullable Iterable<? extends Item> items) {
            return setList(2, items);
        }

        /**
         * Adds one to the list.
         *
         * @param item the item
         * @return this builder
         */
        public Builder addItem(Item item) {
            return add(2, item);
        }

        /**
         * Adds one to the list.
         *
         * @param item the item
         * @return this builder
         */
        public Builder addItem(ListDef item) {
            return add(2, item);
        }

        /**
         * Adds one to the list.
         *
         * @param item the item
         * @return this builder
         */
        public Builder addItem(Items item) {
            return add(2, item);
        }

        /**
         * Sets {@code createdAt}.
         *
         * @param createdAt the value, or null to leave it out
         * @return this builder
         */
        public Builder createdAt(@Nullable Datetime createdAt) {
            return set(3, createdAt);
        }

        /**
         * Sets {@code createdAt}.
         *
         * @param createdAt the value
         * @return this builder
         * @throws SyntaxException if it is none
         */
        public Builder createdAt(String createdAt) {
            return set(3, Datetime.parse(createdAt));
        }

        /**
         * Sets <code>created-at</code>.
         *
         * @param createdAt_ the value, or null to leave it out
         * @return this builder
         */
        public Builder createdAt_(@Nullable Datetime createdAt_) {
            return set(4, createdAt_);
        }

        /**
         * Sets <code>created-at</code>.
         *
         * @param createdAt_ the value
         * @return this builder
         * @throws SyntaxException if it is none
         */
        public Builder createdAt_(String createdAt_) {
            return set(4, Datetime.parse(createdAt_));
        }

        /**
         * Sets {@code createdAtText}.
         *
         * @param createdAtText the value, or null to leave it out
         * @return this builder
         */
        public Builder createdAtText(@Nullable String createdAtText) {
            return set(5, createdAtText);
        }
    }

    /** The object {@code com.example.list}. */
    public static final class Items extends LexObject {

        /** The type {@code com.example.list#items}. */
        public static final ObjectType<Items> TYPE = new ObjectType<>(
                "com.example.list#items",
                new Items(Values.NONE));

        private Items(Values values) {
            super(values);
        }

        /** {@return an empty builder} */
        public static Builder builder() {
            return new Builder(new Items(Values.NONE));
        }

        /** {@return a builder that holds what this object holds} */
        public Builder toBuilder() {
            return new Builder(this);
        }

        @Override
        public ObjectType<Items> type() {
            return TYPE;
        }

        @Override
        protected Items create(Values values) {
            return new Items(values);
        }

        @Override
        protected Builder newBuilder() {
            return toBuilder();
        }

        /** Builds {@link Items}. Confined to one thread. */
        public static final class Builder extends LexObject.Builder<Items, Builder> {

            private Builder(Items origin) {
                super(origin);
            }
        }
    }

    /** The object {@code com.example.list}. */
    public static final class RecordDef extends LexObject {

        /** The type {@code com.example.list#record}. */
        public static final ObjectType<RecordDef> TYPE = new ObjectType<>(
                "com.example.list#record",
                new RecordDef(Values.NONE));

        private RecordDef(Values values) {
            super(values);
        }

        /** {@return an empty builder} */
        public static Builder builder() {
            return new Builder(new RecordDef(Values.NONE));
        }

        /** {@return a builder that holds what this object holds} */
        public Builder toBuilder() {
            return new Builder(this);
        }

        @Override
        public ObjectType<RecordDef> type() {
            return TYPE;
        }

        @Override
        protected RecordDef create(Values values) {
            return new RecordDef(values);
        }

        @Override
        protected Builder newBuilder() {
            return toBuilder();
        }

        /** Builds {@link RecordDef}. Confined to one thread. */
        public static final class Builder extends LexObject.Builder<RecordDef, Builder> {

            private Builder(RecordDef origin) {
                super(origin);
            }
        }
    }

    /** The object {@code com.example.list}. */
    public static final class ListDefDef extends LexObject {

        /** The type {@code com.example.list#list}. */
        public static final ObjectType<ListDefDef> TYPE = new ObjectType<>(
                "com.example.list#list",
                new ListDefDef(Values.NONE));

        private ListDefDef(Values values) {
            super(values);
        }

        /** {@return an empty builder} */
        public static Builder builder() {
            return new Builder(new ListDefDef(Values.NONE));
        }

        /** {@return a builder that holds what this object holds} */
        public Builder toBuilder() {
            return new Builder(this);
        }

        @Override
        public ObjectType<ListDefDef> type() {
            return TYPE;
        }

        @Override
        protected ListDefDef create(Values values) {
            return new ListDefDef(values);
        }

        @Override
        protected Builder newBuilder() {
            return toBuilder();
        }

        /** Builds {@link ListDefDef}. Confined to one thread. */
        public static final class Builder extends LexObject.Builder<ListDefDef, Builder> {

            private Builder(ListDefDef origin) {
                super(origin);
            }
        }
    }

    /** The object {@code com.example.list}. */
    public static final class BuilderDef extends LexObject {

        /** The type {@code com.example.list#builder}. */
        public static final ObjectType<BuilderDef> TYPE = new ObjectType<>(
                "com.example.list#builder",
                new BuilderDef(Values.NONE));

        private BuilderDef(Values values) {
            super(values);
        }

        /** {@return an empty builder} */
        public static Builder builder() {
            return new Builder(new BuilderDef(Values.NONE));
        }

        /** {@return a builder that holds what this object holds} */
        public Builder toBuilder() {
            return new Builder(this);
        }

        @Override
        public ObjectType<BuilderDef> type() {
            return TYPE;
        }

        @Override
        protected BuilderDef create(Values values) {
            return new BuilderDef(values);
        }

        @Override
        protected Builder newBuilder() {
            return toBuilder();
        }

        /** Builds {@link BuilderDef}. Confined to one thread. */
        public static final class Builder extends LexObject.Builder<BuilderDef, Builder> {

            private Builder(BuilderDef origin) {
                super(origin);
            }
        }
    }
}
