// Generated from com.example.board.card by atp4j. Changes are lost.
package com.example.lex.com.example.board;

import dev.atp4j.lex.Field;
import dev.atp4j.lex.Generated;
import dev.atp4j.lex.LexAny;
import dev.atp4j.lex.LexObject;
import dev.atp4j.lex.LexUnion;
import dev.atp4j.lex.ObjectType;
import dev.atp4j.lex.RecordType;
import dev.atp4j.lex.Values;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The record {@code com.example.board.card}. */
@Generated("com.example.board.card")
@SuppressWarnings("SameNameButDifferent")
public final class Card extends LexObject {

    /** The type {@code com.example.board.card}. */
    public static final RecordType<Card> TYPE = new RecordType<>(
            "com.example.board.card",
            "tid",
            new Card(Values.NONE),
            Field.union("parts", "com.example.board.card#poll").list(),
            Field.union("state", "com.example.board.card#poll"),
            Field.union("content",
                    "com.example.board.defs#picture",
                    "com.example.board.card#poll",
                    "com.example.board.card").required(),
            Field.union("anything"));

    private Card(Values values) {
        super(values);
    }

    /** {@return an empty builder} */
    public static Builder builder() {
        return new Builder(new Card(Values.NONE));
    }

    /** {@return {@code parts}; empty if it is absent} */
    public List<Part> parts() {
        return Part.listOf(list(0, Object.class));
    }

    /** {@return whether {@code parts} is there} */
    public boolean hasParts() {
        return has(0);
    }

    /** {@return {@code state}; null if it is absent} */
    public @Nullable State state() {
        Object value = find(1, Object.class);
        return value == null ? null : State.of(value);
    }

    /** {@return {@code content}} */
    public Content content() {
        return Content.of(get(2, Object.class));
    }

    /** {@return {@code anything}; null if it is absent} */
    public @Nullable Anything anything() {
        Object value = find(3, Object.class);
        return value == null ? null : Anything.of(value);
    }

    /** {@return a builder that holds what this object holds} */
    public Builder toBuilder() {
        return new Builder(this);
    }

    @Override
    public RecordType<Card> type() {
        return TYPE;
    }

    @Override
    protected Card create(Values values) {
        return new Card(values);
    }

    @Override
    protected Builder newBuilder() {
        return toBuilder();
    }

    @Override
    protected ObjectType<?> typeOf(int slot, int variant) {
        return switch (slot) {
            case 0 -> switch (variant) {
                case 0 -> Poll.TYPE;
                default -> super.typeOf(slot, variant);
            };
            case 1 -> switch (variant) {
                case 0 -> Poll.TYPE;
                default -> super.typeOf(slot, variant);
            };
            case 2 -> switch (variant) {
                case 0 -> Picture.TYPE;
                case 1 -> Poll.TYPE;
                case 2 -> Card.TYPE;
                default -> super.typeOf(slot, variant);
            };
            default -> super.typeOf(slot, variant);
        };
    }

    /** The variants of {@code parts}. */
    public sealed interface Part extends LexUnion permits Part.Poll, Part.Unknown, Later {

        /**
         * Wraps a variant.
         *
         * @param value an object of any type, perhaps a {@link LexAny}
         * @return the variant
         * @throws ClassCastException if it is neither
         */
        static Part of(Object value) {
            if (!(value instanceof LexObject object)) {
                return new Unknown((LexAny) value);
            }
            return switch (object.type().name()) {
                case "com.example.board.card#poll" -> new Poll((Card.Poll) object);
                default -> new Unknown(LexAny.of(object));
            };
        }

        /**
         * Wraps each of a list.
         *
         * @param values objects as for {@link #of}
         * @return the variants
         */
        static List<Part> listOf(List<?> values) {
            List<Part> variants = new ArrayList<>(values.size());
            for (Object value : values) {
                variants.add(of(value));
            }
            return List.copyOf(variants);
        }

        /**
         * The variant {@link Card.Poll}.
         *
         * @param value what it is
         */
        record Poll(Card.Poll value) implements Part {
            @Override
            public boolean equals(@Nullable Object other) {
                return other instanceof Poll that && value.equals(that.value);
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
        record Unknown(LexAny value) implements Part {
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

    /** The variants of {@code state}. */
    public sealed interface State extends LexUnion permits State.Poll, State.Unknown {

        /**
         * Wraps a variant.
         *
         * @param value an object of any type, perhaps a {@link LexAny}
         * @return the variant
         * @throws ClassCastException if it is neither
         */
        static State of(Object value) {
            if (!(value instanceof LexObject object)) {
                return new Unknown((LexAny) value);
            }
            return switch (object.type().name()) {
                case "com.example.board.card#poll" -> new Poll((Card.Poll) object);
                default -> new Unknown(LexAny.of(object));
            };
        }

        /**
         * The variant {@link Card.Poll}.
         *
         * @param value what it is
         */
        record Poll(Card.Poll value) implements State {
            @Override
            public boolean equals(@Nullable Object other) {
                return other instanceof Poll that && value.equals(that.value);
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
         * A variant that the lexicon does not allow.
         *
         * @param value what it is
         */
        record Unknown(LexAny value) implements State {
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

    /** The variants of {@code content}. */
    public sealed interface Content
            extends LexUnion
            permits Content.Picture, Content.Poll, Content.CardCard, Content.Unknown, Later {

        /**
         * Wraps a variant.
         *
         * @param value an object of any type, perhaps a {@link LexAny}
         * @return the variant
         * @throws ClassCastException if it is neither
         */
        static Content of(Object value) {
            if (!(value instanceof LexObject object)) {
                return new Unknown((LexAny) value);
            }
            return switch (object.type().name()) {
                case "com.example.board.defs#picture" -> new Picture((com.example.lex.com.example.board.Picture) object);
                case "com.example.board.card#poll" -> new Poll((Card.Poll) object);
                case "com.example.board.card" -> new CardCard((Card) object);
                default -> new Unknown(LexAny.of(object));
            };
        }

        /**
         * The variant {@link com.example.lex.com.example.board.Picture}.
         *
         * @param value what it is
         */
        record Picture(com.example.lex.com.example.board.Picture value) implements Content {
            @Override
            public boolean equals(@Nullable Object other) {
                return other instanceof Picture that && value.equals(that.value);
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
         * The variant {@link Card.Poll}.
         *
         * @param value what it is
         */
        record Poll(Card.Poll value) implements Content {
            @Override
            public boolean equals(@Nullable Object other) {
                return other instanceof Poll that && value.equals(that.value);
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
         * The variant {@link Card}.
         *
         * @param value what it is
         */
        record CardCard(Card value) implements Content {
            @Override
            public boolean equals(@Nullable Object other) {
                return other instanceof CardCard that && value.equals(that.value);
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
        record Unknown(LexAny value) implements Content {
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

    /** The variants of {@code anything}. */
    public sealed interface Anything extends LexUnion permits Anything.Unknown, Later {

        /**
         * Wraps a variant.
         *
         * @param value an object of any type, perhaps a {@link LexAny}
         * @return the variant
         * @throws ClassCastException if it is neither
         */
        static Anything of(Object value) {
            if (!(value instanceof LexObject object)) {
                return new Unknown((LexAny) value);
            }
            return new Unknown(LexAny.of(object));
        }

        /**
         * A variant that is newer than this class.
         *
         * @param value what it is
         */
        record Unknown(LexAny value) implements Anything {
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
    private static final class Later implements Part, Content, Anything {
        @Override
        public Object value() {
            return this;
        }
    }

    /** Builds {@link Card}. Confined to one thread. */
    public static final class Builder extends LexObject.Builder<Card, Builder> {

        private Builder(Card origin) {
            super(origin);
        }

        /**
         * Sets {@code parts}.
         *
         * @param parts the items, which are copied, or null to leave it out
         * @return this builder
         */
        public Builder parts(@Nullable Iterable<? extends Part> parts) {
            return setList(0, parts);
        }

        /**
         * Adds one to the list.
         *
         * @param part the item
         * @return this builder
         */
        public Builder addPart(Part part) {
            return add(0, part);
        }

        /**
         * Adds one to the list.
         *
         * @param part the item
         * @return this builder
         */
        public Builder addPart(Poll part) {
            return add(0, part);
        }

        /**
         * Sets {@code state}.
         *
         * @param state the value, or null to leave it out
         * @return this builder
         */
        public Builder state(@Nullable State state) {
            return set(1, state);
        }

        /**
         * Sets {@code state}.
         *
         * @param state the value
         * @return this builder
         */
        public Builder state(Poll state) {
            return set(1, state);
        }

        /**
         * Sets {@code content}.
         *
         * @param content the value
         * @return this builder
         */
        public Builder content(Content content) {
            return set(2, content);
        }

        /**
         * Sets {@code content}.
         *
         * @param content the value
         * @return this builder
         */
        public Builder content(Picture content) {
            return set(2, content);
        }

        /**
         * Sets {@code content}.
         *
         * @param content the value
         * @return this builder
         */
        public Builder content(Poll content) {
            return set(2, content);
        }

        /**
         * Sets {@code content}.
         *
         * @param content the value
         * @return this builder
         */
        public Builder content(Card content) {
            return set(2, content);
        }

        /**
         * Sets {@code anything}.
         *
         * @param anything the value, or null to leave it out
         * @return this builder
         */
        public Builder anything(@Nullable Anything anything) {
            return set(3, anything);
        }
    }

    /** The object {@code com.example.board.card}. */
    public static final class Poll extends LexObject {

        /** The type {@code com.example.board.card#poll}. */
        public static final ObjectType<Poll> TYPE = new ObjectType<>(
                "com.example.board.card#poll",
                new Poll(Values.NONE),
                Field.of("question", Field.Kind.STRING));

        private Poll(Values values) {
            super(values);
        }

        /** {@return an empty builder} */
        public static Builder builder() {
            return new Builder(new Poll(Values.NONE));
        }

        /** {@return {@code question}; null if it is absent} */
        public @Nullable String question() {
            return find(0, String.class);
        }

        /** {@return a builder that holds what this object holds} */
        public Builder toBuilder() {
            return new Builder(this);
        }

        @Override
        public ObjectType<Poll> type() {
            return TYPE;
        }

        @Override
        protected Poll create(Values values) {
            return new Poll(values);
        }

        @Override
        protected Builder newBuilder() {
            return toBuilder();
        }

        /** Builds {@link Poll}. Confined to one thread. */
        public static final class Builder extends LexObject.Builder<Poll, Builder> {

            private Builder(Poll origin) {
                super(origin);
            }

            /**
             * Sets {@code question}.
             *
             * @param question the value, or null to leave it out
             * @return this builder
             */
            public Builder question(@Nullable String question) {
                return set(0, question);
            }
        }
    }
}
