// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lex;

import dev.atp4j.data.DataException;
import dev.atp4j.data.LexBoolean;
import dev.atp4j.data.LexInteger;
import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexNull;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import dev.atp4j.json.JsonException;
import dev.atp4j.json.JsonReader;
import dev.atp4j.json.Names;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads objects out of JSON, without a tree in between. */
final class JsonLexReader extends LexReader {

    private static final int MAX_DEPTH = 1000;

    private final JsonReader json;

    /** How many bytes were passed only to find a {@code $type}. */
    private long ahead;

    private JsonLexReader(byte[] json, @Nullable Consumer<? super Diagnostic> diagnostics) {
        super(diagnostics);
        this.json = new JsonReader(json, MAX_DEPTH);
    }

    static <T extends LexObject> T read(
            ObjectType<T> type, byte[] json, @Nullable Consumer<? super Diagnostic> diagnostics) {
        var reader = new JsonLexReader(json, diagnostics);
        try {
            if (reader.openMap()) {
                T object = reader.object(type, false);
                reader.json.end();
                return object;
            }
            reader.skip();
            reader.json.end();
        } catch (JsonException e) {
            throw new DataException(e.limit() ? DataException.Kind.LIMIT : DataException.Kind.JSON, e.path(), e.rule());
        }
        throw new DataException(DataException.Kind.MODEL, "$", "the document is not an object");
    }

    /** Returns the {@code $type} of a document that is known to be an object, or an empty string. */
    static String typeOf(byte[] json) {
        String type = "";
        var reader = new JsonReader(json, MAX_DEPTH);
        reader.peek();
        reader.beginObject();
        while (reader.nextName()) {
            if (reader.nameIs(TYPE)) {
                type = reader.peek() == '"' ? reader.string() : skipped(reader);
            } else {
                reader.skip();
            }
        }
        return type;
    }

    private static String skipped(JsonReader reader) {
        reader.skip();
        return "";
    }

    @Override
    boolean openMap() {
        if (!isMap()) {
            return false;
        }
        json.beginObject();
        return true;
    }

    /** An object may be a link or a byte string, and then is no map. */
    private boolean isMap() {
        if (json.peek() != '{') {
            return false;
        }
        if (!json.beginsSpecial()) {
            return true;
        }
        int from = json.position();
        boolean map = tree() instanceof LexMap;
        json.back(from, json.depth());
        return map;
    }

    @Override
    int nextField(ObjectType<?> type, int before) {
        return json.nextName(type.names(), before);
    }

    @Override
    String name() {
        return json.name();
    }

    @Override
    boolean openList() {
        if (json.peek() != '[') {
            return false;
        }
        json.beginArray();
        return true;
    }

    @Override
    boolean nextItem() {
        return json.nextItem();
    }

    @Override
    @Nullable
    Boolean truth() {
        switch (json.peek()) {
            case 't':
                json.readTrue();
                return Boolean.TRUE;
            case 'f':
                json.readFalse();
                return Boolean.FALSE;
            default:
                return null;
        }
    }

    @Override
    @Nullable
    Long integer() {
        if (!isNumber(json.peek())) {
            return null;
        }
        int from = json.position();
        if (json.readNumber()) {
            return json.number();
        }
        json.back(from, json.depth());
        return null;
    }

    /** A number that is no integer of 64 bits is read as the string of its digits, as in trees. */
    @Override
    @Nullable
    String string() {
        int first = json.peek();
        if (first == '"') {
            return json.string();
        }
        if (isNumber(first)) {
            int from = json.position();
            if (!json.readNumber()) {
                return json.text(from);
            }
            json.back(from, json.depth());
        }
        return null;
    }

    private static boolean isNumber(int first) {
        return first >= '0' && first <= '9' || first == '-';
    }

    /** Keeps the bytes; they become a tree or an object when somebody asks for it. */
    @Override
    @Nullable
    LexAny any() {
        if (!isMap()) {
            return null;
        }
        int from = json.position();
        json.skip();
        return LexAny.ofJson(json.slice(from));
    }

    @Override
    int variant(Field field) {
        if (!isMap()) {
            return NO_MAP;
        }
        int from = json.position();
        int depth = json.depth();
        int variant = json.seek(TYPE) ? variant(field.names()) : UNTYPED;
        ahead += json.position() - from;
        json.back(from, depth);
        return variant;
    }

    private int variant(Names variants) {
        int variant = json.seekString(variants);
        if (variant != Names.OTHER) {
            return variant;
        }
        String type = json.seekString();
        if (type.isEmpty()) {
            return UNTYPED;
        }
        return variants.find(bare(type));
    }

    /** An object that says last what it is, in another that does, and so on, would be looked through again on each level. */
    @Override
    boolean isWorn() {
        return ahead > 2L * json.length();
    }

    @Override
    LexValue tree() {
        int first = json.peek();
        switch (first) {
            case '{', '[':
                int from = json.position();
                json.skip();
                return LexJson.parseLenient(json.slice(from));
            case 'n':
                json.readNull();
                return LexNull.NULL;
            case 't', 'f':
                return Boolean.TRUE.equals(truth()) ? LexBoolean.TRUE : LexBoolean.FALSE;
            default:
                String text = string();
                if (text != null) {
                    return new LexString(text);
                }
                json.readNumber();
                return new LexInteger(json.number());
        }
    }

    @Override
    void skip() {
        json.skip();
    }

    @Override
    String path() {
        return json.path();
    }
}
