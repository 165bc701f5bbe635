// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.data;

import dev.atp4j.data.DataException.Kind;
import dev.atp4j.syntax.Cid;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/** Reads one document, strictly or leniently. Confined to one thread. */
final class LexJsonReader {

    private static final int MAX_DEPTH = 32;
    private static final int MAX_ENTRIES = 128 * 1024;
    private static final int MAX_NAME_BYTES = 8 * 1024;

    private final JsonParser parser;
    private final boolean strict;
    private final int maxDepth;
    private int depth;

    LexJsonReader(JsonParser parser, boolean strict) {
        this.parser = parser;
        this.strict = strict;
        this.maxDepth = strict ? MAX_DEPTH : LexJson.MAX_DEPTH;
    }

    LexValue document() {
        try (parser) {
            if (parser.nextToken() == null) {
                throw broken(Kind.JSON, "the document is empty");
            }
            LexValue value = value();
            if (parser.nextToken() != null) {
                throw broken(Kind.JSON, "more follows after the end of the document");
            }
            return value;
        } catch (StreamConstraintsException e) {
            throw tooDeep();
        } catch (JacksonException e) {
            throw notJson(e);
        }
    }

    /** Tells where the text stops being JSON. The parser's own exception quotes the text, so it is not the cause. */
    private DataException notJson(JacksonException e) {
        String rule = "not JSON";
        if (e instanceof UnexpectedEndOfInputException) {
            rule = "not JSON, the document ends early";
        } else if (e.getLocation() != null) {
            TokenStreamLocation place = e.getLocation();
            rule = "not JSON, line " + place.getLineNr() + ", column " + place.getColumnNr();
        }
        // In broken JSON the innermost name may be a value that lost its place.
        return new DataException(
                Kind.JSON, JsonPath.of(parser.streamReadContext().getParent()), rule);
    }

    private LexValue value() {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case VALUE_STRING -> string();
            case START_OBJECT -> object();
            case START_ARRAY -> list();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(token);
            case VALUE_TRUE -> LexBoolean.TRUE;
            case VALUE_FALSE -> LexBoolean.FALSE;
            case VALUE_NULL -> LexNull.NULL;
            default -> throw broken(Kind.JSON, "not JSON");
        };
    }

    private LexValue string() {
        String text = parser.getString();
        if (strict) {
            checkUnicode(text);
        }
        return new LexString(text);
    }

    private LexValue number(JsonToken token) {
        // Up to 18 digits there is nothing to check, and that is nearly every number.
        if (token == JsonToken.VALUE_NUMBER_INT && parser.getStringLength() <= 18) {
            return new LexInteger(parser.getLongValue());
        }
        String digits = parser.getString();
        OptionalLong whole = JsonNumber.toLong(digits);
        if (whole.isPresent()) {
            return new LexInteger(whole.getAsLong());
        }
        if (strict) {
            throw broken(Kind.MODEL, "the number is no integer of 64 bits");
        }
        return new LexString(digits);
    }

    private LexValue list() {
        enter(null);
        List<LexValue> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value());
            checkEntries(items.size());
        }
        depth--;
        return new LexList(items);
    }

    private LexValue object() {
        String name = parser.nextName();
        enter(name);
        var fields = new LinkedHashMap<String, LexValue>();
        for (; name != null; name = parser.nextName()) {
            if (strict) {
                checkName(name);
            }
            parser.nextToken();
            if (fields.put(name, value()) != null && strict) {
                throw broken(Kind.MODEL, "the object has this name twice");
            }
            checkEntries(fields.size());
        }
        depth--;
        LexValue special = special(fields);
        if (special != null) {
            return special;
        }
        if (strict) {
            checkType(fields);
        }
        return LexMap.owning(fields);
    }

    private @Nullable LexValue special(Map<String, LexValue> fields) {
        LexValue link = fields.get("$link");
        LexValue bytes = fields.get("$bytes");
        if (link == null && bytes == null) {
            return null;
        }
        Optional<? extends LexValue> special = Optional.empty();
        if (fields.size() == 1 && link instanceof LexString cid) {
            special = Cid.tryParse(cid.value()).map(LexLink::new);
        } else if (fields.size() == 1 && bytes instanceof LexString base64) {
            special = LexBytes.ofBase64(base64.value());
        }
        if (special.isEmpty() && strict) {
            throw broken(
                    Kind.MODEL,
                    fields.size() > 1
                            ? "$link and $bytes stand alone in their object"
                            : link != null ? "the $link is no CID" : "the $bytes are no base64");
        }
        return special.orElse(null);
    }

    private void enter(@Nullable String firstName) {
        if (++depth > maxDepth && !"$link".equals(firstName) && !"$bytes".equals(firstName)) {
            throw tooDeep();
        }
    }

    private void checkEntries(int count) {
        if (strict && count > MAX_ENTRIES) {
            throw broken(Kind.LIMIT, "the container has more than " + MAX_ENTRIES + " entries");
        }
    }

    private void checkName(String name) {
        if (name.isEmpty()) {
            throw broken(Kind.MODEL, "the name is empty");
        }
        if (name.length() > MAX_NAME_BYTES / 3 && name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
            throw broken(Kind.LIMIT, "the name is longer than " + MAX_NAME_BYTES + " bytes");
        }
        checkUnicode(name);
    }

    private void checkUnicode(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (Character.isSupplementaryCodePoint(text.codePointAt(i))) {
                    i++;
                } else {
                    throw broken(Kind.MODEL, "the string has half a surrogate pair");
                }
            }
        }
    }

    private void checkType(Map<String, LexValue> fields) {
        LexValue type = fields.get("$type");
        if (type == null) {
            return;
        }
        if (!(type instanceof LexString name) || name.value().isEmpty()) {
            throw broken(Kind.MODEL, "the $type is no name");
        }
        if (name.value().equals("blob")) {
            checkBlob(fields);
        }
    }

    private void checkBlob(Map<String, LexValue> fields) {
        boolean whole = fields.size() == 4
                && fields.get("ref") instanceof LexLink
                && fields.get("mimeType") instanceof LexString mimeType
                && !mimeType.value().isEmpty()
                && fields.get("size") instanceof LexInteger size
                && size.value() >= 0;
        if (!whole) {
            throw broken(
                    Kind.MODEL, "a blob has a ref that is a link, a mimeType, a size of zero or more, and no more");
        }
    }

    private DataException tooDeep() {
        return broken(Kind.LIMIT, "containers are nested deeper than " + maxDepth + " levels");
    }

    private DataException broken(Kind kind, String rule) {
        return new DataException(kind, JsonPath.of(parser.streamReadContext()), rule);
    }
}
