// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lex;

import dev.atp4j.data.LexBoolean;
import dev.atp4j.data.LexInteger;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import dev.atp4j.json.JsonPath;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads objects out of trees. */
final class TreeLexReader extends LexReader {

    private final String root;
    private final Deque<Open> open = new ArrayDeque<>();
    private LexValue next;

    TreeLexReader(LexValue tree, @Nullable Consumer<? super Diagnostic> diagnostics, String root) {
        super(diagnostics);
        this.next = tree;
        this.root = root;
    }

    static <T extends LexObject> T read(
            ObjectType<T> type, LexMap map, @Nullable Consumer<? super Diagnostic> diagnostics) {
        var reader = new TreeLexReader(map, diagnostics, "$");
        reader.openMap();
        return reader.object(type, false);
    }

    @Override
    boolean openMap() {
        if (!(next instanceof LexMap map)) {
            return false;
        }
        open.push(new Open(map.fields().entrySet().iterator(), null));
        return true;
    }

    @Override
    int nextField(ObjectType<?> type, int before) {
        Open map = open.element();
        if (map.fields == null || !map.fields.hasNext()) {
            open.pop();
            return END;
        }
        Map.Entry<String, LexValue> field = map.fields.next();
        map.name = field.getKey();
        next = field.getValue();
        return type.names().find(map.name, before);
    }

    @Override
    String name() {
        return open.element().name;
    }

    @Override
    boolean openList() {
        if (!(next instanceof LexList list)) {
            return false;
        }
        open.push(new Open(null, list.iterator()));
        return true;
    }

    @Override
    boolean nextItem() {
        Open list = open.element();
        if (list.items == null || !list.items.hasNext()) {
            open.pop();
            return false;
        }
        next = list.items.next();
        list.index++;
        return true;
    }

    @Override
    @Nullable
    Boolean truth() {
        return next instanceof LexBoolean truth ? truth.value() : null;
    }

    @Override
    @Nullable
    Long integer() {
        return next instanceof LexInteger integer ? integer.value() : null;
    }

    @Override
    @Nullable
    String string() {
        return next instanceof LexString string ? string.value() : null;
    }

    @Override
    @Nullable
    LexAny any() {
        return next instanceof LexMap map ? LexAny.of(map) : null;
    }

    @Override
    int variant(Field field) {
        if (!(next instanceof LexMap map)) {
            return NO_MAP;
        }
        String type = map.get(TYPE) instanceof LexString string ? string.value() : "";
        if (type.isEmpty()) {
            return UNTYPED;
        }
        return field.variants().indexOf(bare(type));
    }

    @Override
    boolean isWorn() {
        return false;
    }

    @Override
    LexValue tree() {
        return next;
    }

    @Override
    void skip() {}

    @Override
    String path() {
        List<Object> steps = new ArrayList<>();
        open.descendingIterator().forEachRemaining(level -> {
            if (level.fields == null) {
                steps.add(level.index);
            } else if (!level.name.isEmpty()) {
                steps.add(level.name);
            }
        });
        return root + JsonPath.of(steps).substring(1);
    }

    /** A map or a list that was entered and not left. */
    private static final class Open {

        final @Nullable Iterator<Map.Entry<String, LexValue>> fields;
        final @Nullable Iterator<LexValue> items;
        String name = "";
        int index = -1;

        Open(@Nullable Iterator<Map.Entry<String, LexValue>> fields, @Nullable Iterator<LexValue> items) {
            this.fields = fields;
            this.items = items;
        }
    }
}
