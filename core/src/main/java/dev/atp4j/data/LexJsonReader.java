// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.data;

import dev.atp4j.data.DataException.Kind;
import dev.atp4j.json.JsonException;
import dev.atp4j.json.JsonReader;
import dev.atp4j.syntax.Cid;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one document, strictly or leniently. Confined to one thread. */
final class LexJsonReader {

    private static final int MAX_DEPTH = 32;
    private static final int MAX_ENTRIES = 128 * 1024;
    private static final int MAX_NAME_BYTES = 8 * 1024;

    private final JsonReader json;
    private final boolean strict;

    LexJsonReader(byte[] json, boolean strict) {
        this.json = new JsonReader(json, strict ? MAX_DEPTH : LexJson.MAX_DEPTH);
        this.strict = strict;
    }

    LexValue document() {
        try {
            LexValue value = value();
            json.end();
            return value;
        } catch (JsonException e) {
            throw new DataException(e.limit() ? Kind.LIMIT : Kind.JSON, e.path(), e.rule());
        }
    }

    /** Reads a value without recursion, since a document may be deeper than a small stack allows. */
    private LexValue value() {
        var open = new ArrayDeque<Open>();
        while (true) {
            int first = json.peek();
            LexValue value;
            if (first == '{' || first == '[') {
                Open entered = new Open(first == '{');
                if (entered.isObject()) {
                    json.beginObject();
                } else {
                    json.beginArray();
                }
                open.push(entered);
                if (next(entered)) {
                    continue;
                }
                value = close(open.pop());
            } else {
                value = scalar(first);
            }
            while (true) {
                Open around = open.peek();
                if (around == null) {
                    return value;
                }
                add(around, value);
                if (next(around)) {
                    break;
                }
                value = close(open.pop());
            }
        }
    }

    private boolean next(Open open) {
        if (!open.isObject()) {
            return json.nextItem();
        }
        if (!json.nextName()) {
            return false;
        }
        open.name = json.name();
        if (strict) {
            checkName(open.name);
        }
        return true;
    }

    private void add(Open open, LexValue value) {
        if (open.fields == null) {
            open.items.add(value);
            checkEntries(open.items.size());
        } else {
            if (open.fields.put(open.name, value) != null && strict) {
                throw broken(Kind.MODEL, "the object has this name twice");
            }
            checkEntries(open.fields.size());
        }
    }

    private LexValue close(Open open) {
        if (open.fields == null) {
            return new LexList(open.items);
        }
        LexValue special = special(open.fields);
        if (special != null) {
            return special;
        }
        if (strict) {
            checkType(open.fields);
        }
        return LexMap.owning(open.fields);
    }

    private LexValue scalar(int first) {
        switch (first) {
            case '"':
                return string();
            case 't':
                json.readTrue();
                return LexBoolean.TRUE;
            case 'f':
                json.readFalse();
                return LexBoolean.FALSE;
            case 'n':
                json.readNull();
                return LexNull.NULL;
            default:
                return number();
        }
    }

    private LexValue string() {
        String text = json.string();
        if (strict) {
            checkUnicode(text);
        }
        return new LexString(text);
    }

    private LexValue number() {
        int from = json.position();
        if (json.readNumber()) {
            return new LexInteger(json.number());
        }
        if (strict) {
            throw broken(Kind.MODEL, "the number is no integer of 64 bits");
        }
        return new LexString(json.text(from));
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

    private DataException broken(Kind kind, String rule) {
        return new DataException(kind, json.path(), rule);
    }

    /** A container that was entered and not left. */
    private static final class Open {

        final @Nullable Map<String, LexValue> fields;
        final List<LexValue> items;
        String name = "";

        Open(boolean object) {
            this.fields = object ? new LinkedHashMap<>() : null;
            this.items = object ? List.of() : new ArrayList<>();
        }

        boolean isObject() {
            return fields != null;
        }
    }
}
