// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.data;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** A byte string; {@code {"$bytes": base64}} in JSON. Immutable. */
public final class LexBytes implements LexValue {

    private static final Base64.Encoder UNPADDED = Base64.getEncoder().withoutPadding();

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

    /** Takes bytes over without a copy; nobody may change them afterwards. */
    static LexBytes owning(byte[] value) {
        return new LexBytes(value);
    }

    /** Returns the bytes without a copy, for who does not change them. */
    byte[] shared() {
        return value;
    }

    /** Reads base64 of the standard alphabet, padded or not. */
    static Optional<LexBytes> ofBase64(String text) {
        try {
            return Optional.of(new LexBytes(Base64.getDecoder().decode(text)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Returns base64 of the standard alphabet without padding. */
    String base64() {
        return UNPADDED.encodeToString(value);
    }

    /**
     * Returns a copy of the bytes.
     *
     * @return the bytes
     */
    public byte[] value() {
        return value.clone();
    }

    /**
     * Returns how many bytes there are.
     *
     * @return the number of bytes
     */
    public int size() {
        return value.length;
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
