// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon;

import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexNull;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import org.jspecify.annotations.Nullable;

/** Objects, and records, which differ in that they have to say what they are. Fields that nobody knows pass. */
final class ObjectCheck implements Check {

    private final @Nullable String type;
    private final boolean isMain;
    private final boolean typed;
    private final Property[] properties;

    /**
     * Creates a check.
     *
     * @param type what {@code $type} has to be, or null if the object has no name
     * @param typed whether there has to be a {@code $type}
     */
    ObjectCheck(@Nullable String type, boolean typed, Property... properties) {
        this.type = type;
        this.isMain = type != null && type.indexOf('#') < 0;
        this.typed = typed;
        this.properties = properties;
    }

    /** A field. */
    record Property(String name, Check check, boolean required, boolean nullable) {}

    @Override
    public void check(LexValue value, Walk walk) {
        if (!(value instanceof LexMap map)) {
            wrongKind(value, walk);
            return;
        }
        if (walk.tooDeep()) {
            walk.report("depth", "at most " + Walk.MAX_DEPTH + " levels", "more");
            return;
        }
        checkType(map, walk);
        for (Property property : properties) {
            if (walk.done()) {
                return;
            }
            LexValue field = map.get(property.name());
            if (field == null && !property.required()) {
                continue;
            }
            walk.enter(property.name());
            if (field == null) {
                walk.report("required", property.check().expected(), "nothing");
            } else if (!(field instanceof LexNull)) {
                property.check().check(field, walk);
            } else if (!property.nullable()) {
                walk.report("null", property.check().expected(), "null");
            }
            walk.leave();
        }
    }

    private void checkType(LexMap map, Walk walk) {
        LexValue actual = map.get("$type");
        if (type == null || (actual == null && !typed)) {
            return;
        }
        if (actual == null) {
            walk.report("type", "an object with \"$type\": \"" + type + "\"", "one without $type");
        } else if (!(actual instanceof LexString text && isType(text.value(), walk))) {
            walk.report("type", "an object with \"$type\": \"" + type + "\"", "one with another $type");
        }
    }

    private boolean isType(String text, Walk walk) {
        return text.equals(type) || (isMain && !walk.strict() && text.equals(type + "#main"));
    }

    @Override
    public String expected() {
        return "an object";
    }
}
