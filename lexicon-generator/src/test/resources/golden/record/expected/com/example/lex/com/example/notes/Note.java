// Generated from com.example.notes.note by atp4j. Changes are lost.
package com.example.lex.com.example.notes;

import dev.atp4j.data.BlobRef;
import dev.atp4j.data.LexBytes;
import dev.atp4j.lex.Field;
import dev.atp4j.lex.Generated;
import dev.atp4j.lex.LexAny;
import dev.atp4j.lex.LexObject;
import dev.atp4j.lex.ObjectType;
import dev.atp4j.lex.RecordType;
import dev.atp4j.lex.Values;
import dev.atp4j.syntax.AtIdentifier;
import dev.atp4j.syntax.AtUri;
import dev.atp4j.syntax.Cid;
import dev.atp4j.syntax.Datetime;
import dev.atp4j.syntax.Language;
import dev.atp4j.syntax.SyntaxException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A note.
 *
 * <p>The record {@code com.example.notes.note}.
 */
@Generated("com.example.notes.note")
public final class Note extends LexObject {

    /** The type {@code com.example.notes.note}. */
    public static final RecordType<Note> TYPE = new RecordType<>(
            "com.example.notes.note",
            "tid",
            new Note(Values.NONE),
            Field.of("tags", Field.Kind.STRING).list(),
            Field.of("text", Field.Kind.STRING).required(),
            Field.of("langs", Field.Kind.STRING).list(),
            Field.of("pinned", Field.Kind.BOOLEAN),
            Field.of("rating", Field.Kind.INTEGER),
            Field.of("scores", Field.Kind.INTEGER).list(),
            Field.of("source", Field.Kind.OBJECT),
            Field.of("context", Field.Kind.UNKNOWN),
            Field.of("checksum", Field.Kind.BYTES),
            Field.of("previous", Field.Kind.LINK),
            Field.of("createdAt", Field.Kind.STRING).required(),
            Field.of("attachment", Field.Kind.BLOB));

    private Note(Values values) {
        super(values);
    }

    /** {@return an empty builder} */
    public static Builder builder() {
        return new Builder(new Note(Values.NONE));
    }

    /** {@return {@code tags}, at most 8 items, each at most 64 graphemes; empty if it is absent} */
    public List<String> tags() {
        return list(0, String.class);
    }

    /** {@return whether {@code tags} is there} */
    public boolean hasTags() {
        return has(0);
    }

    /**
     * What the note says.
     *
     * @return {@code text}, at most 3000 bytes, at most 300 graphemes
     */
    public String text() {
        return get(1, String.class);
    }

    /**
     * {@return {@code langs}, at most 3 items; empty if it is absent}
     *
     * @throws SyntaxException if the server sent something else; see {@link #langsText()}
     */
    public List<Language> langs() {
        List<Language> values = new ArrayList<>();
        for (String text : langsText()) {
            values.add(Language.parse(text));
        }
        return List.copyOf(values);
    }

    /** {@return {@link #langs()} as it was written} */
    public List<String> langsText() {
        return list(2, String.class);
    }

    /** {@return whether {@code langs} is there} */
    public boolean hasLangs() {
        return has(2);
    }

    /** {@return {@code pinned}, by default {@code false}; null if it is absent} */
    public @Nullable Boolean pinned() {
        return find(3, Boolean.class);
    }

    /** {@return {@link #pinned()}, or {@code false} if there is none} */
    public boolean pinnedOrDefault() {
        Boolean value = pinned();
        return value == null ? false : value;
    }

    /** {@return {@code rating}, 1 to 5; null if it is absent} */
    public @Nullable Long rating() {
        return find(4, Long.class);
    }

    /** {@return {@code scores}; empty if it is absent} */
    public List<Long> scores() {
        return list(5, Long.class);
    }

    /** {@return whether {@code scores} is there} */
    public boolean hasScores() {
        return has(5);
    }

    /** {@return {@code source}; null if it is absent} */
    public @Nullable Source source() {
        return find(6, Source.class);
    }

    /** {@return {@code context}; null if it is absent} */
    public @Nullable LexAny context() {
        return find(7, LexAny.class);
    }

    /** {@return {@code checksum}, at most 32 bytes; null if it is absent} */
    public @Nullable LexBytes checksum() {
        return find(8, LexBytes.class);
    }

    /** {@return {@code previous}; null if it is absent} */
    public @Nullable Cid previous() {
        return find(9, Cid.class);
    }

    /**
     * {@return {@code createdAt}}
     *
     * @throws SyntaxException if the server sent something else; see {@link #createdAtText()}
     */
    public Datetime createdAt() {
        return Datetime.parse(createdAtText());
    }

    /** {@return {@link #createdAt()} as it was written} */
    public String createdAtText() {
        return get(10, String.class);
    }

    /** {@return {@code attachment}, {@code image/*}, at most 1000000 bytes; null if it is absent} */
    public @Nullable BlobRef attachment() {
        return find(11, BlobRef.class);
    }

    /** {@return a builder that holds what this object holds} */
    public Builder toBuilder() {
        return new Builder(this);
    }

    @Override
    public RecordType<Note> type() {
        return TYPE;
    }

    @Override
    protected Note create(Values values) {
        return new Note(values);
    }

    @Override
    protected Builder newBuilder() {
        return toBuilder();
    }

    @Override
    protected ObjectType<?> typeOf(int slot, int variant) {
        return switch (slot) {
            case 6 -> Source.TYPE;
            default -> super.typeOf(slot, variant);
        };
    }

    /** Builds {@link Note}. Confined to one thread. */
    public static final class Builder extends LexObject.Builder<Note, Builder> {

        private Builder(Note origin) {
            super(origin);
        }

        /**
         * Sets {@code tags}, at most 8 items, each at most 64 graphemes.
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
         * @param tag the item, at most 64 graphemes
         * @return this builder
         */
        public Builder addTag(String tag) {
            return add(0, tag);
        }

        /**
         * Sets {@code text}, at most 3000 bytes, at most 300 graphemes.
         *
         * @param text the value
         * @return this builder
         */
        public Builder text(String text) {
            return set(1, text);
        }

        /**
         * Sets {@code langs}, at most 3 items.
         *
         * @param langs the items, which are copied, or null to leave it out
         * @return this builder
         */
        public Builder langs(@Nullable Iterable<Language> langs) {
            return setList(2, langs);
        }

        /**
         * Adds one to the list.
         *
         * @param lang the item
         * @return this builder
         */
        public Builder addLang(Language lang) {
            return add(2, lang);
        }

        /**
         * Adds one to the list.
         *
         * @param lang the item
         * @return this builder
         */
        public Builder addLang(String lang) {
            return add(2, Language.parse(lang));
        }

        /**
         * Sets {@code pinned}, by default {@code false}.
         *
         * @param pinned the value
         * @return this builder
         */
        public Builder pinned(boolean pinned) {
            return set(3, pinned);
        }

        /**
         * Sets {@code rating}, 1 to 5.
         *
         * @param rating the value
         * @return this builder
         */
        public Builder rating(long rating) {
            return set(4, rating);
        }

        /**
         * Sets {@code scores}.
         *
         * @param scores the items, which are copied, or null to leave it out
         * @return this builder
         */
        public Builder scores(@Nullable Iterable<Long> scores) {
            return setList(5, scores);
        }

        /**
         * Adds one to the list.
         *
         * @param score the item
         * @return this builder
         */
        public Builder addScore(long score) {
            return add(5, score);
        }

        /**
         * Sets {@code source}.
         *
         * @param source the value, or null to leave it out
         * @return this builder
         */
        public Builder source(@Nullable Source source) {
            return set(6, source);
        }

        /**
         * Sets {@code context}.
         *
         * @param context the value, or null to leave it out
         * @return this builder
         */
        public Builder context(@Nullable LexAny context) {
            return set(7, context);
        }

        /**
         * Sets {@code context}.
         *
         * @param context the value
         * @return this builder
         */
        public Builder context(LexObject context) {
            return set(7, context);
        }

        /**
         * Sets {@code checksum}, at most 32 bytes.
         *
         * @param checksum the value, or null to leave it out
         * @return this builder
         */
        public Builder checksum(@Nullable LexBytes checksum) {
            return set(8, checksum);
        }

        /**
         * Sets {@code previous}.
         *
         * @param previous the value, or null to leave it out
         * @return this builder
         */
        public Builder previous(@Nullable Cid previous) {
            return set(9, previous);
        }

        /**
         * Sets {@code createdAt}.
         *
         * @param createdAt the value
         * @return this builder
         */
        public Builder createdAt(Datetime createdAt) {
            return set(10, createdAt);
        }

        /**
         * Sets {@code createdAt}.
         *
         * @param createdAt the value
         * @return this builder
         * @throws SyntaxException if it is none
         */
        public Builder createdAt(String createdAt) {
            return set(10, Datetime.parse(createdAt));
        }

        /**
         * Sets {@code attachment}, {@code image/*}, at most 1000000 bytes.
         *
         * @param attachment the value, or null to leave it out
         * @return this builder
         */
        public Builder attachment(@Nullable BlobRef attachment) {
            return set(11, attachment);
        }
    }

    /** The object {@code com.example.notes.note}. */
    public static final class Source extends LexObject {

        /** The type {@code com.example.notes.note#source}. */
        public static final ObjectType<Source> TYPE = new ObjectType<>(
                "com.example.notes.note#source",
                new Source(Values.NONE),
                Field.of("uri", Field.Kind.STRING).required(),
                Field.of("url", Field.Kind.STRING),
                Field.of("author", Field.Kind.STRING));

        private Source(Values values) {
            super(values);
        }

        /** {@return an empty builder} */
        public static Builder builder() {
            return new Builder(new Source(Values.NONE));
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

        /** {@return {@code url}, a URI; null if it is absent} */
        public @Nullable String url() {
            return find(1, String.class);
        }

        /**
         * {@return {@code author}; null if it is absent}
         *
         * @throws SyntaxException if the server sent something else; see {@link #authorText()}
         */
        public @Nullable AtIdentifier author() {
            String text = authorText();
            return text == null ? null : AtIdentifier.parse(text);
        }

        /** {@return {@link #author()} as it was written, or null} */
        public @Nullable String authorText() {
            return find(2, String.class);
        }

        /** {@return a builder that holds what this object holds} */
        public Builder toBuilder() {
            return new Builder(this);
        }

        @Override
        public ObjectType<Source> type() {
            return TYPE;
        }

        @Override
        protected Source create(Values values) {
            return new Source(values);
        }

        @Override
        protected Builder newBuilder() {
            return toBuilder();
        }

        /** Builds {@link Source}. Confined to one thread. */
        public static final class Builder extends LexObject.Builder<Source, Builder> {

            private Builder(Source origin) {
                super(origin);
            }

            /**
             * Sets {@code uri}.
             *
             * @param uri the value
             * @return this builder
             */
            public Builder uri(AtUri uri) {
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

            /**
             * Sets {@code url}, a URI.
             *
             * @param url the value, or null to leave it out
             * @return this builder
             */
            public Builder url(@Nullable String url) {
                return set(1, url);
            }

            /**
             * Sets {@code author}.
             *
             * @param author the value, or null to leave it out
             * @return this builder
             */
            public Builder author(@Nullable AtIdentifier author) {
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
        }
    }
}
