// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.data;

/**
 * A string.
 *
 * @param value the text
 */
public record LexString(String value) implements LexValue {

    /** Returns the JSON form. */
    @Override
    public String toString() {
        return LexJson.toString(this);
    }
}
