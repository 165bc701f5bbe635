// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.data;

import java.util.Arrays;

/** A byte string; {@code {"$bytes": base64}} in JSON. */
public final class LexBytes implements LexValue {

    private final byte[] value;

    private LexBytes(byte[] value) {
        this.value = value;
    }

    /**
     * Copies the bytes given.
     *
     * @param value the bytes
     * @return the byte string
     */
    public static LexBytes of(byte[] value) {
        return new LexBytes(value.clone());
    }

    /**
     * Returns a copy of the bytes.
     *
     * @return the bytes
     */
    public byte[] value() {
        return value.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LexBytes that && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    /** Returns the JSON form. */
    @Override
    public String toString() {
        return LexJson.toString(this);
    }
}
