// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.data;

import dev.atp4j.data.DataException.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

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

    // A link or a byte string is an object in JSON but no container of the data model: one level more.
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH + 1)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .streamWriteConstraints(StreamWriteConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH + 1)
                    .build())
            .build();

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
        try {
            return strict(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(json))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new DataException(Kind.JSON, "$", "the document is not UTF-8");
        }
    }

    /**
     * Reads one JSON document strictly.
     *
     * @param json the document
     * @return its value
     * @throws DataException if it is no JSON, or no data of the AT Protocol, or too large
     */
    public static LexValue parse(String json) {
        // A character takes three bytes at most.
        checkSize(json.length() > MAX_BYTES / 3 ? json.getBytes(StandardCharsets.UTF_8).length : 0);
        return strict(json);
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
        try {
            return new LexJsonReader(JSON.createParser(ObjectReadContext.empty(), json), false).document();
        } catch (DataException e) {
            if (e.kind() != Kind.JSON) {
                throw e;
            }
            // Perhaps it is only a byte order mark or broken UTF-8, which decoding the text first takes care of.
            return new LexJsonReader(parser(new String(json, StandardCharsets.UTF_8)), false).document();
        }
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
        var bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            try {
                write(generator, value);
            } catch (JacksonException e) {
                // Memory takes everything, so the depth is the one thing that can be wrong.
                throw new DataException(
                        Kind.LIMIT,
                        JsonPath.of(generator.streamWriteContext()),
                        "containers are nested deeper than " + MAX_DEPTH + " levels");
            }
        }
        return bytes.toByteArray();
    }

    /**
     * Writes a value.
     *
     * @param value the value
     * @return its JSON form, without white space
     * @throws DataException if containers are nested deeper than 1,000 levels
     */
    public static String toString(LexValue value) {
        return new String(write(value), StandardCharsets.UTF_8);
    }

    private static LexValue strict(String json) {
        return new LexJsonReader(parser(json), true).document();
    }

    private static void checkSize(int bytes) {
        if (bytes > MAX_BYTES) {
            throw new DataException(Kind.LIMIT, "$", "the document is larger than " + MAX_BYTES + " bytes");
        }
    }

    private static JsonParser parser(String json) {
        return JSON.createParser(ObjectReadContext.empty(), json.startsWith("\uFEFF") ? json.substring(1) : json);
    }

    private static LexMap map(LexValue value) {
        if (value instanceof LexMap map) {
            return map;
        }
        throw new DataException(Kind.MODEL, "$", "the document is not an object");
    }

    private static void write(JsonGenerator generator, LexValue value) {
        if (value instanceof LexString string) {
            generator.writeString(string.value());
        } else if (value instanceof LexMap map) {
            generator.writeStartObject();
            map.fields().forEach((name, field) -> {
                generator.writeName(name);
                write(generator, field);
            });
            generator.writeEndObject();
        } else if (value instanceof LexList list) {
            generator.writeStartArray();
            for (LexValue item : list) {
                write(generator, item);
            }
            generator.writeEndArray();
        } else if (value instanceof LexInteger integer) {
            generator.writeNumber(integer.value());
        } else if (value instanceof LexBoolean bool) {
            generator.writeBoolean(bool.value());
        } else if (value instanceof LexLink link) {
            writePair(generator, "$link", link.cid().value());
        } else if (value instanceof LexBytes bytes) {
            writePair(generator, "$bytes", bytes.base64());
        } else {
            generator.writeNull();
        }
    }

    private static void writePair(JsonGenerator generator, String name, String value) {
        generator.writeStartObject();
        generator.writeStringProperty(name, value);
        generator.writeEndObject();
    }
}
