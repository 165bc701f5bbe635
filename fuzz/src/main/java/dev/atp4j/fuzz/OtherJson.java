// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.fuzz;

import dev.atp4j.data.LexBoolean;
import dev.atp4j.data.LexInteger;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexNull;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** JSON as another library reads it, with numbers as our lenient reader promises them. */
final class OtherJson {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(2000)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /** What both promise ends here: a half of a surrogate pair in a name is refused by one of them only. */
    private static final Pattern HALF = Pattern.compile("\\\\u[dD][89a-fA-F]");

    private static final Pattern ZERO = Pattern.compile("-?0(\\.0+)?[eE]");

    private static final BigDecimal LEAST = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal GREATEST = BigDecimal.valueOf(Long.MAX_VALUE);

    private final JsonParser parser;

    /** There is a map that may stand for something else, which this reader does not know. */
    private boolean special;

    private OtherJson(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * What the library made of a document.
     *
     * @param isJson whether it is one
     * @param value its value, unless it has something that only the data model knows
     */
    record Reading(boolean isJson, @Nullable LexValue value) {}

    /** Reads a document, or returns null for one of which the two readers promise different things. */
    static @Nullable Reading read(byte[] input) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(input))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
        if (HALF.matcher(text).find()) {
            return null;
        }
        String unmarked = text.startsWith("\uFEFF") ? text.substring(1) : text;
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), unmarked)) {
            var reader = new OtherJson(parser);
            JsonToken first = parser.nextToken();
            if (first == null) {
                return new Reading(false, null);
            }
            LexValue value = reader.value(first);
            if (parser.nextToken() != null) {
                return new Reading(false, null);
            }
            return new Reading(true, reader.special ? null : value);
        } catch (JacksonException e) {
            return new Reading(false, null);
        }
    }

    private LexValue value(JsonToken token) {
        switch (token) {
            case START_OBJECT:
                return map();
            case START_ARRAY:
                List<LexValue> items = new ArrayList<>();
                for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                    items.add(value(next));
                }
                return new LexList(items);
            case VALUE_STRING:
                return new LexString(parser.getString());
            case VALUE_TRUE:
                return LexBoolean.TRUE;
            case VALUE_FALSE:
                return LexBoolean.FALSE;
            case VALUE_NULL:
                return LexNull.NULL;
            default:
                return number(parser.getString());
        }
    }

    private LexMap map() {
        Map<String, LexValue> fields = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            special |= name.equals("$link") || name.equals("$bytes");
            fields.put(name, value(parser.nextToken()));
        }
        return LexMap.of(fields);
    }

    private static LexValue number(String digits) {
        BigDecimal number;
        try {
            number = new BigDecimal(digits);
        } catch (NumberFormatException e) {
            // An exponent beyond 32 bits: no integer, unless it is zero that is multiplied.
            return ZERO.matcher(digits).lookingAt() ? new LexInteger(0) : new LexString(digits);
        }
        boolean integer = number.signum() == 0
                || number.precision() - (long) number.scale() < 25
                        && number.stripTrailingZeros().scale() <= 0
                        && number.compareTo(LEAST) >= 0
                        && number.compareTo(GREATEST) <= 0;
        return integer ? new LexInteger(number.longValueExact()) : new LexString(digits);
    }
}
