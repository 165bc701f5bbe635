// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.data;

import dev.atp4j.data.DataException.Kind;
import dev.atp4j.json.JsonPath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where in a document a codec of DAG-CBOR stands, and the limits that both directions keep. Confined to one thread.
 *
 * <p>Steps are remembered as they are and only become text if something is wrong.
 */
final class Place {

    static final int MAX_BYTES = 1024 * 1024;
    static final int MAX_ENTRIES = 128 * 1024;
    static final int MAX_NAME_BYTES = 8 * 1024;
    static final int MAX_LINK_BYTES = 100;
    private static final int MAX_DEPTH = 32;

    private final @Nullable String[] names = new @Nullable String[MAX_DEPTH];
    private final int[] indexes = new int[MAX_DEPTH];
    private int depth;

    /** Goes into a container, and refuses one that is too deep or has too many entries. */
    void enter(long entries) {
        if (depth == MAX_DEPTH) {
            throw broken(Kind.LIMIT, "containers are nested deeper than " + MAX_DEPTH + " levels");
        }
        if (entries > MAX_ENTRIES) {
            throw broken(Kind.LIMIT, "the container has more than " + MAX_ENTRIES + " entries");
        }
        names[depth] = null;
        indexes[depth] = -1;
        depth++;
    }

    void leave() {
        depth--;
    }

    /** Goes to an entry of the innermost map. */
    void at(String name) {
        names[depth - 1] = name;
    }

    /** Goes to an item of the innermost list. */
    void at(int index) {
        indexes[depth - 1] = index;
    }

    DataException broken(Kind kind, String rule) {
        List<Object> steps = new ArrayList<>();
        for (int i = 0; i < depth; i++) {
            String name = names[i];
            if (name != null) {
                steps.add(name);
            } else if (indexes[i] >= 0) {
                steps.add(indexes[i]);
            }
        }
        return new DataException(kind, JsonPath.of(steps), rule);
    }
}
