// Generated from com.example.store.put by atp4j. Changes are lost.
package com.example.lex.com.example.store;

import dev.atp4j.lex.Field;
import dev.atp4j.lex.Generated;
import dev.atp4j.lex.LexObject;
import dev.atp4j.lex.ObjectType;
import dev.atp4j.lex.Procedure;
import dev.atp4j.lex.Values;
import dev.atp4j.syntax.Cid;
import dev.atp4j.syntax.RecordKey;
import dev.atp4j.syntax.SyntaxException;
import org.jspecify.annotations.Nullable;

/** The procedure {@code com.example.store.put}. */
@Generated("com.example.store.put")
public final class Put extends Procedure<Put.Input, Put.Input.Builder, Void> {

    /** The procedure. */
    public static final Put PROCEDURE = new Put();

    private Put() {
        super("com.example.store.put", null);
    }

    @Override
    public ObjectType<Input> input() {
        return Input.TYPE;
    }

    @Override
    public @Nullable ObjectType<?> output() {
        return null;
    }

    /** The input. */
    public static final class Input extends LexObject {

        /** The type {@code com.example.store.put#input}. */
        public static final ObjectType<Input> TYPE = new ObjectType<>(
                "com.example.store.put#input",
                new Input(Values.NONE),
                Field.of("key", Field.Kind.STRING).required(),
                Field.of("seq", Field.Kind.INTEGER).required().nullable(),
                Field.of("flag", Field.Kind.BOOLEAN).nullable(),
                Field.of("swap", Field.Kind.STRING).nullable(),
                Field.of("always", Field.Kind.BOOLEAN));

        private Input(Values values) {
            super(values);
        }

        /** {@return an empty builder} */
        public static Builder builder() {
            return new Builder(new Input(Values.NONE));
        }

        /**
         * {@return {@code key}}
         *
         * @throws SyntaxException if the server sent something else; see {@link #keyText()}
         */
        public RecordKey key() {
            return RecordKey.parse(keyText());
        }

        /** {@return {@link #key()} as it was written} */
        public String keyText() {
            return get(0, String.class);
        }

        /** {@return {@code seq}; null if it is null or absent} */
        public @Nullable Long seq() {
            return find(1, Long.class);
        }

        /** {@return whether {@code seq} is there, be it as null} */
        public boolean hasSeq() {
            return has(1);
        }

        /** {@return {@code flag}; null if it is null or absent} */
        public @Nullable Boolean flag() {
            return find(2, Boolean.class);
        }

        /** {@return whether {@code flag} is there, be it as null} */
        public boolean hasFlag() {
            return has(2);
        }

        /**
         * {@return {@code swap}; null if it is null or absent}
         *
         * @throws SyntaxException if the server sent something else; see {@link #swapText()}
         */
        public @Nullable Cid swap() {
            String text = swapText();
            return text == null ? null : Cid.parse(text);
        }

        /** {@return {@link #swap()} as it was written, or null} */
        public @Nullable String swapText() {
            return find(3, String.class);
        }

        /** {@return whether {@code swap} is there, be it as null} */
        public boolean hasSwap() {
            return has(3);
        }

        /** {@return {@code always}, always {@code true}; null if it is absent} */
        public @Nullable Boolean always() {
            return find(4, Boolean.class);
        }

        /** {@return a builder that holds what this object holds} */
        public Builder toBuilder() {
            return new Builder(this);
        }

        @Override
        public ObjectType<Input> type() {
            return TYPE;
        }

        @Override
        protected Input create(Values values) {
            return new Input(values);
        }

        @Override
        protected Builder newBuilder() {
            return toBuilder();
        }

        /** Builds {@link Input}. Confined to one thread. */
        public static final class Builder extends LexObject.Builder<Input, Builder> {

            private Builder(Input origin) {
                super(origin);
            }

            /**
             * Sets {@code key}.
             *
             * @param key the value
             * @return this builder
             */
            public Builder key(RecordKey key) {
                return set(0, key);
            }

            /**
             * Sets {@code key}.
             *
             * @param key the value
             * @return this builder
             * @throws SyntaxException if it is none
             */
            public Builder key(String key) {
                return set(0, RecordKey.parse(key));
            }

            /**
             * Sets {@code seq}.
             *
             * @param seq the value
             * @return this builder
             */
            public Builder seq(long seq) {
                return set(1, seq);
            }

            /**
             * Sets {@code seq}.
             *
             * @param seq the value, or null for a null that is sent
             * @return this builder
             */
            public Builder seq(@Nullable Long seq) {
                return seq == null ? setNull(1) : set(1, seq);
            }

            /**
             * Sets {@code seq} to a null that is sent.
             *
             * @return this builder
             */
            public Builder seqNull() {
                return setNull(1);
            }

            /**
             * Sets {@code flag}.
             *
             * @param flag the value
             * @return this builder
             */
            public Builder flag(boolean flag) {
                return set(2, flag);
            }

            /**
             * Sets {@code flag}.
             *
             * @param flag the value, or null for a null that is sent
             * @return this builder
             */
            public Builder flag(@Nullable Boolean flag) {
                return flag == null ? setNull(2) : set(2, flag);
            }

            /**
             * Sets {@code flag} to a null that is sent.
             *
             * @return this builder
             */
            public Builder flagNull() {
                return setNull(2);
            }

            /**
             * Sets {@code swap}.
             *
             * @param swap the value, or null for a null that is sent
             * @return this builder
             */
            public Builder swap(@Nullable Cid swap) {
                return swap == null ? setNull(3) : set(3, swap);
            }

            /**
             * Sets {@code swap}.
             *
             * @param swap the value
             * @return this builder
             * @throws SyntaxException if it is none
             */
            public Builder swap(String swap) {
                return set(3, Cid.parse(swap));
            }

            /**
             * Sets {@code swap} to a null that is sent.
             *
             * @return this builder
             */
            public Builder swapNull() {
                return setNull(3);
            }

            /**
             * Sets {@code always}, always {@code true}.
             *
             * @param always the value
             * @return this builder
             */
            public Builder always(boolean always) {
                return set(4, always);
            }
        }
    }
}
