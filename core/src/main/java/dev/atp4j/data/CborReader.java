// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.data;

import dev.atp4j.data.DataException.Kind;
import dev.atp4j.syntax.Cid;
import dev.atp4j.syntax.SyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads one document of DAG-CBOR. Confined to one thread. */
final class CborReader {

    private static final int LINK_TAG = 42;

    private final byte[] bytes;
    private final Place place = new Place();
    private int position;

    CborReader(byte[] bytes) {
        this.bytes = bytes;
    }

    LexValue document() {
        if (bytes.length > Place.MAX_BYTES) {
            throw place.broken(Kind.LIMIT, "the document is larger than " + Place.MAX_BYTES + " bytes");
        }
        LexValue value = value();
        if (position < bytes.length) {
            throw place.broken(Kind.CBOR, "more follows after the end of the document");
        }
        return value;
    }

    private LexValue value() {
        int head = next();
        int info = head & 0x1f;
        return switch ((head & 0xff) >> 5) {
            case 0 -> new LexInteger(integer(info));
            case 1 -> new LexInteger(~integer(info));
            case 2 -> LexBytes.owning(take(length(info)));
            case 3 -> new LexString(text(length(info)));
            case 4 -> list(argument(info));
            case 5 -> map(argument(info));
            case 6 -> link(argument(info));
            default -> simple(info);
        };
    }

    private LexValue simple(int info) {
        return switch (info) {
            case 20 -> LexBoolean.FALSE;
            case 21 -> LexBoolean.TRUE;
            case 22 -> LexNull.NULL;
            case 25, 26, 27 -> throw place.broken(Kind.MODEL, "the number is a float");
            default -> throw place.broken(Kind.MODEL, "there is no such value as the simple value " + info);
        };
    }

    private LexList list(long size) {
        place.enter(size);
        ensure(size);
        LexValue[] items = new LexValue[(int) size];
        for (int i = 0; i < items.length; i++) {
            place.at(i);
            items[i] = value();
        }
        place.leave();
        return LexList.of(items);
    }

    private LexMap map(long size) {
        place.enter(size);
        ensure(2 * size);
        Map<String, LexValue> fields = new LinkedHashMap<>((int) (size * 4 / 3) + 1);
        int start = 0;
        int end = 0;
        for (int i = 0; i < size; i++) {
            int head = next();
            if ((head & 0xff) >> 5 != 3) {
                throw place.broken(Kind.MODEL, "the name of a field is no string");
            }
            int length = length(head & 0x1f);
            if (length > Place.MAX_NAME_BYTES) {
                throw place.broken(Kind.LIMIT, "the name is longer than " + Place.MAX_NAME_BYTES + " bytes");
            }
            if (length == 0) {
                throw place.broken(Kind.MODEL, "the name is empty");
            }
            int nameStart = position;
            String name = text(length);
            place.at(name);
            if (i > 0) {
                checkOrder(start, end, nameStart);
            }
            start = nameStart;
            end = position;
            fields.put(name, value());
        }
        place.leave();
        return LexMap.owning(fields);
    }

    /** The field whose name has been read last comes after the one before. */
    private void checkOrder(int start, int end, int nameStart) {
        int order = Integer.compare(end - start, position - nameStart);
        if (order == 0) {
            order = Arrays.compareUnsigned(bytes, start, end, bytes, nameStart, position);
        }
        if (order == 0) {
            throw place.broken(Kind.MODEL, "the map has this name twice");
        }
        if (order > 0) {
            throw place.broken(Kind.CBOR, "the names are not sorted by length and then by bytes");
        }
    }

    private LexLink link(long tag) {
        if (tag != LINK_TAG) {
            throw place.broken(Kind.MODEL, "the tag is " + Long.toUnsignedString(tag) + ", not " + LINK_TAG);
        }
        int head = next();
        if ((head & 0xff) >> 5 != 2) {
            throw place.broken(Kind.MODEL, "the link is no byte string");
        }
        byte[] link = take(length(head & 0x1f));
        if (link.length == 0 || link[0] != 0) {
            throw place.broken(Kind.MODEL, "the link does not begin with a zero byte");
        }
        if (link.length - 1 > Place.MAX_LINK_BYTES) {
            throw place.broken(Kind.LIMIT, "the link is longer than " + Place.MAX_LINK_BYTES + " bytes");
        }
        try {
            return new LexLink(Cid.ofBytes(Arrays.copyOfRange(link, 1, link.length)));
        } catch (SyntaxException e) {
            throw place.broken(Kind.MODEL, "the link is no CID");
        }
    }

    private String text(int length) {
        int start = position;
        skip(length);
        for (int i = start; i < position; i++) {
            if (bytes[i] < 0) {
                return unicode(start, length);
            }
        }
        return new String(bytes, start, length, StandardCharsets.ISO_8859_1);
    }

    private String unicode(int start, int length) {
        String text = new String(bytes, start, length, StandardCharsets.UTF_8);
        // That is what broken bytes become, but somebody may have written it as well.
        if (text.indexOf('\uFFFD') >= 0) {
            try {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, start, length));
            } catch (CharacterCodingException e) {
                throw place.broken(Kind.MODEL, "the string is not UTF-8");
            }
        }
        return text;
    }

    private long integer(int info) {
        long value = argument(info);
        if (value < 0) {
            throw place.broken(Kind.MODEL, "the number is no integer of 64 bits");
        }
        return value;
    }

    private int length(int info) {
        long length = argument(info);
        ensure(length);
        return (int) length;
    }

    /** Reads the number in a head, which is negative if it is 2^63 or more. */
    private long argument(int info) {
        if (info < 24) {
            return info;
        }
        if (info > 27) {
            throw place.broken(
                    Kind.CBOR, info == 31 ? "the length is not given in advance" : "the head has a reserved form");
        }
        int width = 1 << (info - 24);
        long value = 0;
        for (int i = 0; i < width; i++) {
            value = value << 8 | next() & 0xff;
        }
        boolean shortest = switch (width) {
            case 1 -> value >= 24;
            case 2 -> value >= 0x100;
            case 4 -> value >= 0x10000;
            default -> value >>> 32 != 0;
        };
        if (!shortest) {
            throw place.broken(Kind.CBOR, "the number is not in its shortest form");
        }
        return value;
    }

    private byte next() {
        ensure(1);
        return bytes[position++];
    }

    private byte[] take(int length) {
        int start = position;
        skip(length);
        return Arrays.copyOfRange(bytes, start, position);
    }

    private void skip(int length) {
        ensure(length);
        position += length;
    }

    /** So many bytes must follow; a container is not made for more entries than can be there. */
    private void ensure(long length) {
        if (length < 0 || length > bytes.length - position) {
            throw place.broken(Kind.CBOR, "the document ends early");
        }
    }
}
