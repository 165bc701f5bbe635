// Generated from com.example.unspecced.defs by atp4j. Changes are lost.
package com.example.lex.com.example.unspecced;

import dev.atp4j.lex.Field;
import dev.atp4j.lex.Generated;
import dev.atp4j.lex.LexObject;
import dev.atp4j.lex.ObjectType;
import dev.atp4j.lex.Values;
import org.jspecify.annotations.Nullable;

/**
 * The object {@code com.example.unspecced.defs}.
 *
 * <p>Experimental: the lexicon may change in any way at any time.
 */
@Generated("com.example.unspecced.defs")
@SuppressWarnings("deprecation")
public final class Thing extends LexObject {

    /** The type {@code com.example.unspecced.defs#thing}. */
    public static final ObjectType<Thing> TYPE = new ObjectType<>(
            "com.example.unspecced.defs#thing",
            new Thing(Values.NONE),
            Field.of("a", Field.Kind.STRING),
            Field.of("b", Field.Kind.INTEGER),
            Field.of("old", Field.Kind.OBJECT));

    private Thing(Values values) {
        super(values);
    }

    /** {@return an empty builder} */
    public static Builder builder() {
        return new Builder(new Thing(Values.NONE));
    }

    /**
     * Ends the comment *&#47; and &#123;&#64;code starts&#125; &lt;another&gt; &amp; &#92;u0041.
     *
     * @return {@code a}; null if it is absent
     */
    public @Nullable String a() {
        return find(0, String.class);
    }

    /**
     * DEPRECATED: use a.
     *
     * @return {@code b}; null if it is absent
     * @deprecated by its lexicon
     */
    @Deprecated
    public @Nullable Long b() {
        return find(1, Long.class);
    }

    /** {@return {@code old}; null if it is absent} */
    public @Nullable Old old() {
        return find(2, Old.class);
    }

    /** {@return a builder that holds what this object holds} */
    public Builder toBuilder() {
        return new Builder(this);
    }

    @Override
    public ObjectType<Thing> type() {
        return TYPE;
    }

    @Override
    protected Thing create(Values values) {
        return new Thing(values);
    }

    @Override
    protected Builder newBuilder() {
        return toBuilder();
    }

    @Override
    protected ObjectType<?> typeOf(int slot, int variant) {
        return switch (slot) {
            case 2 -> Old.TYPE;
            default -> super.typeOf(slot, variant);
        };
    }

    /** Builds {@link Thing}. Confined to one thread. */
    public static final class Builder extends LexObject.Builder<Thing, Builder> {

        private Builder(Thing origin) {
            super(origin);
        }

        /**
         * Sets {@code a}.
         *
         * @param a the value, or null to leave it out
         * @return this builder
         */
        public Builder a(@Nullable String a) {
            return set(0, a);
        }

        /**
         * Sets {@code b}.
         *
         * @param b the value
         * @return this builder
         */
        @Deprecated
        public Builder b(long b) {
            return set(1, b);
        }

        /**
         * Sets {@code old}.
         *
         * @param old the value, or null to leave it out
         * @return this builder
         */
        public Builder old(@Nullable Old old) {
            return set(2, old);
        }
    }
}
