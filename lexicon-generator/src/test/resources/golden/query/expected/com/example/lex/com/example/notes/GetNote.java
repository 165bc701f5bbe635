// Generated from com.example.notes.getNote by atp4j. Changes are lost.
package com.example.lex.com.example.notes;

import dev.atp4j.lex.Field;
import dev.atp4j.lex.Generated;
import dev.atp4j.lex.LexObject;
import dev.atp4j.lex.ObjectType;
import dev.atp4j.lex.Query;
import dev.atp4j.lex.Values;
import dev.atp4j.syntax.AtUri;
import dev.atp4j.syntax.SyntaxException;
import org.jspecify.annotations.Nullable;

/** The query {@code com.example.notes.getNote}. */
@Generated("com.example.notes.getNote")
public final class GetNote extends Query<GetNote.Params, GetNote.Params.Builder, ListNotes.View> {

    /** The query. */
    public static final GetNote QUERY = new GetNote();

    private GetNote() {
        super("com.example.notes.getNote", "application/json");
    }

    @Override
    public ObjectType<Params> params() {
        return Params.TYPE;
    }

    @Override
    public ObjectType<ListNotes.View> output() {
        return ListNotes.View.TYPE;
    }

    /** The parameters. */
    public static final class Params extends LexObject {

        /** The type {@code com.example.notes.getNote#params}. */
        public static final ObjectType<Params> TYPE = new ObjectType<>(
                "com.example.notes.getNote#params",
                new Params(Values.NONE),
                Field.of("uri", Field.Kind.STRING));

        private Params(Values values) {
            super(values);
        }

        /** {@return an empty builder} */
        public static Builder builder() {
            return new Builder(new Params(Values.NONE));
        }

        /**
         * {@return {@code uri}; null if it is absent}
         *
         * @throws SyntaxException if the server sent something else; see {@link #uriText()}
         */
        public @Nullable AtUri uri() {
            String text = uriText();
            return text == null ? null : AtUri.parse(text);
        }

        /** {@return {@link #uri()} as it was written, or null} */
        public @Nullable String uriText() {
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
             * Sets {@code uri}.
             *
             * @param uri the value, or null to leave it out
             * @return this builder
             */
            public Builder uri(@Nullable AtUri uri) {
                return set(0, uri);
            }

            /**
             * Sets {@code uri}.
             *
             * @param uri the value
             * @return this builder
             * @throws SyntaxException if it is none
             */
            public Builder uri(String uri) {
                return set(0, AtUri.parse(uri));
            }
        }
    }
}
