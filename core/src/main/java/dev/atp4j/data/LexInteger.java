// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.data;

/**
 * A signed 64-bit integer.
 *
 * @param value the number
 */
public record LexInteger(long value) implements LexValue {

    /** Returns the JSON form. */
    @Override
    public String toString() {
        return Long.toString(value);
    }
}
