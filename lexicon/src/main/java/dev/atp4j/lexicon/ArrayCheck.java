// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon;

import dev.atp4j.data.LexList;
import dev.atp4j.data.LexValue;

/** Lists. */
record ArrayCheck(Check items, long minLength, long maxLength) implements Check {

    @Override
    public void check(LexValue value, Walk walk) {
        if (!(value instanceof LexList list)) {
            wrongKind(value, walk);
            return;
        }
        if (list.size() < minLength) {
            walk.report("min-length", "at least " + minLength + " items", Walk.count(list.size(), "item"));
        } else if (maxLength != ScalarCheck.NONE && list.size() > maxLength) {
            walk.report("max-length", "at most " + maxLength + " items", Walk.count(list.size(), "item"));
        }
        for (int i = 0; i < list.size() && !walk.done(); i++) {
            walk.enter(i);
            items.check(list.get(i), walk);
            walk.leave();
        }
    }

    @Override
    public String expected() {
        return "a list";
    }
}
