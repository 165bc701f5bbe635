// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The bytes of a document eight at a time, the first one lowest. */
final class Words {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOW = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;

    private Words() {}

    /** Returns the eight bytes from there on; so many must follow. */
    static long at(byte[] bytes, int from) {
        return (long) LONGS.get(bytes, from);
    }

    /** Puts eight bytes from there on. */
    static void put(byte[] bytes, int from, long word) {
        LONGS.set(bytes, from, word);
    }

    /** Returns so many of the bytes of a word, from the first. */
    static long head(long word, int bytes) {
        return bytes >= 8 ? word : word & (1L << 8 * bytes) - 1;
    }

    /** Marks the first byte that ends a run of plain text: quote, backslash, control, no ASCII. What it marks behind may be wrong. */
    static long special(long word) {
        long quote = (word ^ '"' * LOW) - LOW;
        long backslash = (word ^ '\\' * LOW) - LOW;
        long control = word - ' ' * LOW;
        return (quote | backslash | control | word) & HIGH;
    }

    /** Marks the first quote or backslash; with bytes that are no ASCII before it, the mark may be too early. */
    static long delimiter(long word) {
        long quote = word ^ '"' * LOW;
        long backslash = word ^ '\\' * LOW;
        return ((quote - LOW) & ~quote | (backslash - LOW) & ~backslash) & HIGH;
    }

    /** Returns the place of the first byte that is marked. */
    static int first(long marks) {
        return Long.numberOfTrailingZeros(marks) >>> 3;
    }

    /** Tells whether a byte ends a run of plain text or is a question mark. */
    static boolean odd(long word) {
        long question = (word ^ '?' * LOW) - LOW;
        return (special(word) | question & HIGH) != 0;
    }
}
