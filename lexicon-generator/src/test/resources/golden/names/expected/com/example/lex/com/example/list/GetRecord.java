// Generated from com.example.list.getRecord by atp4j. Changes are lost.
package com.example.lex.com.example.list;

import dev.atp4j.lex.Generated;
import dev.atp4j.lex.LexObject;
import dev.atp4j.lex.Nothing;
import dev.atp4j.lex.ObjectType;
import dev.atp4j.lex.Query;
import dev.atp4j.lex.Values;

/** The query {@code com.example.list.getRecord}. */
@Generated("com.example.list.getRecord")
public final class GetRecord extends Query<Nothing, Nothing.Builder, GetRecord.Output> {

    /** The query. */
    public static final GetRecord QUERY = new GetRecord();

    private GetRecord() {
        super("com.example.list.getRecord", "application/json");
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

        /** The type {@code com.example.list.getRecord#output}. */
        public static final ObjectType<Output> TYPE = new ObjectType<>(
                "com.example.list.getRecord#output",
                new Output(Values.NONE));

        private Output(Values values) {
            super(values);
        }

        @Override
        public ObjectType<Output> type() {
            return TYPE;
        }

        @Override
        protected Output create(Values values) {
            return new Output(values);
        }
    }

    /** The object {@code com.example.list.getRecord}. */
    public static final class OutputDef extends LexObject {

        /** The type {@code com.example.list.getRecord#output}. */
        public static final ObjectType<OutputDef> TYPE = new ObjectType<>(
                "com.example.list.getRecord#output",
                new OutputDef(Values.NONE));

        private OutputDef(Values values) {
            super(values);
        }

        /** {@return an empty builder} */
        public static Builder builder() {
            return new Builder(new OutputDef(Values.NONE));
        }

        /** {@return a builder that holds what this object holds} */
        public Builder toBuilder() {
            return new Builder(this);
        }

        @Override
        public ObjectType<OutputDef> type() {
            return TYPE;
        }

        @Override
        protected OutputDef create(Values values) {
            return new OutputDef(values);
        }

        @Override
        protected Builder newBuilder() {
            return toBuilder();
        }

        /** Builds {@link OutputDef}. Confined to one thread. */
        public static final class Builder extends LexObject.Builder<OutputDef, Builder> {

            private Builder(OutputDef origin) {
                super(origin);
            }
        }
    }

    /** The object {@code com.example.list.getRecord}. */
    public static final class _2048 extends LexObject {

        /** The type {@code com.example.list.getRecord#2048}. */
        public static final ObjectType<_2048> TYPE = new ObjectType<>(
                "com.example.list.getRecord#2048",
                new _2048(Values.NONE));

        private _2048(Values values) {
            super(values);
        }

        /** {@return an empty builder} */
        public static Builder builder() {
            return new Builder(new _2048(Values.NONE));
        }

        /** {@return a builder that holds what this object holds} */
        public Builder toBuilder() {
            return new Builder(this);
        }

        @Override
        public ObjectType<_2048> type() {
            return TYPE;
        }

        @Override
        protected _2048 create(Values values) {
            return new _2048(values);
        }

        @Override
        protected Builder newBuilder() {
            return toBuilder();
        }

        /** Builds {@link _2048}. Confined to one thread. */
        public static final class Builder extends LexObject.Builder<_2048, Builder> {

            private Builder(_2048 origin) {
                super(origin);
            }
        }
    }
}
