// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon;

import dev.atp4j.data.LexBoolean;
import dev.atp4j.data.LexInteger;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The fields of one object of a document. Whatever is not as it should be is noted, and read as if it were absent. */
final class Fields {

    private final LexMap map;
    private final Place place;
    private final Notes notes;

    Fields(LexMap map, Place place, Notes notes) {
        this.map = map;
        this.place = place;
        this.notes = notes;
    }

    boolean has(String name) {
        return map.get(name) != null;
    }

    Iterable<String> names() {
        return map.fields().keySet();
    }

    LexMap raw() {
        return map;
    }

    int depth() {
        return place.depth();
    }

    /** Notes a problem of this object as a whole. */
    void problem(String rule, String message) {
        notes.add(place, rule, message);
    }

    /** Notes a problem of one field. */
    void problem(String name, String rule, String message) {
        notes.add(place.field(name), rule, message);
    }

    /** Notes it if a field is absent that has to be there. */
    void require(String name, String what) {
        if (!has(name)) {
            problem("field-missing", name + " is missing: it has to be " + what);
        }
    }

    @Nullable
    String text(String name) {
        return one(name, "a string", v -> v instanceof LexString s ? s.value() : null);
    }

    @Nullable
    Long integer(String name) {
        return one(name, "an integer", v -> v instanceof LexInteger i ? i.value() : null);
    }

    /** Reads a length or a size. */
    @Nullable
    Long count(String name) {
        return one(
                name,
                "an integer of zero or more",
                v -> v instanceof LexInteger i && i.value() >= 0 ? i.value() : null);
    }

    @Nullable
    Boolean truth(String name) {
        return one(name, "true or false", v -> v instanceof LexBoolean b ? b.value() : null);
    }

    @Nullable
    Fields object(String name) {
        return one(name, "an object", v -> v instanceof LexMap m ? new Fields(m, place.field(name), notes) : null);
    }

    List<String> texts(String name) {
        return items(name, "a string", (v, at) -> v instanceof LexString s ? s.value() : null);
    }

    List<Long> integers(String name) {
        return items(name, "an integer", (v, at) -> v instanceof LexInteger i ? i.value() : null);
    }

    List<Fields> objects(String name) {
        return items(name, "an object", (v, at) -> v instanceof LexMap m ? new Fields(m, at, notes) : null);
    }

    private <T> @Nullable T one(String name, String expected, Function<LexValue, @Nullable T> read) {
        LexValue value = map.get(name);
        if (value == null) {
            return null;
        }
        T result = read.apply(value);
        if (result == null) {
            problem(name, "field-kind", name + " has to be " + expected + ", but is " + Kind.of(value));
        }
        return result;
    }

    private <T> List<T> items(String name, String expected, ItemReader<T> read) {
        LexList list = one(name, "a list", v -> v instanceof LexList l ? l : null);
        if (list == null) {
            return List.of();
        }
        var items = new ArrayList<T>(list.size());
        for (int i = 0; i < list.size(); i++) {
            Place at = place.field(name).item(i);
            T item = read.read(list.get(i), at);
            if (item == null) {
                notes.add(
                        at,
                        "field-kind",
                        "each of " + name + " has to be " + expected + ", but this is " + Kind.of(list.get(i)));
            } else {
                items.add(item);
            }
        }
        return items;
    }

    private interface ItemReader<T> {
        @Nullable
        T read(LexValue value, Place at);
    }
}
