// Generated from com.example.default.new by atp4j. Changes are lost.
package com.example.lex.com.example.default_;

import dev.atp4j.lex.Generated;
import dev.atp4j.lex.LexObject;
import dev.atp4j.lex.RecordType;
import dev.atp4j.lex.Values;

/** The record {@code com.example.default.new}. */
@Generated("com.example.default.new")
public final class New extends LexObject {

    /** The type {@code com.example.default.new}. */
    public static final RecordType<New> TYPE = new RecordType<>(
            "com.example.default.new",
            "literal:self",
            new New(Values.NONE));

    private New(Values values) {
        super(values);
    }

    /** {@return an empty builder} */
    public static Builder builder() {
        return new Builder(new New(Values.NONE));
    }

    /** {@return a builder that holds what this object holds} */
    public Builder toBuilder() {
        return new Builder(this);
    }

    @Override
    public RecordType<New> type() {
        return TYPE;
    }

    @Override
    protected New create(Values values) {
        return new New(values);
    }

    @Override
    protected Builder newBuilder() {
        return toBuilder();
    }

    /** Builds {@link New}. Confined to one thread. */
    public static final class Builder extends LexObject.Builder<New, Builder> {

        private Builder(New origin) {
            super(origin);
        }
    }
}
