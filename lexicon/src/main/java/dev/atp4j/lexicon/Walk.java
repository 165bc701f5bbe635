// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One way through a value: where it is, and what was found. Confined to one thread. */
final class Walk {

    /** As deep as the JSON reader goes; a schema that contains itself would else go as deep as the stack. */
    static final int MAX_DEPTH = 1000;

    private final boolean strict;
    private final boolean firstOnly;
    private final List<Violation> violations = new ArrayList<>(0);

    /** The names of the fields on the way; null where an item of a list is meant. */
    private @Nullable String[] names = new String[16];

    private int[] indexes = new int[16];
    private int depth;

    Walk(boolean strict, boolean firstOnly) {
        this.strict = strict;
        this.firstOnly = firstOnly;
    }

    boolean strict() {
        return strict;
    }

    /** Tells whether there is no need to look further. */
    boolean done() {
        return firstOnly && !violations.isEmpty();
    }

    List<Violation> violations() {
        return List.copyOf(violations);
    }

    void enter(String name) {
        grow();
        names[depth++] = name;
    }

    void enter(int index) {
        grow();
        names[depth] = null;
        indexes[depth++] = index;
    }

    void leave() {
        depth--;
    }

    boolean tooDeep() {
        return depth > MAX_DEPTH;
    }

    void report(String rule, String expected, String got) {
        if (!done()) {
            violations.add(new Violation(path(), rule, expected, got));
        }
    }

    /** Writes a number of things, such as {@code 1 byte}. */
    static String count(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    private void grow() {
        if (depth == names.length) {
            names = Arrays.copyOf(names, depth * 2);
            indexes = Arrays.copyOf(indexes, depth * 2);
        }
    }

    private String path() {
        var path = new StringBuilder("$");
        for (int i = 0; i < depth; i++) {
            String name = names[i];
            if (name == null) {
                path.append('[').append(indexes[i]).append(']');
            } else {
                Place.appendName(path, name);
            }
        }
        return path.toString();
    }
}
