// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.data;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.TokenStreamContext;

/** The way from a document to one of its values, in a form that is safe to log: names are cut and lose odd characters. */
final class JsonPath {

    private static final int SHOWN_NAME = 40;
    private static final int SHOWN_ENDS = 8;

    private JsonPath() {}

    static String of(@Nullable TokenStreamContext place) {
        Deque<String> steps = new ArrayDeque<>();
        for (@Nullable TokenStreamContext at = place; at != null; at = at.getParent()) {
            if (at.inObject() && at.currentName() != null) {
                steps.addFirst(step(at.currentName()));
            } else if (at.inArray() && at.hasCurrentIndex()) {
                steps.addFirst("[" + at.getCurrentIndex() + "]");
            }
        }
        var path = new StringBuilder("$");
        int index = 0;
        for (String step : steps) {
            if (index < SHOWN_ENDS || index >= steps.size() - SHOWN_ENDS) {
                path.append(step);
            } else if (index == SHOWN_ENDS) {
                path.append("[…]");
            }
            index++;
        }
        return path.toString();
    }

    private static String step(String name) {
        var step = new StringBuilder(".");
        name.codePoints()
                .limit(SHOWN_NAME)
                .forEach(c -> step.appendCodePoint(Character.isISOControl(c) || Character.isWhitespace(c) ? '?' : c));
        return name.codePointCount(0, name.length()) > SHOWN_NAME
                ? step.append('…').toString()
                : step.toString();
    }
}
