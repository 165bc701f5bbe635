// Generated from com.example.notes.listNotes by atp4j. Changes are lost.
package com.example.lex.com.example.notes;

import dev.atp4j.lex.Field;
import dev.atp4j.lex.Generated;
import dev.atp4j.lex.LexAny;
import dev.atp4j.lex.LexObject;
import dev.atp4j.lex.ObjectType;
import dev.atp4j.lex.PagedQuery;
import dev.atp4j.lex.Values;
import dev.atp4j.syntax.AtIdentifier;
import dev.atp4j.syntax.AtUri;
import dev.atp4j.syntax.SyntaxException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lists notes.
 *
 * <p>The query {@code com.example.notes.listNotes}.
 */
@Generated("com.example.notes.listNotes")
@SuppressWarnings("AvoidCommonTypeNames")
public final class ListNotes
        extends PagedQuery<ListNotes.Params, ListNotes.Params.Builder, ListNotes.Output, ListNotes.View> {

    /** The query. */
    public static final ListNotes QUERY = new ListNotes();

    private ListNotes() {
        super("com.example.notes.listNotes");
    }

    @Override
    public ObjectType<Params> params() {
        return Params.TYPE;
    }

    @Override
    public ObjectType<Output> output() {
        return Output.TYPE;
    }

    @Override
    public List<View> items(Output page) {
        return page.notes();
    }

    @Override
    public @Nullable String cursor(Output page) {
        return page.cursor();
    }

    /** The parameters. */
    public static final class Params extends LexObject {

        /** The type {@code com.example.notes.listNotes#params}. */
        public static final ObjectType<Params> TYPE = new ObjectType<>(
                "com.example.notes.listNotes#params",
                new Params(Values.NONE),
                Field.of("tags", Field.Kind.STRING).list(),
                Field.of("limit", Field.Kind.INTEGER),
                Field.of("author", Field.Kind.STRING).required(),
                Field.of("cursor", Field.Kind.STRING),
                Field.of("reverse", Field.Kind.BOOLEAN));

        private Params(Values values) {
            super(values);
        }

        /** {@return an empty builder} */
        public static Builder builder() {
            return new Builder(new Params(Values.NONE));
        }

        /** {@return {@code tags}; empty if it is absent} */
        public List<String> tags() {
            return list(0, String.class);
        }

        /** {@return whether {@code tags} is there} */
        public boolean hasTags() {
            return has(0);
        }

        /** {@return {@code limit}, 1 to 100, by default {@code 50}; null if it is absent} */
        public @Nullable Long limit() {
            return find(1, Long.class);
        }

        /** {@return {@link #limit()}, or {@code 50} if there is none} */
        public long limitOrDefault() {
            Long value = limit();
            return value == null ? 50 : value;
        }

        /**
         * {@return {@code author}}
         *
         * @throws SyntaxException if the server sent something else; see {@link #authorText()}
         */
        public AtIdentifier author() {
            return AtIdentifier.parse(authorText());
        }

        /** {@return {@link #author()} as it was written} */
        public String authorText() {
            return get(2, String.class);
        }

        /** {@return {@code cursor}; null if it is absent} */
        public @Nullable String cursor() {
            return find(3, String.class);
        }

        /** {@return {@code reverse}; null if it is absent} */
        public @Nullable Boolean reverse() {
            return find(4, Boolean.class);
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
             * Sets {@code tags}.
             *
             * @param tags the items, which are copied, or null to leave it out
             * @return this builder
             */
            public Builder tags(@Nullable Iterable<String> tags) {
                return setList(0, tags);
            }

            /**
             * Adds one to the list.
             *
             * @param tag the item
             * @return this builder
             */
            public Builder addTag(String tag) {
                return add(0, tag);
            }

            /**
             * Sets {@code limit}, 1 to 100, by default {@code 50}.
             *
             * @param limit the value
             * @return this builder
             */
            public Builder limit(long limit) {
                return set(1, limit);
            }

            /**
             * Sets {@code author}.
             *
             * @param author the value
             * @return this builder
             */
            public Builder author(AtIdentifier author) {
                return set(2, author);
            }

            /**
             * Sets {@code author}.
             *
             * @param author the value
             * @return this builder
             * @throws SyntaxException if it is none
             */
            public Builder author(String author) {
                return set(2, AtIdentifier.parse(author));
            }

            /**
             * Sets {@code cursor}.
             *
             * @param cursor the value, or null to leave it out
             * @return this builder
             */
            public Builder cursor(@Nullable String cursor) {
                return set(3, cursor);
            }

            /**
             * Sets {@code reverse}.
             *
             * @param reverse the value
             * @return this builder
             */
            public Builder reverse(boolean reverse) {
                return set(4, reverse);
            }
        }
    }

    /** The output. */
    public static final class Output extends LexObject {

        /** The type {@code com.example.notes.listNotes#output}. */
        public static final ObjectType<Output> TYPE = new ObjectType<>(
                "com.example.notes.listNotes#output",
                new Output(Values.NONE),
                Field.of("notes", Field.Kind.OBJECT).list().required(),
                Field.of("cursor", Field.Kind.STRING));

        private Output(Values values) {
            super(values);
        }

        /** {@return {@code notes}} */
        public List<View> notes() {
            return list(0, View.class);
        }

        /** {@return {@code cursor}; null if it is absent} */
        public @Nullable String cursor() {
            return find(1, String.class);
        }

        @Override
        public ObjectType<Output> type() {
            return TYPE;
        }

        @Override
        protected Output create(Values values) {
            return new Output(values);
        }

        @Override
        protected ObjectType<?> typeOf(int slot, int variant) {
            return switch (slot) {
                case 0 -> View.TYPE;
                default -> super.typeOf(slot, variant);
            };
        }
    }

    /** The errors that the lexicon declares; servers answer others as well. */
    public static final class Error {

        /** There is no such account. */
        public static final String AUTHOR_NOT_FOUND = "AuthorNotFound";

        /** {@code Blocked}. */
        public static final String BLOCKED = "Blocked";

        private Error() {}
    }

    /** The object {@code com.example.notes.listNotes}. */
    public static final class View extends LexObject {

        /** The type {@code com.example.notes.listNotes#view}. */
        public static final ObjectType<View> TYPE = new ObjectType<>(
                "com.example.notes.listNotes#view",
                new View(Values.NONE),
                Field.of("uri", Field.Kind.STRING).required(),
                Field.of("value", Field.Kind.UNKNOWN));

        private View(Values values) {
            super(values);
        }

        /**
         * {@return {@code uri}}
         *
         * @throws SyntaxException if the server sent something else; see {@link #uriText()}
         */
        public AtUri uri() {
            return AtUri.parse(uriText());
        }

        /** {@return {@link #uri()} as it was written} */
        public String uriText() {
            return get(0, String.class);
        }

        /** {@return {@code value}; null if it is absent} */
        public @Nullable LexAny value() {
            return find(1, LexAny.class);
        }

        @Override
        public ObjectType<View> type() {
            return TYPE;
        }

        @Override
        protected View create(Values values) {
            return new View(values);
        }
    }
}
