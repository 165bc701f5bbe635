// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon;

import dev.atp4j.text.Shown;
import org.jspecify.annotations.Nullable;

/** A place in a document or in data, as a chain of steps: it costs nothing to speak of until somebody wants to see it. */
record Place(@Nullable Place parent, @Nullable String name, int index, int depth) {

    /** The document itself. */
    static final Place ROOT = new Place(null, null, 0, 0);

    private static final int SHOWN_NAME = 60;

    Place field(String name) {
        return new Place(this, name, 0, depth + 1);
    }

    Place item(int index) {
        return new Place(this, null, index, depth + 1);
    }

    /** Returns the path, such as {@code $.defs.main}. Names are cut and lose odd characters, so that it is safe to log. */
    @Override
    public String toString() {
        var path = new StringBuilder();
        append(path);
        return path.toString();
    }

    private void append(StringBuilder path) {
        if (parent == null) {
            path.append('$');
            return;
        }
        parent.append(path);
        if (name == null) {
            path.append('[').append(index).append(']');
            return;
        }
        appendName(path, name);
    }

    static void appendName(StringBuilder path, String name) {
        path.append('.').append(Shown.of(name, SHOWN_NAME));
    }
}
