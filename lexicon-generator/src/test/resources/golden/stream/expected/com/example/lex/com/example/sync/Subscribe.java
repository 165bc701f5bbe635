// Generated from com.example.sync.subscribe by atp4j. Changes are lost.
package com.example.lex.com.example.sync;

import dev.atp4j.lex.Field;
import dev.atp4j.lex.Generated;
import dev.atp4j.lex.LexAny;
import dev.atp4j.lex.LexObject;
import dev.atp4j.lex.LexUnion;
import dev.atp4j.lex.ObjectType;
import dev.atp4j.lex.Subscription;
import dev.atp4j.lex.Values;
import dev.atp4j.syntax.SyntaxException;
import dev.atp4j.syntax.Tid;
import org.jspecify.annotations.Nullable;

/**
 * What happens.
 *
 * <p>The subscription {@code com.example.sync.subscribe}.
 */
@Generated("com.example.sync.subscribe")
@SuppressWarnings({
        "SameNameButDifferent",
        "AvoidCommonTypeNames"
})
public final class Subscribe extends Subscription<Subscribe.Params, Subscribe.Params.Builder, Subscribe.Message> {

    /** The subscription. */
    public static final Subscribe SUBSCRIPTION = new Subscribe();

    private Subscribe() {
        super("com.example.sync.subscribe",
                        "com.example.sync.subscribe#change",
                        "com.example.sync.subscribe#info");
    }

    @Override
    public ObjectType<Params> params() {
        return Params.TYPE;
    }

    @Override
    protected ObjectType<?> typeOf(int variant) {
        return switch (variant) {
            case 0 -> Change.TYPE;
            case 1 -> Info.TYPE;
            default -> throw new IndexOutOfBoundsException(variant);
        };
    }

    @Override
    protected Message union(Object value) {
        return Message.of(value);
    }

    /** The parameters. */
    public static final class Params extends LexObject {

        /** The type {@code com.example.sync.subscribe#params}. */
        public static final ObjectType<Params> TYPE = new ObjectType<>(
                "com.example.sync.subscribe#params",
                new Params(Values.NONE),
                Field.of("cursor", Field.Kind.INTEGER));

        private Params(Values values) {
            super(values);
        }

        /** {@return an empty builder} */
        public static Builder builder() {
            return new Builder(new Params(Values.NONE));
        }

        /** {@return {@code cursor}; null if it is absent} */
        public @Nullable Long cursor() {
            return find(0, Long.class);
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
             * Sets {@code cursor}.
             *
             * @param cursor the value
             * @return this builder
             */
            public Builder cursor(long cursor) {
                return set(0, cursor);
            }
        }
    }

    /** The variants of {@code message}. */
    public sealed interface Message extends LexUnion permits Message.Change, Message.Info, Message.Unknown, Later {

        /**
         * Wraps a variant.
         *
         * @param value an object of any type, perhaps a {@link LexAny}
         * @return the variant
         * @throws ClassCastException if it is neither
         */
        static Message of(Object value) {
            if (!(value instanceof LexObject object)) {
                return new Unknown((LexAny) value);
            }
            return switch (object.type().name()) {
                case "com.example.sync.subscribe#change" -> new Change((Subscribe.Change) object);
                case "com.example.sync.subscribe#info" -> new Info((Subscribe.Info) object);
                default -> new Unknown(LexAny.of(object));
            };
        }

        /**
         * The variant {@link Subscribe.Change}.
         *
         * @param value what it is
         */
        record Change(Subscribe.Change value) implements Message {
            @Override
            public boolean equals(@Nullable Object other) {
                return other instanceof Change that && value.equals(that.value);
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
         * The variant {@link Subscribe.Info}.
         *
         * @param value what it is
         */
        record Info(Subscribe.Info value) implements Message {
            @Override
            public boolean equals(@Nullable Object other) {
                return other instanceof Info that && value.equals(that.value);
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
        record Unknown(LexAny value) implements Message {
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

    /** The errors that the lexicon declares; servers answer others as well. */
    public static final class Error {

        /** {@code FutureCursor}. */
        public static final String FUTURE_CURSOR = "FutureCursor";

        private Error() {}
    }

    /** Stands for the variants of later versions: a switch needs a default for them. */
    private static final class Later implements Message {
        @Override
        public Object value() {
            return this;
        }
    }

    /** The object {@code com.example.sync.subscribe}. */
    public static final class Change extends LexObject {

        /** The type {@code com.example.sync.subscribe#change}. */
        public static final ObjectType<Change> TYPE = new ObjectType<>(
                "com.example.sync.subscribe#change",
                new Change(Values.NONE),
                Field.of("seq", Field.Kind.INTEGER).required(),
                Field.of("since", Field.Kind.STRING).nullable());

        private Change(Values values) {
            super(values);
        }

        /** {@return {@code seq}} */
        public long seq() {
            return get(0, Long.class);
        }

        /**
         * {@return {@code since}; null if it is null or absent}
         *
         * @throws SyntaxException if the server sent something else; see {@link #sinceText()}
         */
        public @Nullable Tid since() {
            String text = sinceText();
            return text == null ? null : Tid.parse(text);
        }

        /** {@return {@link #since()} as it was written, or null} */
        public @Nullable String sinceText() {
            return find(1, String.class);
        }

        /** {@return whether {@code since} is there, be it as null} */
        public boolean hasSince() {
            return has(1);
        }

        @Override
        public ObjectType<Change> type() {
            return TYPE;
        }

        @Override
        protected Change create(Values values) {
            return new Change(values);
        }
    }

    /** The object {@code com.example.sync.subscribe}. */
    public static final class Info extends LexObject {

        /** The type {@code com.example.sync.subscribe#info}. */
        public static final ObjectType<Info> TYPE = new ObjectType<>(
                "com.example.sync.subscribe#info",
                new Info(Values.NONE),
                Field.of("name", Field.Kind.STRING).required());

        private Info(Values values) {
            super(values);
        }

        /** {@return {@code name}, one of those in {@link Name}, or a newer one} */
        public String name() {
            return get(0, String.class);
        }

        @Override
        public ObjectType<Info> type() {
            return TYPE;
        }

        @Override
        protected Info create(Values values) {
            return new Info(values);
        }

        /** What {@code name} may be. */
        public static final class Name {

            /** {@code OutdatedCursor}. */
            public static final String OUTDATED_CURSOR = "OutdatedCursor";

            private Name() {}
        }
    }
}
