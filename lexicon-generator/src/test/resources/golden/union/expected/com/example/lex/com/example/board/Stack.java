// Generated from com.example.board.defs by atp4j. Changes are lost.
package com.example.lex.com.example.board;

import dev.atp4j.lex.Generated;
import dev.atp4j.lex.LexAny;
import dev.atp4j.lex.LexObject;
import dev.atp4j.lex.LexUnion;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands in {@code com.example.board.defs}. */
@Generated("com.example.board.defs")
@SuppressWarnings("SameNameButDifferent")
public final class Stack {

    private Stack() {}

    /** The variants of {@code com.example.board.defs#stack}. */
    public sealed interface Item extends LexUnion permits Item.Picture, Item.CardPoll, Item.Unknown, Later {

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
                case "com.example.board.defs#picture" -> new Picture((com.example.lex.com.example.board.Picture) object);
                case "com.example.board.card#poll" -> new CardPoll((Card.Poll) object);
                default -> new Unknown(LexAny.of(object));
            };
        }

        /**
         * Wraps each of a list.
         *
         * @param values objects as for {@link #of}
         * @return the variants
         */
        static List<Item> listOf(List<?> values) {
            List<Item> variants = new ArrayList<>(values.size());
            for (Object value : values) {
                variants.add(of(value));
            }
            return List.copyOf(variants);
        }

        /**
         * The variant {@link com.example.lex.com.example.board.Picture}.
         *
         * @param value what it is
         */
        record Picture(com.example.lex.com.example.board.Picture value) implements Item {
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
        record CardPoll(Card.Poll value) implements Item {
            @Override
            public boolean equals(@Nullable Object other) {
                return other instanceof CardPoll that && value.equals(that.value);
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
}
