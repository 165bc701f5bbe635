// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon;

import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import java.util.Map;
import java.util.stream.Collectors;

/** Objects of several types. In an open union any other named type passes as it is. */
record UnionCheck(Map<String, Check> variants, boolean closed) implements Check {

    private static final int SHOWN = 12;

    @Override
    public void check(LexValue value, Walk walk) {
        if (!(value instanceof LexMap map)) {
            wrongKind(value, walk);
        } else if (!(map.get("$type") instanceof LexString type)) {
            walk.report(
                    "type",
                    expected(),
                    map.get("$type") == null ? "one without $type" : "one with a $type that is none");
        } else {
            Check variant = variants.get(type.value());
            if (variant == null && closed && !walk.strict()) {
                variant = variants.get(withoutMain(type.value()));
            }
            if (variant != null) {
                variant.check(value, walk);
            } else if (closed) {
                walk.report(
                        "union",
                        "one of "
                                + variants.keySet().stream().limit(SHOWN).collect(Collectors.joining(", "))
                                + (variants.size() > SHOWN ? " and " + (variants.size() - SHOWN) + " more" : ""),
                        "an object of another type");
            }
        }
    }

    /** Returns the right name of a main definition for one of {@code #main}, which is wrong but understood. */
    private static String withoutMain(String type) {
        return type.endsWith("#main") ? type.substring(0, type.length() - "#main".length()) : type;
    }

    @Override
    public String expected() {
        return "an object with $type";
    }
}
