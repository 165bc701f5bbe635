// Generated from com.example.unspecced.getThing by atp4j. Changes are lost.
package com.example.lex.com.example.unspecced;

import dev.atp4j.lex.Field;
import dev.atp4j.lex.Generated;
import dev.atp4j.lex.LexObject;
import dev.atp4j.lex.Nothing;
import dev.atp4j.lex.ObjectType;
import dev.atp4j.lex.Query;
import dev.atp4j.lex.Values;
import org.jspecify.annotations.Nullable;

/**
 * The query {@code com.example.unspecced.getThing}.
 *
 * <p>Experimental: the lexicon may change in any way at any time.
 */
@Generated("com.example.unspecced.getThing")
@SuppressWarnings("deprecation")
public final class GetThing extends Query<Nothing, Nothing.Builder, GetThing.Output> {

    /** The query. */
    public static final GetThing QUERY = new GetThing();

    private GetThing() {
        super("com.example.unspecced.getThing", "application/json");
    }

    @Override
    public ObjectType<Nothing> params() {
        return Nothing.TYPE;
    }

    @Override
    public ObjectType<Output> output() {
        return Output.TYPE;
    }

    /** The output. */
    public static final class Output extends LexObject {

        /** The type {@code com.example.unspecced.getThing#output}. */
        public static final ObjectType<Output> TYPE = new ObjectType<>(
                "com.example.unspecced.getThing#output",
                new Output(Values.NONE),
                Field.of("old", Field.Kind.OBJECT));

        private Output(Values values) {
            super(values);
        }

        /** {@return {@code old}; null if it is absent} */
        public @Nullable Old old() {
            return find(0, Old.class);
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
                case 0 -> Old.TYPE;
                default -> super.typeOf(slot, variant);
            };
        }
    }
}
