// Generated from com.example.board.defs by atp4j. Changes are lost.
package com.example.lex.com.example.board;

import dev.atp4j.lex.Field;
import dev.atp4j.lex.Generated;
import dev.atp4j.lex.LexObject;
import dev.atp4j.lex.ObjectType;
import dev.atp4j.lex.Values;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The object {@code com.example.board.defs}. */
@Generated("com.example.board.defs")
public final class Tray extends LexObject {

    /** The type {@code com.example.board.defs#tray}. */
    public static final ObjectType<Tray> TYPE = new ObjectType<>(
            "com.example.board.defs#tray",
            new Tray(Values.NONE),
            Field.union("stack",
                    "com.example.board.defs#picture",
                    "com.example.board.card#poll").list());

    private Tray(Values values) {
        super(values);
    }

    /** {@return an empty builder} */
    public static Builder builder() {
        return new Builder(new Tray(Values.NONE));
    }

    /** {@return {@code stack}; empty if it is absent} */
    public List<Stack.Item> stack() {
        return Stack.Item.listOf(list(0, Object.class));
    }

    /** {@return whether {@code stack} is there} */
    public boolean hasStack() {
        return has(0);
    }

    /** {@return a builder that holds what this object holds} */
    public Builder toBuilder() {
        return new Builder(this);
    }

    @Override
    public ObjectType<Tray> type() {
        return TYPE;
    }

    @Override
    protected Tray create(Values values) {
        return new Tray(values);
    }

    @Override
    protected Builder newBuilder() {
        return toBuilder();
    }

    @Override
    protected ObjectType<?> typeOf(int slot, int variant) {
        return switch (slot) {
            case 0 -> switch (variant) {
                case 0 -> Picture.TYPE;
                case 1 -> Card.Poll.TYPE;
                default -> super.typeOf(slot, variant);
            };
            default -> super.typeOf(slot, variant);
        };
    }

    /** Builds {@link Tray}. Confined to one thread. */
    public static final class Builder extends LexObject.Builder<Tray, Builder> {

        private Builder(Tray origin) {
            super(origin);
        }

        /**
         * Sets {@code stack}.
         *
         * @param stack the items, which are copied, or null to leave it out
         * @return this builder
         */
        public Builder stack(@Nullable Iterable<? extends Stack.Item> stack) {
            return setList(0, stack);
        }

        /**
         * Adds one to the list.
         *
         * @param stack the item
         * @return this builder
         */
        public Builder addStack(Stack.Item stack) {
            return add(0, stack);
        }

        /**
         * Adds one to the list.
         *
         * @param stack the item
         * @return this builder
         */
        public Builder addStack(Picture stack) {
            return add(0, stack);
        }

        /**
         * Adds one to the list.
         *
         * @param stack the item
         * @return this builder
         */
        public Builder addStack(Card.Poll stack) {
            return add(0, stack);
        }
    }
}
