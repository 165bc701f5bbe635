// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.client;

import dev.atp4j.lex.Field;
import dev.atp4j.lex.LexObject;
import dev.atp4j.lex.ObjectType;
import dev.atp4j.lex.PagedQuery;
import dev.atp4j.lex.Values;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A query with pages, as the generator would make it. */
final class ListMoods extends PagedQuery<ListMoods.Params, ListMoods.Params.Builder, ListMoods.Output, Mood> {

    static final ListMoods QUERY = new ListMoods();

    private ListMoods() {
        super("com.acme.listMoods");
    }

    @Override
    public ObjectType<Params> params() {
        return Params.TYPE;
    }

    @Override
    public ObjectType<?> output() {
        return Output.TYPE;
    }

    @Override
    public List<Mood> items(Output page) {
        return page.moods();
    }

    @Override
    public @Nullable String cursor(Output page) {
        return page.cursor();
    }

    static final class Params extends LexObject {

        static final ObjectType<Params> TYPE = new ObjectType<>(
                "com.acme.listMoods parameters",
                new Params(Values.NONE),
                Field.of("tags", Field.Kind.STRING).list(),
                Field.of("limit", Field.Kind.INTEGER),
                Field.of("cursor", Field.Kind.STRING),
                Field.of("newest", Field.Kind.BOOLEAN));

        private Params(Values values) {
            super(values);
        }

        static Builder builder() {
            return new Builder(new Params(Values.NONE));
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
            return new Builder(this);
        }

        static final class Builder extends LexObject.Builder<Params, Builder> {

            private Builder(Params origin) {
                super(origin);
            }

            Builder tags(Iterable<String> tags) {
                return setList(0, tags);
            }

            Builder limit(long limit) {
                return set(1, limit);
            }

            Builder cursor(String cursor) {
                return set(2, cursor);
            }

            Builder newest(boolean newest) {
                return set(3, newest);
            }
        }
    }

    static final class Output extends LexObject {

        static final ObjectType<Output> TYPE = new ObjectType<>(
                "com.acme.listMoods output",
                new Output(Values.NONE),
                Field.of("moods", Field.Kind.OBJECT).list().required(),
                Field.of("cursor", Field.Kind.STRING));

        private Output(Values values) {
            super(values);
        }

        List<Mood> moods() {
            return list(0, Mood.class);
        }

        @Nullable
        String cursor() {
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
            return Mood.TYPE;
        }
    }
}
