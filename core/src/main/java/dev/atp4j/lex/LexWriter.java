// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lex;

import dev.atp4j.data.BlobRef;
import dev.atp4j.data.LexLink;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexValue;
import dev.atp4j.syntax.Cid;
import java.util.List;
import java.util.Map;

/** Writes objects into a document: what is written and in which order, whatever the document's form. Confined to one thread. */
abstract class LexWriter {

    private final boolean hiding;

    LexWriter(boolean hiding) {
        this.hiding = hiding;
    }

    abstract void beginMap();

    abstract void endMap();

    abstract void beginList();

    abstract void endList();

    /** Writes the name of a property. */
    abstract void name(ObjectType<?> type, int slot);

    abstract void name(String name);

    abstract void truth(boolean truth);

    abstract void integer(long number);

    abstract void string(String text);

    abstract void any(LexAny any);

    abstract void tree(LexValue value);

    final void object(LexObject object, boolean typed) {
        ObjectType<?> type = object.type();
        LexMap extra = object.extra();
        boolean whole = extra.fields().isEmpty();
        beginMap();
        LexValue tag = whole ? null : extra.get(LexReader.TYPE);
        if (tag != null) {
            name(LexReader.TYPE);
            tree(tag);
        } else if (typed) {
            name(LexReader.TYPE);
            string(type.name());
        }
        Field[] fields = type.array();
        for (int slot = 0; slot < fields.length; slot++) {
            Object value = object.raw(slot);
            // Of a list with items that do not fit, the whole is in extra, and the others are here.
            if (value != null && (whole || !fields[slot].isList() || extra.get(fields[slot].name()) == null)) {
                name(type, slot);
                if (hiding && fields[slot].isSecret()) {
                    string("***");
                } else {
                    value(fields[slot], value);
                }
            }
        }
        if (!whole) {
            for (Map.Entry<String, LexValue> field : extra.fields().entrySet()) {
                if (!field.getKey().equals(LexReader.TYPE)) {
                    name(field.getKey());
                    tree(field.getValue());
                }
            }
        }
        endMap();
    }

    /**
     * Writes a value, a list, or an item of a list. Classes come before interfaces: to learn that an object is of none
     * takes a look at all that its class has.
     */
    final void value(Field field, Object value) {
        if (value instanceof String text) {
            string(text);
        } else if (value instanceof LexObject object) {
            object(object, field.kind() == Field.Kind.UNION || object.type() instanceof RecordType);
        } else if (value instanceof Long number) {
            integer(number);
        } else if (value instanceof Boolean truth) {
            truth(truth);
        } else if (value instanceof LexAny any) {
            any(any);
        } else if (value instanceof Cid cid) {
            tree(new LexLink(cid));
        } else if (value instanceof BlobRef blob) {
            tree(blob.raw());
        } else if (value instanceof List<?> items) {
            beginList();
            for (Object item : items) {
                value(field, item);
            }
            endList();
        } else if (value instanceof LexValue tree) {
            tree(tree);
        } else {
            throw new IllegalStateException(
                    field + " holds a " + value.getClass().getName());
        }
    }
}
