// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lex;

/** The parameters of a method that has none, and the input of a procedure that takes none. There is one. */
public final class Nothing extends LexObject {

    /** The type of {@link Nothing}. */
    public static final ObjectType<Nothing> TYPE = new ObjectType<>("nothing", new Nothing(Values.NONE));

    private Nothing(Values values) {
        super(values);
    }

    @Override
    public ObjectType<Nothing> type() {
        return TYPE;
    }

    @Override
    protected Nothing create(Values values) {
        return new Nothing(values);
    }

    @Override
    protected Builder newBuilder() {
        return new Builder(this);
    }

    /** Builds {@link Nothing}. */
    public static final class Builder extends LexObject.Builder<Nothing, Builder> {

        private Builder(Nothing nothing) {
            super(nothing);
        }
    }
}
