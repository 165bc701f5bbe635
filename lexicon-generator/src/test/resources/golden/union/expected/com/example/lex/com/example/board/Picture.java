// Generated from com.example.board.defs by atp4j. Changes are lost.
package com.example.lex.com.example.board;

import dev.atp4j.lex.Field;
import dev.atp4j.lex.Generated;
import dev.atp4j.lex.LexObject;
import dev.atp4j.lex.ObjectType;
import dev.atp4j.lex.Values;
import org.jspecify.annotations.Nullable;

/** The object {@code com.example.board.defs}. */
@Generated("com.example.board.defs")
public final class Picture extends LexObject {

    /** The type {@code com.example.board.defs#picture}. */
    public static final ObjectType<Picture> TYPE = new ObjectType<>(
            "com.example.board.defs#picture",
            new Picture(Values.NONE),
            Field.of("alt", Field.Kind.STRING));

    private Picture(Values values) {
        super(values);
    }

    /** {@return an empty builder} */
    public static Builder builder() {
        return new Builder(new Picture(Values.NONE));
    }

    /** {@return {@code alt}; null if it is absent} */
    public @Nullable String alt() {
        return find(0, String.class);
    }

    /** {@return a builder that holds what this object holds} */
    public Builder toBuilder() {
        return new Builder(this);
    }

    @Override
    public ObjectType<Picture> type() {
        return TYPE;
    }

    @Override
    protected Picture create(Values values) {
        return new Picture(values);
    }

    @Override
    protected Builder newBuilder() {
        return toBuilder();
    }

    /** Builds {@link Picture}. Confined to one thread. */
    public static final class Builder extends LexObject.Builder<Picture, Builder> {

        private Builder(Picture origin) {
            super(origin);
        }

        /**
         * Sets {@code alt}.
         *
         * @param alt the value, or null to leave it out
         * @return this builder
         */
        public Builder alt(@Nullable String alt) {
            return set(0, alt);
        }
    }
}
