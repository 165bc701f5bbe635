// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.data;

/**
 * A boolean.
 *
 * @param value the truth value
 */
public record LexBoolean(boolean value) implements LexValue {

    /** The value that is true. */
    public static final LexBoolean TRUE = new LexBoolean(true);

    /** The value that is false. */
    public static final LexBoolean FALSE = new LexBoolean(false);

    /** Returns the JSON form. */
    @Override
    public String toString() {
        return Boolean.toString(value);
    }
}
