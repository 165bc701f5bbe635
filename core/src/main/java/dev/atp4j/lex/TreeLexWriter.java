// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lex;

import dev.atp4j.data.LexBoolean;
import dev.atp4j.data.LexInteger;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexNull;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes objects as trees. */
final class TreeLexWriter extends LexWriter {

    private final Deque<Open> open = new ArrayDeque<>();
    private LexValue last = LexNull.NULL;

    private TreeLexWriter() {
        super(false);
    }

    static LexMap write(LexObject object, boolean typed) {
        var writer = new TreeLexWriter();
        writer.object(object, typed);
        return (LexMap) writer.last;
    }

    /** Writes an item of a list. */
    static LexValue tree(Field field, Object value) {
        var writer = new TreeLexWriter();
        writer.value(field, value);
        return writer.last;
    }

    @Override
    void beginMap() {
        open.push(new Open(LexMap.builder(), null));
    }

    @Override
    void endMap() {
        LexMap.Builder map = open.pop().map;
        tree(map == null ? LexMap.empty() : map.build());
    }

    @Override
    void beginList() {
        open.push(new Open(null, new ArrayList<>()));
    }

    @Override
    void endList() {
        List<LexValue> list = open.pop().list;
        tree(new LexList(list == null ? List.of() : list));
    }

    @Override
    void name(ObjectType<?> type, int slot) {
        name(type.array()[slot].name());
    }

    @Override
    void name(String name) {
        open.element().name = name;
    }

    @Override
    void truth(boolean truth) {
        tree(truth ? LexBoolean.TRUE : LexBoolean.FALSE);
    }

    @Override
    void integer(long number) {
        tree(new LexInteger(number));
    }

    @Override
    void string(String text) {
        tree(new LexString(text));
    }

    @Override
    void any(LexAny any) {
        tree(any.raw());
    }

    @Override
    void tree(LexValue value) {
        Open around = open.peek();
        if (around == null) {
            last = value;
        } else if (around.map != null) {
            around.map.put(around.name, value);
        } else if (around.list != null) {
            around.list.add(value);
        }
    }

    /** A map or a list that was begun and not ended. */
    private static final class Open {

        final LexMap.@Nullable Builder map;
        final @Nullable List<LexValue> list;
        String name = "";

        Open(LexMap.@Nullable Builder map, @Nullable List<LexValue> list) {
            this.map = map;
            this.list = list;
        }
    }
}
