// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.cli;

import dev.atp4j.data.LexBytes;
import dev.atp4j.data.LexLink;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A document as lines for people: names and values, with what is inside of something further to the right. */
final class TreeText {

    private TreeText() {}

    static List<String> of(LexValue value) {
        var lines = new ArrayList<String>();
        write(value, "", "", lines::add);
        return lines;
    }

    /** Writes a value; the first of its lines starts in another way than the rest. */
    private static void write(LexValue value, String first, String rest, Consumer<String> lines) {
        String start = first;
        if (value instanceof LexMap map && !map.fields().isEmpty()) {
            for (var field : map.fields().entrySet()) {
                if (isSimple(field.getValue())) {
                    lines.accept(start + field.getKey() + ": " + simple(field.getValue()));
                } else {
                    lines.accept(start + field.getKey() + ":");
                    write(field.getValue(), rest + "  ", rest + "  ", lines);
                }
                start = rest;
            }
        } else if (value instanceof LexList list && list.size() > 0) {
            for (LexValue item : list) {
                write(item, start + "- ", rest + "  ", lines);
                start = rest;
            }
        } else {
            lines.accept(start + simple(value));
        }
    }

    private static boolean isSimple(LexValue value) {
        return value instanceof LexMap map
                ? map.fields().isEmpty()
                : !(value instanceof LexList list) || list.size() == 0;
    }

    private static String simple(LexValue value) {
        if (value instanceof LexString string) {
            return string.value();
        } else if (value instanceof LexLink link) {
            return link.cid().value();
        } else if (value instanceof LexBytes bytes) {
            return "(" + bytes.size() + " bytes)";
        }
        return value.toString();
    }
}
