// Generated from com.example.account.signIn by atp4j. Changes are lost.
package com.example.lex.com.example.account;

import dev.atp4j.lex.Field;
import dev.atp4j.lex.Generated;
import dev.atp4j.lex.LexObject;
import dev.atp4j.lex.ObjectType;
import dev.atp4j.lex.Procedure;
import dev.atp4j.lex.Values;
import dev.atp4j.syntax.Did;
import dev.atp4j.syntax.SyntaxException;

/** The procedure {@code com.example.account.signIn}. */
@Generated("com.example.account.signIn")
@SuppressWarnings("AvoidCommonTypeNames")
public final class SignIn extends Procedure<SignIn.Input, SignIn.Input.Builder, SignIn.Output> {

    /** The procedure. */
    public static final SignIn PROCEDURE = new SignIn();

    private SignIn() {
        super("com.example.account.signIn", "application/json");
    }

    @Override
    public ObjectType<Input> input() {
        return Input.TYPE;
    }

    @Override
    public ObjectType<Output> output() {
        return Output.TYPE;
    }

    /** The input. */
    public static final class Input extends LexObject {

        /** The type {@code com.example.account.signIn#input}. */
        public static final ObjectType<Input> TYPE = new ObjectType<>(
                "com.example.account.signIn#input",
                new Input(Values.NONE),
                Field.of("password", Field.Kind.STRING).required().secret(),
                Field.of("identifier", Field.Kind.STRING).required());

        private Input(Values values) {
            super(values);
        }

        /** {@return an empty builder} */
        public static Builder builder() {
            return new Builder(new Input(Values.NONE));
        }

        /** {@return {@code password}} */
        public String password() {
            return get(0, String.class);
        }

        /** {@return {@code identifier}} */
        public String identifier() {
            return get(1, String.class);
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
             * Sets {@code password}.
             *
             * @param password the value
             * @return this builder
             */
            public Builder password(String password) {
                return set(0, password);
            }

            /**
             * Sets {@code identifier}.
             *
             * @param identifier the value
             * @return this builder
             */
            public Builder identifier(String identifier) {
                return set(1, identifier);
            }
        }
    }

    /** The output. */
    public static final class Output extends LexObject {

        /** The type {@code com.example.account.signIn#output}. */
        public static final ObjectType<Output> TYPE = new ObjectType<>(
                "com.example.account.signIn#output",
                new Output(Values.NONE),
                Field.of("did", Field.Kind.STRING).required(),
                Field.of("accessJwt", Field.Kind.STRING).required().secret());

        private Output(Values values) {
            super(values);
        }

        /**
         * {@return {@code did}}
         *
         * @throws SyntaxException if the server sent something else; see {@link #didText()}
         */
        public Did did() {
            return Did.parse(didText());
        }

        /** {@return {@link #did()} as it was written} */
        public String didText() {
            return get(0, String.class);
        }

        /** {@return {@code accessJwt}} */
        public String accessJwt() {
            return get(1, String.class);
        }

        @Override
        public ObjectType<Output> type() {
            return TYPE;
        }

        @Override
        protected Output create(Values values) {
            return new Output(values);
        }
    }

    /** The errors that the lexicon declares; servers answer others as well. */
    public static final class Error {

        /** {@code RateLimited}. */
        public static final String RATE_LIMITED = "RateLimited";

        private Error() {}
    }
}
