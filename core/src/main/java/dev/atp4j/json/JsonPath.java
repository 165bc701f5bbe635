// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.json;

import dev.atp4j.text.Shown;
import java.util.Collection;

/** The way from a document to one of its values, in a form that is safe to log: names are cut and lose odd characters. */
public final class JsonPath {

    private static final int SHOWN_NAME = 40;
    private static final int SHOWN_ENDS = 8;

    private JsonPath() {}

    /**
     * Writes a path.
     *
     * @param steps the names, as strings, and the indexes, as integers, from the outermost
     * @return the path from {@code $}; of a long one the middle is left out
     */
    public static String of(Collection<Object> steps) {
        var path = new StringBuilder("$");
        int index = 0;
        for (Object step : steps) {
            if (index < SHOWN_ENDS || index >= steps.size() - SHOWN_ENDS) {
                path.append(step instanceof String name ? "." + Shown.of(name, SHOWN_NAME) : "[" + step + "]");
            } else if (index == SHOWN_ENDS) {
                path.append("[…]");
            }
            index++;
        }
        return path.toString();
    }
}
