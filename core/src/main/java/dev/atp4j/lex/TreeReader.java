// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lex;

import dev.atp4j.data.BlobRef;
import dev.atp4j.data.LexBoolean;
import dev.atp4j.data.LexBytes;
import dev.atp4j.data.LexInteger;
import dev.atp4j.data.LexLink;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexNull;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads objects out of trees. */
final class TreeReader {

    private final Consumer<? super Diagnostic> diagnostics;
    private String path = "$";

    TreeReader(Consumer<? super Diagnostic> diagnostics) {
        this.diagnostics = diagnostics;
    }

    /** Reads an object; a {@code $type} that was looked at already is not kept. */
    <T extends LexObject> T read(ObjectType<T> type, LexMap map, boolean told) {
        List<Field> fields = type.fields();
        @Nullable Object[] slots = new @Nullable Object[fields.size()];
        Map<String, LexValue> rest = new LinkedHashMap<>(map.fields());
        if (told
                || type instanceof RecordType
                        && map.getString("$type").filter(type::isNamed).isPresent()) {
            rest.remove("$type");
        }
        for (int slot = 0; slot < slots.length; slot++) {
            Field field = fields.get(slot);
            LexValue value = rest.get(field.name());
            if (value == null) {
                if (field.isRequired()) {
                    odd("." + field.name(), field.kind().name(), "nothing");
                }
                continue;
            }
            if (value instanceof LexNull) {
                rest.remove(field.name());
                if (field.isNullable()) {
                    slots[slot] = LexNull.NULL;
                } else {
                    odd("." + field.name(), field.kind().name(), "null");
                }
                continue;
            }
            String before = path;
            path = before + "." + field.name();
            boolean whole = true;
            if (!field.isList()) {
                slots[slot] = value(type, slot, value);
                whole = slots[slot] != null;
            } else if (value instanceof LexList list) {
                List<Object> items = new ArrayList<>(list.size());
                String ofList = path;
                for (int i = 0; i < list.size(); i++) {
                    path = ofList + "[" + i + "]";
                    Object item = value(type, slot, list.get(i));
                    if (item == null) {
                        whole = false;
                    } else {
                        items.add(item);
                    }
                }
                slots[slot] = List.copyOf(items);
            } else {
                odd("", "list", kind(value));
                whole = false;
            }
            path = before;
            if (whole) {
                rest.remove(field.name());
            }
        }
        return type.create(new Values(slots, LexMap.of(rest)));
    }

    private @Nullable Object value(ObjectType<?> owner, int slot, LexValue value) {
        Field field = owner.fields().get(slot);
        Object read = switch (field.kind()) {
            case BOOLEAN -> value instanceof LexBoolean b ? (Object) b.value() : null;
            case INTEGER -> value instanceof LexInteger i ? (Object) i.value() : null;
            case STRING -> value instanceof LexString s ? s.value() : null;
            case BYTES -> value instanceof LexBytes bytes ? bytes : null;
            case LINK -> value instanceof LexLink link ? link.cid() : null;
            case BLOB -> BlobRef.of(value).orElse(null);
            case UNKNOWN -> value instanceof LexMap map ? LexAny.of(map) : null;
            case OBJECT -> value instanceof LexMap map ? read(owner.prototype().typeOf(slot, 0), map, false) : null;
            case UNION -> value instanceof LexMap map ? variant(owner, slot, map) : null;
            case VALUE -> value;
        };
        if (read == null) {
            odd("", field.kind().name(), kind(value));
        }
        return read;
    }

    private Object variant(ObjectType<?> owner, int slot, LexMap map) {
        String type = map.getString("$type").orElse("");
        List<String> variants = owner.fields().get(slot).variants();
        int variant = variants.indexOf(type.endsWith("#main") ? type.substring(0, type.length() - 5) : type);
        if (variant >= 0) {
            return read(owner.prototype().typeOf(slot, variant), map, true);
        }
        if (type.isEmpty()) {
            odd("", "object with $type", "object without");
        }
        return LexAny.of(map);
    }

    private void odd(String step, String expected, String got) {
        diagnostics.accept(new Diagnostic(path + step, expected.toLowerCase(java.util.Locale.ROOT), got));
    }

    private static String kind(LexValue value) {
        return value.getClass().getSimpleName().substring(3).toLowerCase(java.util.Locale.ROOT);
    }
}
