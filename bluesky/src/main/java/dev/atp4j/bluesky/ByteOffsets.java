// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.bluesky;

import java.util.Arrays;

/**
 * Where each UTF-16 unit of a text is in its UTF-8 form. Facets count in bytes, Java in units. Half of a surrogate pair is the
 * three bytes of the character that an encoder puts in its place.
 */
final class ByteOffsets {

    /** By unit, and one more for the end. The second half of a pair is two bytes into it, where no character starts. */
    private final int[] offsets;

    private final String text;

    ByteOffsets(String text) {
        this.text = text;
        offsets = new int[text.length() + 1];
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            offsets[i] = bytes;
            char c = text.charAt(i);
            if (c < 0x80) {
                bytes++;
            } else if (c < 0x800) {
                bytes += 2;
            } else if (i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1))) {
                offsets[++i] = bytes + 2;
                bytes += 4;
            } else {
                bytes += 3;
            }
        }
        offsets[text.length()] = bytes;
    }

    /** Returns the length of the whole text in bytes. */
    int total() {
        return offsets[offsets.length - 1];
    }

    /** Returns where a unit is. */
    int ofUnit(int unit) {
        return offsets[unit];
    }

    /** Returns the unit at a byte, the end if it is beyond, or -1 if no character starts there. */
    int toUnit(long offset) {
        if (offset >= total()) {
            return text.length();
        }
        int unit = Arrays.binarySearch(offsets, (int) Math.max(offset, -1));
        return unit < 0 || inPair(unit) ? -1 : unit;
    }

    private boolean inPair(int unit) {
        return unit > 0 && Character.isSurrogatePair(text.charAt(unit - 1), text.charAt(unit));
    }
}
