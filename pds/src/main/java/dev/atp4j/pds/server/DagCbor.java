// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds.server;

import dev.atp4j.data.LexBoolean;
import dev.atp4j.data.LexBytes;
import dev.atp4j.data.LexInteger;
import dev.atp4j.data.LexLink;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.TreeMap;

/** Writes the one binary form that each piece of data has, which its CID is the hash of. */
final class DagCbor {

    private static final int UNSIGNED = 0;
    private static final int NEGATIVE = 1;
    private static final int BYTES = 2;
    private static final int TEXT = 3;
    private static final int LIST = 4;
    private static final int MAP = 5;
    private static final int TAG = 6;
    private static final int CID_TAG = 42;

    /** Shorter keys come first, then the order of their bytes. */
    private static final Comparator<byte[]> KEY_ORDER =
            Comparator.<byte[]>comparingInt(key -> key.length).thenComparing(Arrays::compareUnsigned);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private DagCbor() {}

    static byte[] encode(LexValue value) {
        var encoder = new DagCbor();
        encoder.write(value);
        return encoder.out.toByteArray();
    }

    private void write(LexValue value) {
        if (value instanceof LexMap map) {
            var sorted = new TreeMap<byte[], LexValue>(KEY_ORDER);
            map.fields().forEach((name, field) -> sorted.put(name.getBytes(StandardCharsets.UTF_8), field));
            head(MAP, sorted.size());
            sorted.forEach((name, field) -> {
                chunk(TEXT, name);
                write(field);
            });
        } else if (value instanceof LexList list) {
            head(LIST, list.size());
            list.forEach(this::write);
        } else if (value instanceof LexString text) {
            chunk(TEXT, text.value().getBytes(StandardCharsets.UTF_8));
        } else if (value instanceof LexBytes bytes) {
            chunk(BYTES, bytes.value());
        } else if (value instanceof LexLink link) {
            link(link.cid().value());
        } else if (value instanceof LexInteger integer) {
            long number = integer.value();
            head(number < 0 ? NEGATIVE : UNSIGNED, number < 0 ? ~number : number);
        } else if (value instanceof LexBoolean bool) {
            out.write(bool.value() ? 0xf5 : 0xf4);
        } else {
            out.write(0xf6);
        }
    }

    /** A link is the bytes of its CID behind a zero, which stands for no other base. */
    private void link(String cid) {
        byte[] bytes = Base32.decode(cid.substring(1));
        var prefixed = new byte[bytes.length + 1];
        System.arraycopy(bytes, 0, prefixed, 1, bytes.length);
        head(TAG, CID_TAG);
        chunk(BYTES, prefixed);
    }

    private void chunk(int type, byte[] bytes) {
        head(type, bytes.length);
        out.writeBytes(bytes);
    }

    /** The type and a number, which takes no more bytes than it must. */
    private void head(int type, long number) {
        if (number < 24) {
            out.write(type << 5 | (int) number);
            return;
        }
        int power = number < 1L << 8 ? 0 : number < 1L << 16 ? 1 : number < 1L << 32 ? 2 : 3;
        out.write(type << 5 | 24 + power);
        for (int shift = (8 << power) - 8; shift >= 0; shift -= 8) {
            out.write((int) (number >>> shift));
        }
    }
}
