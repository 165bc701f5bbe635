// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lex;

import dev.atp4j.data.DataException;
import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexValue;
import dev.atp4j.json.JsonException;
import dev.atp4j.json.JsonWriter;

/** Writes objects as JSON, without a tree in between. */
final class JsonLexWriter extends LexWriter {

    private static final int MAX_DEPTH = 1000;

    private final JsonWriter json;

    private JsonLexWriter(int expected, boolean hiding) {
        super(hiding);
        this.json = new JsonWriter(expected, MAX_DEPTH);
    }

    static byte[] write(LexObject object) {
        ObjectType<?> type = object.type();
        byte[] json = written(object, type.expectedBytes(), false).toBytes();
        type.expectBytes(json.length);
        return json;
    }

    static String withoutSecrets(LexObject object) {
        return written(object, 512, true).toString();
    }

    private static JsonWriter written(LexObject object, int expected, boolean hiding) {
        var writer = new JsonLexWriter(expected, hiding);
        try {
            writer.object(object, object.type() instanceof RecordType);
        } catch (JsonException e) {
            throw new DataException(DataException.Kind.LIMIT, e.path(), e.rule());
        }
        return writer.json;
    }

    @Override
    void beginMap() {
        json.beginObject();
    }

    @Override
    void endMap() {
        json.endObject();
    }

    @Override
    void beginList() {
        json.beginArray();
    }

    @Override
    void endList() {
        json.endArray();
    }

    @Override
    void name(ObjectType<?> type, int slot) {
        json.name(type.spelledName(slot));
    }

    @Override
    void name(String name) {
        json.name(name);
    }

    @Override
    void truth(boolean truth) {
        json.truth(truth);
    }

    @Override
    void integer(long number) {
        json.number(number);
    }

    @Override
    void string(String text) {
        json.string(text);
    }

    @Override
    void any(LexAny any) {
        byte[] bytes = any.json();
        if (bytes == null) {
            tree(any.raw());
        } else {
            json.raw(bytes);
        }
    }

    @Override
    void tree(LexValue value) {
        json.raw(LexJson.write(value));
    }
}
