// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lex;

import dev.atp4j.data.BlobRef;
import dev.atp4j.data.LexBoolean;
import dev.atp4j.data.LexInteger;
import dev.atp4j.data.LexLink;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import dev.atp4j.syntax.Cid;
import java.util.List;

/** Writes objects as trees. */
final class TreeWriter {

    private TreeWriter() {}

    static LexMap write(LexObject object, boolean typed) {
        return write(object, typed, false);
    }

    static LexMap withoutSecrets(LexObject object) {
        return write(object, object.type() instanceof RecordType, true);
    }

    private static LexMap write(LexObject object, boolean typed, boolean hiding) {
        LexMap.Builder map = LexMap.builder();
        if (typed && object.extra().get("$type") == null) {
            map.put("$type", object.type().name());
        }
        List<Field> fields = object.type().fields();
        for (int slot = 0; slot < fields.size(); slot++) {
            Field field = fields.get(slot);
            Object value = object.raw(slot);
            if (value == null || object.extra().get(field.name()) != null) {
                continue;
            }
            if (hiding && field.isSecret()) {
                map.put(field.name(), "***");
            } else {
                map.put(field.name(), value(field, value, hiding));
            }
        }
        object.extra().fields().forEach(map::put);
        return map.build();
    }

    private static LexValue value(Field field, Object value, boolean hiding) {
        if (value instanceof List<?> items) {
            return new LexList(
                    items.stream().map(item -> value(field, item, hiding)).toList());
        }
        if (value instanceof LexValue tree) {
            return tree;
        }
        if (value instanceof LexObject object) {
            return write(object, field.kind() == Field.Kind.UNION || object.type() instanceof RecordType, hiding);
        }
        if (value instanceof LexAny any) {
            return any.raw();
        }
        if (value instanceof String text) {
            return new LexString(text);
        }
        if (value instanceof Long number) {
            return new LexInteger(number);
        }
        if (value instanceof Boolean truth) {
            return truth ? LexBoolean.TRUE : LexBoolean.FALSE;
        }
        if (value instanceof Cid cid) {
            return new LexLink(cid);
        }
        if (value instanceof BlobRef blob) {
            return blob.raw();
        }
        throw new IllegalStateException(field + " holds a " + value.getClass().getName());
    }
}
