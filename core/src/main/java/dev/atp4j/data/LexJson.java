// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.data;

import dev.atp4j.data.DataException.Kind;
import dev.atp4j.json.JsonException;
import dev.atp4j.json.JsonReader;
import dev.atp4j.json.JsonWriter;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Reads and writes the JSON form of the data model. Thread-safe.
 *
 * <p>There are two ways to read. {@link #parse(byte[]) parse} is strict and meant for what has to be valid, such as a
 * record: it refuses a document at the first broken rule. {@link #parseLenient(byte[]) parseLenient} is meant for what
 * others say, such as a server's answer: one odd field must not make the rest unreadable, so it keeps what it cannot
 * understand in the nearest form that it can. Both name the place of what they refuse, and neither quotes a value.
 *
 * <table>
 * <caption>What the two make of a document</caption>
 * <tr><th></th><th>strict</th><th>lenient</th></tr>
 * <tr><td>not JSON, cut short, or followed by more</td><td>refused</td><td>refused</td></tr>
 * <tr><td>bytes that are not UTF-8</td><td>refused</td><td>replaced by U+FFFD</td></tr>
 * <tr><td>half of a surrogate pair in a name</td><td>refused</td><td>refused</td></tr>
 * <tr><td>half of a surrogate pair in a string</td><td>refused</td><td>kept</td></tr>
 * <tr><td>number with a whole value, such as {@code 123.0}, within 64 bits</td><td>integer</td><td>integer</td></tr>
 * <tr><td>any other number</td><td>refused</td><td>string of its digits</td></tr>
 * <tr><td>{@code $link} or {@code $bytes} beside other fields or with a wrong value</td><td>refused</td><td>map</td></tr>
 * <tr><td>{@code $type} that is no string or is empty</td><td>refused</td><td>kept</td></tr>
 * <tr><td>{@code $type} {@code blob} with other fields than {@code ref}, {@code mimeType}, {@code size}</td>
 *     <td>refused</td><td>kept</td></tr>
 * <tr><td>the same name twice in an object</td><td>refused</td><td>the last one counts</td></tr>
 * <tr><td>empty name</td><td>refused</td><td>kept</td></tr>
 * <tr><td>size of the document</td><td>2 MiB</td><td>no limit</td></tr>
 * <tr><td>containers within each other</td><td>32</td><td>1,000</td></tr>
 * <tr><td>entries of one container</td><td>131,072</td><td>no limit</td></tr>
 * <tr><td>length of a name</td><td>8 KiB</td><td>no limit</td></tr>
 * </table>
 *
 * <p>What was read is written with the same fields in the same order and reads as an equal value again. Only the
 * spelling may change: white space, escapes, the padding of base64, {@code 123.0}. A {@link LexMap} that was built with
 * {@code $link} or {@code $bytes} as its only field reads as what it looks like.
 */
public final class LexJson {

    private static final int MAX_BYTES = 2 * 1024 * 1024;

    /** How deep containers may be nested in what is read leniently or written. */
    static final int MAX_DEPTH = 1000;

    private LexJson() {}

    /**
     * Reads one JSON document strictly.
     *
     * @param json the document in UTF-8
     * @return its value
     * @throws DataException if it is no JSON, or no data of the AT Protocol, or too large
     */
    public static LexValue parse(byte[] json) {
        checkSize(json.length);
        if (!JsonReader.isUtf8(json)) {
            throw new DataException(Kind.JSON, "$", "the document is not UTF-8");
        }
        return new LexJsonReader(json, true).document();
    }

    /**
     * Reads one JSON document strictly.
     *
     * @param json the document
     * @return its value
     * @throws DataException if it is no JSON, or no data of the AT Protocol, or too large
     */
    public static LexValue parse(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        checkSize(bytes.length);
        return new LexJsonReader(isWhole(json) ? bytes : escapeHalves(json), true).document();
    }

    /**
     * Reads one JSON document strictly that has to be an object.
     *
     * @param json the document in UTF-8
     * @return its fields
     * @throws DataException if it is no JSON object, or no data of the AT Protocol, or too large
     */
    public static LexMap parseMap(byte[] json) {
        return map(parse(json));
    }

    /**
     * Reads one JSON document and puts up with what is odd in it.
     *
     * @param json the document in UTF-8
     * @return its value
     * @throws DataException if it is no JSON, or too deep
     */
    public static LexValue parseLenient(byte[] json) {
        return new LexJsonReader(json, false).document();
    }

    /**
     * Reads one JSON document that has to be an object, and puts up with what is odd in it.
     *
     * @param json the document in UTF-8
     * @return its fields
     * @throws DataException if it is no JSON object, or too deep
     */
    public static LexMap parseMapLenient(byte[] json) {
        return map(parseLenient(json));
    }

    /**
     * Writes a value.
     *
     * @param value the value
     * @return its JSON form in UTF-8, without white space
     * @throws DataException if containers are nested deeper than 1,000 levels
     */
    public static byte[] write(LexValue value) {
        return written(value).toBytes();
    }

    /**
     * Writes a value.
     *
     * @param value the value
     * @return its JSON form, without white space
     * @throws DataException if containers are nested deeper than 1,000 levels
     */
    public static String toString(LexValue value) {
        return written(value).toString();
    }

    private static void checkSize(int bytes) {
        if (bytes > MAX_BYTES) {
            throw new DataException(Kind.LIMIT, "$", "the document is larger than " + MAX_BYTES + " bytes");
        }
    }

    private static boolean isWhole(String json) {
        try {
            StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(json));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** Halves of surrogate pairs have no UTF-8, but an escape. A backslash before one is none of an escape. */
    private static byte[] escapeHalves(String json) {
        var text = new StringBuilder();
        boolean escape = false;
        for (int c : json.codePoints().toArray()) {
            if (Character.isBmpCodePoint(c) && Character.isSurrogate((char) c)) {
                text.append(escape ? "u" : "\\u").append(Integer.toHexString(c));
            } else {
                text.appendCodePoint(c);
            }
            escape = c == '\\' && !escape;
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static LexMap map(LexValue value) {
        if (value instanceof LexMap map) {
            return map;
        }
        throw new DataException(Kind.MODEL, "$", "the document is not an object");
    }

    private static JsonWriter written(LexValue value) {
        // A link or a byte string is an object in JSON but no container of the data model: one level more.
        var json = new JsonWriter(512, MAX_DEPTH + 1);
        try {
            write(json, value);
        } catch (JsonException e) {
            throw new DataException(Kind.LIMIT, e.path(), "containers are nested deeper than " + MAX_DEPTH + " levels");
        }
        return json;
    }

    private static void write(JsonWriter json, LexValue value) {
        if (value instanceof LexString string) {
            json.string(string.value());
        } else if (value instanceof LexMap map) {
            json.beginObject();
            for (Map.Entry<String, LexValue> field : map.fields().entrySet()) {
                json.name(field.getKey());
                write(json, field.getValue());
            }
            json.endObject();
        } else if (value instanceof LexList list) {
            json.beginArray();
            for (LexValue item : list) {
                write(json, item);
            }
            json.endArray();
        } else if (value instanceof LexInteger integer) {
            json.number(integer.value());
        } else if (value instanceof LexBoolean bool) {
            json.truth(bool.value());
        } else if (value instanceof LexLink link) {
            writePair(json, "$link", link.cid().value());
        } else if (value instanceof LexBytes bytes) {
            writePair(json, "$bytes", bytes.base64());
        } else {
            json.nothing();
        }
    }

    private static void writePair(JsonWriter json, String name, String value) {
        json.beginObject();
        json.name(name);
        json.string(value);
        json.endObject();
    }
}
