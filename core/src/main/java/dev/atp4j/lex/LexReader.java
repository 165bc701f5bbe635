// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lex;

import dev.atp4j.data.BlobRef;
import dev.atp4j.data.LexBytes;
import dev.atp4j.data.LexLink;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexNull;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads objects out of a document: the rules of patience, whatever the document's form. Confined to one thread.
 *
 * <p>The forms differ in how they pass from value to value, which is what the abstract methods are for. Those that read a
 * value answer null if the next one is of another kind, and then have not passed it.
 */
abstract class LexReader {

    /** The place of a field that the type does not have. */
    static final int OTHER = -1;

    /** There is no field more. */
    static final int END = -2;

    /** The next value is a map whose {@code $type} is none that is known; one without {@code $type}; no map. */
    static final int UNKNOWN = -1;

    static final int UNTYPED = -2;
    static final int NO_MAP = -3;

    static final String TYPE = "$type";

    private static final String MAIN = "#main";

    private static final boolean[] NOT_SEEN = new boolean[0];

    private final @Nullable Consumer<? super Diagnostic> diagnostics;

    /** The last value, if it did not fit. */
    private @Nullable LexValue misfit;

    LexReader(@Nullable Consumer<? super Diagnostic> diagnostics) {
        this.diagnostics = diagnostics;
    }

    /** Enters the next value if it is a map. */
    abstract boolean openMap();

    /**
     * Passes to the next field, or out of the map.
     *
     * @return its place among the fields of the type; the number of these for {@code $type}; {@link #OTHER}, {@link #END}
     */
    abstract int nextField(ObjectType<?> type, int before);

    /** Returns the name of the field. */
    abstract String name();

    /** Enters the next value if it is a list. */
    abstract boolean openList();

    /** Passes to the next item, or out of the list. */
    abstract boolean nextItem();

    abstract @Nullable Boolean truth();

    abstract @Nullable Long integer();

    abstract @Nullable String string();

    abstract @Nullable LexAny any();

    /** Looks which variant of a union the next value is, and does not pass it. */
    abstract int variant(Field field);

    /** Tells whether it has looked ahead so much that it had better read a tree. */
    abstract boolean isWorn();

    abstract LexValue tree();

    abstract void skip();

    /** Returns the way to the next value. */
    abstract String path();

    /** Reads the fields of a map that was entered; a {@code $type} that was looked at already is not kept. */
    final <T extends LexObject> T object(ObjectType<T> type, boolean told) {
        Field[] fields = type.array();
        @Nullable Object[] slots = new @Nullable Object[fields.length];
        boolean[] seen = diagnostics == null ? NOT_SEEN : new boolean[fields.length];
        Map<String, LexValue> extra = null;
        int at = OTHER;
        while ((at = nextField(type, at)) != END) {
            if (at == OTHER) {
                extra = put(extra, name(), tree());
            } else if (at == fields.length) {
                extra = tag(type, told, extra);
            } else {
                // Of two fields with one name, the last one counts.
                Field field = fields[at];
                if (extra != null) {
                    extra.remove(field.name());
                }
                Object value = !field.isList() ? read(type, at, field) : openList() ? list(type, at, field) : null;
                slots[at] = value == null ? nothing(field) : value;
                if (misfit != null) {
                    extra = put(extra, field.name(), misfit);
                    misfit = null;
                }
                if (diagnostics != null) {
                    seen[at] = true;
                }
            }
        }
        if (diagnostics != null) {
            reportMissing(fields, seen);
        }
        return type.create(new Values(slots, extra == null ? LexMap.empty() : LexMap.of(extra)));
    }

    private static Map<String, LexValue> put(@Nullable Map<String, LexValue> extra, String name, LexValue value) {
        Map<String, LexValue> fields = extra == null ? new LinkedHashMap<>() : extra;
        fields.put(name, value);
        return fields;
    }

    private @Nullable Map<String, LexValue> tag(
            ObjectType<?> type, boolean told, @Nullable Map<String, LexValue> extra) {
        if (told) {
            skip();
            return extra;
        }
        LexValue tag = tree();
        if (type instanceof RecordType && tag instanceof LexString name && type.isNamed(name.value())) {
            if (extra != null) {
                extra.remove(TYPE);
            }
            return extra;
        }
        return put(extra, TYPE, tag);
    }

    /** Passes what does not fit a property, and knows a null that means something. */
    private @Nullable Object nothing(Field field) {
        LexValue value = misfit == null ? tree() : misfit;
        boolean absent = value instanceof LexNull;
        misfit = absent ? null : value;
        if (absent && field.isNullable()) {
            return value;
        }
        if (diagnostics != null) {
            report(path(), field.isList() && !absent ? "list" : expected(field), kind(value));
        }
        return null;
    }

    /** Reads the items of a list that was entered. If one does not fit, the list is a misfit, and the others are read. */
    private List<Object> list(ObjectType<?> type, int slot, Field field) {
        List<Object> items = new ArrayList<>();
        List<LexValue> raw = null;
        while (nextItem()) {
            Object item;
            if (raw == null) {
                item = value(type, slot, field);
                if (misfit != null) {
                    // What was read is turned back, and what follows is kept before it is read: nothing is read twice.
                    raw = new ArrayList<>();
                    for (Object before : items) {
                        raw.add(TreeLexWriter.tree(field, before));
                    }
                    raw.add(misfit);
                    misfit = null;
                }
            } else {
                LexValue tree = tree();
                raw.add(tree);
                item = onTree(tree).value(type, slot, field);
            }
            if (item != null) {
                items.add(item);
            }
        }
        misfit = raw == null ? null : new LexList(raw);
        return items.isEmpty() ? List.of() : Collections.unmodifiableList(Arrays.asList(items.toArray()));
    }

    /** Passes an item. If it does not fit, answers null and leaves it as the misfit. */
    private @Nullable Object value(ObjectType<?> owner, int slot, Field field) {
        Object read = read(owner, slot, field);
        if (read == null) {
            LexValue value = misfit == null ? tree() : misfit;
            misfit = value;
            if (diagnostics != null) {
                report(path(), expected(field), kind(value));
            }
        }
        return read;
    }

    /** Passes a value that fits, or answers null; then it is not passed, or it is the misfit. */
    private @Nullable Object read(ObjectType<?> owner, int slot, Field field) {
        return switch (field.kind()) {
            case STRING -> string();
            case INTEGER -> integer();
            case BOOLEAN -> truth();
            case OBJECT -> openMap() ? object(owner.prototype().typeOf(slot, 0), false) : null;
            case UNION -> union(owner, slot, field);
            case UNKNOWN -> any();
            case BYTES, LINK, BLOB, VALUE -> ofTree(field.kind(), tree());
        };
    }

    private @Nullable Object ofTree(Field.Kind kind, LexValue tree) {
        Object read = switch (kind) {
            case BYTES -> tree instanceof LexBytes bytes ? bytes : null;
            case LINK -> tree instanceof LexLink link ? link.cid() : null;
            case BLOB -> BlobRef.of(tree).orElse(null);
            default -> tree;
        };
        if (read == null) {
            misfit = tree;
        }
        return read;
    }

    private @Nullable Object union(ObjectType<?> owner, int slot, Field field) {
        if (isWorn()) {
            LexReader reader = onTree(tree());
            Object read = reader.union(owner, slot, field);
            misfit = read == null ? reader.tree() : null;
            return read;
        }
        int variant = variant(field);
        if (variant >= 0) {
            openMap();
            return object(owner.prototype().typeOf(slot, variant), true);
        }
        if (variant == UNTYPED && diagnostics != null) {
            report(path(), "object with $type", "object without");
        }
        return variant == NO_MAP ? null : any();
    }

    private LexReader onTree(LexValue tree) {
        return new TreeLexReader(tree, diagnostics, diagnostics == null ? "$" : path());
    }

    private void reportMissing(Field[] fields, boolean[] seen) {
        for (int slot = 0; slot < fields.length; slot++) {
            if (!seen[slot] && fields[slot].isRequired()) {
                report(path() + "." + fields[slot].name(), expected(fields[slot]), "nothing");
            }
        }
    }

    private void report(String path, String expected, String got) {
        if (diagnostics != null) {
            diagnostics.accept(new Diagnostic(path, expected, got));
        }
    }

    /** Returns a {@code $type} as descriptors spell it: a main definition by its bare NSID. */
    static String bare(String type) {
        return type.endsWith(MAIN) ? type.substring(0, type.length() - MAIN.length()) : type;
    }

    private static String expected(Field field) {
        return field.kind().name().toLowerCase(Locale.ROOT);
    }

    private static String kind(LexValue value) {
        return value.getClass().getSimpleName().substring(3).toLowerCase(Locale.ROOT);
    }
}
