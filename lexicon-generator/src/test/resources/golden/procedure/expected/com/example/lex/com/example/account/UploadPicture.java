// Generated from com.example.account.uploadPicture by atp4j. Changes are lost.
package com.example.lex.com.example.account;

import dev.atp4j.data.BlobRef;
import dev.atp4j.lex.Field;
import dev.atp4j.lex.Generated;
import dev.atp4j.lex.LexObject;
import dev.atp4j.lex.ObjectType;
import dev.atp4j.lex.Upload;
import dev.atp4j.lex.Values;
import org.jspecify.annotations.Nullable;

/** The procedure {@code com.example.account.uploadPicture}. */
@Generated("com.example.account.uploadPicture")
public final class UploadPicture
        extends Upload<UploadPicture.Params, UploadPicture.Params.Builder, UploadPicture.Output> {

    /** The upload. */
    public static final UploadPicture UPLOAD = new UploadPicture();

    private UploadPicture() {
        super("com.example.account.uploadPicture", "image/*", "application/json");
    }

    @Override
    public ObjectType<Params> params() {
        return Params.TYPE;
    }

    @Override
    public ObjectType<Output> output() {
        return Output.TYPE;
    }

    /** The parameters. */
    public static final class Params extends LexObject {

        /** The type {@code com.example.account.uploadPicture#params}. */
        public static final ObjectType<Params> TYPE = new ObjectType<>(
                "com.example.account.uploadPicture#params",
                new Params(Values.NONE),
                Field.of("name", Field.Kind.STRING));

        private Params(Values values) {
            super(values);
        }

        /** {@return an empty builder} */
        public static Builder builder() {
            return new Builder(new Params(Values.NONE));
        }

        /** {@return {@code name}; null if it is absent} */
        public @Nullable String name() {
            return find(0, String.class);
        }

        /** {@return a builder that holds what this object holds} */
        public Builder toBuilder() {
            return new Builder(this);
        }

        @Override
        public ObjectType<Params> type() {
            return TYPE;
        }

        @Override
        protected Params create(Values values) {
            return new Params(values);
        }

        @Override
        protected Builder newBuilder() {
            return toBuilder();
        }

        /** Builds {@link Params}. Confined to one thread. */
        public static final class Builder extends LexObject.Builder<Params, Builder> {

            private Builder(Params origin) {
                super(origin);
            }

            /**
             * Sets {@code name}.
             *
             * @param name the value, or null to leave it out
             * @return this builder
             */
            public Builder name(@Nullable String name) {
                return set(0, name);
            }
        }
    }

    /** The output. */
    public static final class Output extends LexObject {

        /** The type {@code com.example.account.uploadPicture#output}. */
        public static final ObjectType<Output> TYPE = new ObjectType<>(
                "com.example.account.uploadPicture#output",
                new Output(Values.NONE),
                Field.of("blob", Field.Kind.BLOB).required());

        private Output(Values values) {
            super(values);
        }

        /** {@return {@code blob}} */
        public BlobRef blob() {
            return get(0, BlobRef.class);
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
}
