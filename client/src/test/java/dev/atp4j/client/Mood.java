// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.client;

import dev.atp4j.lex.Field;
import dev.atp4j.lex.LexObject;
import dev.atp4j.lex.RecordType;
import dev.atp4j.lex.Values;
import org.jspecify.annotations.Nullable;

/** A record as the generator would make it, with keys that are TIDs. */
final class Mood extends LexObject {

    static final RecordType<Mood> TYPE = new RecordType<>(
            "com.acme.mood",
            "tid",
            new Mood(Values.NONE),
            Field.of("text", Field.Kind.STRING).required(),
            Field.of("level", Field.Kind.INTEGER));

    private Mood(Values values) {
        super(values);
    }

    static Mood of(String text) {
        return builder().text(text).build();
    }

    static Builder builder() {
        return new Builder(new Mood(Values.NONE));
    }

    Builder toBuilder() {
        return new Builder(this);
    }

    String text() {
        return get(0, String.class);
    }

    @Nullable
    Long level() {
        return find(1, Long.class);
    }

    @Override
    public RecordType<Mood> type() {
        return TYPE;
    }

    @Override
    protected Mood create(Values values) {
        return new Mood(values);
    }

    @Override
    protected Builder newBuilder() {
        return toBuilder();
    }

    static final class Builder extends LexObject.Builder<Mood, Builder> {

        private Builder(Mood origin) {
            super(origin);
        }

        Builder text(String text) {
            return set(0, text);
        }

        Builder level(long level) {
            return set(1, level);
        }
    }
}
