// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lex;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.atp4j.data.DagCbor;
import dev.atp4j.data.DataException;
import dev.atp4j.data.LexBytes;
import dev.atp4j.data.LexInteger;
import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import dev.atp4j.lex.Field.Kind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TypedCborTest {

    private static final String CID = "bafkreiccldh766hwcnuxnf2wh6jgzepf2nlu2lvcllt63eww5p6chi4ity";

    /** A record with one field of each kind that has a form of its own in DAG-CBOR. */
    private static final LexMap NOTE = LexJson.parseMap("""
            {"$type": "test.sample.note", "new": [1, {"b": 2}], "text": "Grüße 😀", "likes": 7, "old": {"cid": "%1$s", "mimeType": "image/png"},
             "data": {"$bytes": "AQID"}, "link": {"$link": "%1$s"}, "any": {"zz": 1, "a": null}, "hidden": true,
             "parts": [{"$type": "test.sample.note#part", "size": 1, "more": 2}, {"$type": "test.other", "x": 1}],
             "inner": {"$type": "test.sample.note#part", "size": 3}, "nil": null, "bad": "no number"}
            """.formatted(CID).getBytes(UTF_8));

    @Test
    void isReadAndWrittenWithoutALoss() {
        byte[] cbor = DagCbor.write(NOTE);
        Note note = Note.TYPE.fromCbor(cbor);

        assertThat(note.text()).isEqualTo("Grüße 😀");
        assertThat(note.extra().fields()).containsOnlyKeys("new", "bad");
        assertThat(note.toCbor()).isEqualTo(cbor);
        assertThat(note.toMap()).isEqualTo(NOTE);
        assertThat(Note.TYPE.fromCbor(cbor)).isEqualTo(Note.TYPE.fromMap(NOTE));
    }

    @Test
    void aRecordHasTheIdentifierOfItsTree() {
        assertThat(Note.TYPE.cid(Note.TYPE.fromMap(NOTE)))
                .isEqualTo(DagCbor.cid(NOTE))
                .hasToString("bafyreicylepresofrnfwzo3glcob5c3c6dfrpnmuwc62rzc3eb3xn744uu");
    }

    @Test
    void whatDoesNotFitIsReported() {
        List<Diagnostic> diagnostics = new ArrayList<>();

        Note.TYPE.fromCbor(DagCbor.write(NOTE), diagnostics::add);

        assertThat(diagnostics).extracting(Diagnostic::path).containsExactly("$.bad");
    }

    @Test
    void whatCannotBeWrittenIsNamed() {
        Note note = Note.TYPE.fromMap(NOTE.with("text", new dev.atp4j.data.LexString("\uD800")));

        assertThatExceptionOfType(DataException.class)
                .isThrownBy(note::toCbor)
                .withMessage("$.text: the string has half a surrogate pair");
    }

    @Test
    void bytesAreWrittenAsTheyAre() {
        Note note = Note.TYPE.fromMap(LexMap.builder()
                .put("$type", "test.sample.note")
                .put("data", LexBytes.of(new byte[300]))
                .put("likes", new LexInteger(-1))
                .build());

        assertThat(Note.TYPE.fromCbor(note.toCbor())).isEqualTo(note);
    }

    static final class Note extends LexObject {

        static final RecordType<Note> TYPE = new RecordType<>(
                "test.sample.note",
                "tid",
                new Note(Values.NONE),
                Field.of("any", Kind.UNKNOWN),
                Field.of("bad", Kind.INTEGER),
                Field.of("nil", Kind.INTEGER).nullable(),
                Field.of("old", Kind.BLOB),
                Field.of("data", Kind.BYTES),
                Field.of("link", Kind.LINK),
                Field.of("text", Kind.STRING),
                Field.of("inner", Kind.OBJECT),
                Field.of("likes", Kind.INTEGER),
                Field.union("parts", "test.sample.note#part").list(),
                Field.of("hidden", Kind.BOOLEAN));

        private Note(Values values) {
            super(values);
        }

        String text() {
            return get(6, String.class);
        }

        @Override
        public ObjectType<Note> type() {
            return TYPE;
        }

        @Override
        protected Note create(Values values) {
            return new Note(values);
        }

        @Override
        protected ObjectType<?> typeOf(int slot, int variant) {
            return Part.TYPE;
        }
    }

    static final class Part extends LexObject {

        static final ObjectType<Part> TYPE = new ObjectType<>(
                "test.sample.note#part",
                new Part(Values.NONE),
                Field.of("size", Kind.INTEGER).required());

        private Part(Values values) {
            super(values);
        }

        @Override
        public ObjectType<Part> type() {
            return TYPE;
        }

        @Override
        protected Part create(Values values) {
            return new Part(values);
        }
    }
}
