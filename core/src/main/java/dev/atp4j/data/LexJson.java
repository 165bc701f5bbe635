// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.data;

import dev.atp4j.syntax.Cid;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Reads and writes the JSON form of the data model. */
public final class LexJson {

    private static final JsonFactory JSON = new JsonFactory();

    private LexJson() {}

    /**
     * Reads one JSON document.
     *
     * @param json the document in UTF-8
     * @return its value
     * @throws DataException if it is no JSON, or no data of the AT Protocol
     */
    public static LexValue parse(byte[] json) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            parser.nextToken();
            LexValue value = read(parser);
            if (parser.nextToken() != null) {
                throw new DataException("more than one JSON value");
            }
            return value;
        } catch (JacksonException e) {
            throw new DataException("not JSON: " + e.getOriginalMessage());
        }
    }

    /**
     * Reads one JSON document.
     *
     * @param json the document
     * @return its value
     * @throws DataException if it is no JSON, or no data of the AT Protocol
     */
    public static LexValue parse(String json) {
        return parse(json.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads one JSON document that has to be an object.
     *
     * @param json the document in UTF-8
     * @return its fields
     * @throws DataException if it is no JSON object, or no data of the AT Protocol
     */
    public static LexMap parseMap(byte[] json) {
        if (parse(json) instanceof LexMap map) {
            return map;
        }
        throw new DataException("not a JSON object");
    }

    /**
     * Writes a value.
     *
     * @param value the value
     * @return its JSON form in UTF-8, without white space
     */
    public static byte[] write(LexValue value) {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            write(generator, value);
        }
        return bytes.toByteArray();
    }

    /**
     * Writes a value.
     *
     * @param value the value
     * @return its JSON form, without white space
     */
    public static String toString(LexValue value) {
        return new String(write(value), StandardCharsets.UTF_8);
    }

    private static LexValue read(JsonParser parser) {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new DataException("an empty document");
        }
        return switch (token) {
            case VALUE_NULL -> LexNull.NULL;
            case VALUE_TRUE -> new LexBoolean(true);
            case VALUE_FALSE -> new LexBoolean(false);
            case VALUE_STRING -> new LexString(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> integer(parser.getDecimalValue());
            case START_ARRAY -> {
                List<LexValue> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(read(parser));
                }
                yield new LexList(items);
            }
            case START_OBJECT -> {
                var fields = new LinkedHashMap<String, LexValue>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    fields.put(name, read(parser));
                }
                yield object(fields);
            }
            default -> throw new DataException("unexpected " + token);
        };
    }

    private static LexValue integer(BigDecimal number) {
        try {
            BigInteger whole = number.toBigIntegerExact();
            return new LexInteger(whole.longValueExact());
        } catch (ArithmeticException e) {
            throw new DataException("not a 64-bit integer: " + number);
        }
    }

    private static LexValue object(LinkedHashMap<String, LexValue> fields) {
        if (fields.size() == 1) {
            if (fields.get("$link") instanceof LexString link) {
                return new LexLink(Cid.parse(link.value()));
            }
            if (fields.get("$bytes") instanceof LexString bytes) {
                return LexBytes.of(Base64.getDecoder().decode(bytes.value()));
            }
        }
        return LexMap.of(fields);
    }

    private static void write(JsonGenerator generator, LexValue value) {
        if (value instanceof LexMap map) {
            generator.writeStartObject();
            map.fields().forEach((name, field) -> {
                generator.writeName(name);
                write(generator, field);
            });
            generator.writeEndObject();
        } else if (value instanceof LexList list) {
            generator.writeStartArray();
            list.items().forEach(item -> write(generator, item));
            generator.writeEndArray();
        } else if (value instanceof LexString string) {
            generator.writeString(string.value());
        } else if (value instanceof LexInteger integer) {
            generator.writeNumber(integer.value());
        } else if (value instanceof LexBoolean bool) {
            generator.writeBoolean(bool.value());
        } else if (value instanceof LexLink link) {
            generator.writeStartObject();
            generator.writeStringProperty("$link", link.cid().value());
            generator.writeEndObject();
        } else if (value instanceof LexBytes bytes) {
            generator.writeStartObject();
            generator.writeStringProperty(
                    "$bytes", Base64.getEncoder().withoutPadding().encodeToString(bytes.value()));
            generator.writeEndObject();
        } else {
            generator.writeNull();
        }
    }
}
