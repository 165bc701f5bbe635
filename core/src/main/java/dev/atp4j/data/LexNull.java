// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.data;

/** The null of the data model. */
public enum LexNull implements LexValue {
    /** The one null. */
    NULL;

    /** Returns {@code null}, its JSON form. */
    @Override
    public String toString() {
        return "null";
    }
}
