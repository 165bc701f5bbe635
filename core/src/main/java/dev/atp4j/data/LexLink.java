// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.data;

import dev.atp4j.syntax.Cid;

/**
 * A link to other data by its content; {@code {"$link": cid}} in JSON.
 *
 * @param cid what it points to
 */
public record LexLink(Cid cid) implements LexValue {

    /** Returns the JSON form. */
    @Override
    public String toString() {
        return LexJson.toString(this);
    }
}
