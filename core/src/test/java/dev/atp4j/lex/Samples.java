// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lex;

import dev.atp4j.data.BlobRef;
import dev.atp4j.data.LexBytes;
import dev.atp4j.data.LexValue;
import dev.atp4j.lex.Field.Kind;
import dev.atp4j.syntax.Cid;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Types such as the generator writes, with a property of each kind. */
final class Samples {

    private Samples() {}

    /** A record with everything in it. */
    static final class Letter extends LexObject {

        static final RecordType<Letter> TYPE = new RecordType<>(
                "test.sample.letter",
                "tid",
                new Letter(Values.NONE),
                Field.of("any", Kind.UNKNOWN),
                Field.of("key", Kind.STRING).secret(),
                Field.of("data", Kind.BYTES),
                Field.of("file", Kind.BLOB),
                Field.of("link", Kind.LINK),
                Field.of("open", Kind.BOOLEAN),
                Field.of("size", Kind.INTEGER),
                Field.of("swap", Kind.STRING).nullable(),
                Field.of("tags", Kind.STRING).list(),
                Field.of("text", Kind.STRING).required(),
                Field.union("part", "test.sample.stamp", "test.sample.letter#page"),
                Field.union("parts", "test.sample.stamp", "test.sample.letter#page")
                        .list(),
                Field.of("sizes", Kind.INTEGER).list(),
                Field.of("stamp", Kind.OBJECT),
                Field.of("value", Kind.VALUE),
                Field.of("anything", Kind.UNKNOWN).list(),
                Field.of("enclosure", Kind.OBJECT));

        private Letter(Values values) {
            super(values);
        }

        @Nullable
        LexAny any() {
            return find(0, LexAny.class);
        }

        @Nullable
        LexBytes data() {
            return find(2, LexBytes.class);
        }

        @Nullable
        BlobRef file() {
            return find(3, BlobRef.class);
        }

        @Nullable
        Cid link() {
            return find(4, Cid.class);
        }

        @Nullable
        Boolean open() {
            return find(5, Boolean.class);
        }

        @Nullable
        Long size() {
            return find(6, Long.class);
        }

        @Nullable
        String swap() {
            return find(7, String.class);
        }

        boolean hasSwap() {
            return has(7);
        }

        List<String> tags() {
            return list(8, String.class);
        }

        boolean hasTags() {
            return has(8);
        }

        String text() {
            return get(9, String.class);
        }

        @Nullable
        Object part() {
            return find(10, Object.class);
        }

        List<Object> parts() {
            return list(11, Object.class);
        }

        List<Long> sizes() {
            return list(12, Long.class);
        }

        @Nullable
        Stamp stamp() {
            return find(13, Stamp.class);
        }

        @Nullable
        LexValue value() {
            return find(14, LexValue.class);
        }

        List<LexAny> anything() {
            return list(15, LexAny.class);
        }

        @Nullable
        Letter enclosure() {
            return find(16, Letter.class);
        }

        @Override
        public ObjectType<Letter> type() {
            return TYPE;
        }

        @Override
        protected Letter create(Values values) {
            return new Letter(values);
        }

        @Override
        protected ObjectType<?> typeOf(int slot, int variant) {
            return switch (slot) {
                case 10, 11 -> variant == 0 ? Stamp.TYPE : Page.TYPE;
                case 13 -> Stamp.TYPE;
                default -> TYPE;
            };
        }
    }

    /** An object that unions have as a variant, and others as a property. */
    static final class Stamp extends LexObject {

        static final ObjectType<Stamp> TYPE = new ObjectType<>(
                "test.sample.stamp",
                new Stamp(Values.NONE),
                Field.of("price", Kind.INTEGER).required(),
                Field.of("pictureOfSomebody", Kind.STRING));

        private Stamp(Values values) {
            super(values);
        }

        long price() {
            return get(0, Long.class);
        }

        @Override
        public ObjectType<Stamp> type() {
            return TYPE;
        }

        @Override
        protected Stamp create(Values values) {
            return new Stamp(values);
        }
    }

    /** A variant that holds others of its kind. */
    static final class Page extends LexObject {

        static final ObjectType<Page> TYPE = new ObjectType<>(
                "test.sample.letter#page",
                new Page(Values.NONE),
                Field.union("next", "test.sample.stamp", "test.sample.letter#page"),
                Field.of("text", Kind.STRING).required(),
                Field.union("notes", "test.sample.stamp", "test.sample.letter#page")
                        .list());

        private Page(Values values) {
            super(values);
        }

        @Nullable
        Object next() {
            return find(0, Object.class);
        }

        List<Object> notes() {
            return list(2, Object.class);
        }

        @Override
        public ObjectType<Page> type() {
            return TYPE;
        }

        @Override
        protected Page create(Values values) {
            return new Page(values);
        }

        @Override
        protected ObjectType<?> typeOf(int slot, int variant) {
            return variant == 0 ? Stamp.TYPE : TYPE;
        }
    }
}
