// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.json;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The bytes of a document eight at a time, the first one lowest.
 *
 * <p>A buffer serves, since it needs no method handles, which cost a fresh JVM many milliseconds.
 */
final class Words {

    private static final long LOW = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;

    private final ByteBuffer buffer;

    Words(byte[] bytes) {
        this.buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Returns the eight bytes from there on; so many must follow. */
    long at(int position) {
        return buffer.getLong(position);
    }

    /** Returns the place of the first byte that ends a run of plain text in a string, or 8: quote, backslash, control, no ASCII. */
    static int special(long word) {
        long quote = (word ^ '"' * LOW) - LOW;
        long backslash = (word ^ '\\' * LOW) - LOW;
        long control = word - ' ' * LOW;
        return Long.numberOfTrailingZeros((quote | backslash | control | word) & HIGH) >>> 3;
    }

    /** Tells whether one of the bytes is a quote, a backslash, a control character or a question mark; seldom also if none is. */
    static boolean odd(long word) {
        long ascii = ~word;
        long quote = (word ^ '"' * LOW) - LOW;
        long backslash = (word ^ '\\' * LOW) - LOW;
        long control = word - ' ' * LOW;
        long question = (word ^ '?' * LOW) - LOW;
        return ((quote | backslash | control | question) & ascii & HIGH) != 0;
    }
}
