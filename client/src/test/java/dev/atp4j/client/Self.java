// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.client;

import dev.atp4j.lex.Field;
import dev.atp4j.lex.LexObject;
import dev.atp4j.lex.RecordType;
import dev.atp4j.lex.Values;

/** A record as the generator would make it, of which a repository has one. */
final class Self extends LexObject {

    static final RecordType<Self> TYPE = new RecordType<>(
            "com.acme.self", "literal:self", new Self(Values.NONE), Field.of("count", Field.Kind.INTEGER));

    private Self(Values values) {
        super(values);
    }

    static Self of(long count) {
        return new Builder(new Self(Values.NONE)).count(count).build();
    }

    Builder toBuilder() {
        return new Builder(this);
    }

    long count() {
        return get(0, Long.class);
    }

    @Override
    public RecordType<Self> type() {
        return TYPE;
    }

    @Override
    protected Self create(Values values) {
        return new Self(values);
    }

    @Override
    protected Builder newBuilder() {
        return toBuilder();
    }

    static final class Builder extends LexObject.Builder<Self, Builder> {

        private Builder(Self origin) {
            super(origin);
        }

        Builder count(long count) {
            return set(0, count);
        }
    }
}
