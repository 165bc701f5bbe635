// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.data;

import dev.atp4j.data.DataException.Kind;
import dev.atp4j.syntax.Cid;
import dev.atp4j.syntax.SyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/** Writes one document of DAG-CBOR. Confined to one thread. */
final class CborWriter {

    private static final int UNSIGNED = 0;
    private static final int NEGATIVE = 1;
    private static final int BYTES = 2;
    private static final int TEXT = 3;
    private static final int LIST = 4;
    private static final int MAP = 5;

    private final Place place = new Place();
    private byte[] bytes = new byte[512];
    private int size;

    byte[] document(LexValue value) {
        write(value);
        if (size > Place.MAX_BYTES) {
            throw place.broken(Kind.LIMIT, "the document is larger than " + Place.MAX_BYTES + " bytes");
        }
        return Arrays.copyOf(bytes, size);
    }

    private void write(LexValue value) {
        if (value instanceof LexString string) {
            text(utf8(string.value()));
        } else if (value instanceof LexMap map) {
            map(map);
        } else if (value instanceof LexList list) {
            list(list);
        } else if (value instanceof LexInteger integer) {
            long number = integer.value();
            head(number < 0 ? NEGATIVE : UNSIGNED, number < 0 ? ~number : number);
        } else if (value instanceof LexLink link) {
            link(link.cid());
        } else if (value instanceof LexBytes string) {
            byte[] content = string.shared();
            head(BYTES, content.length);
            append(content);
        } else if (value instanceof LexBoolean bool) {
            append(bool.value() ? 0xf5 : 0xf4);
        } else {
            append(0xf6);
        }
    }

    private void list(LexList list) {
        place.enter(list.size());
        head(LIST, list.size());
        for (int i = 0; i < list.size(); i++) {
            place.at(i);
            write(list.get(i));
        }
        place.leave();
    }

    private void map(LexMap map) {
        place.enter(map.fields().size());
        head(MAP, map.fields().size());
        Entry[] entries = new Entry[map.fields().size()];
        int count = 0;
        for (Map.Entry<String, LexValue> field : map.fields().entrySet()) {
            place.at(field.getKey());
            byte[] name = utf8(field.getKey());
            if (name.length == 0) {
                throw place.broken(Kind.MODEL, "the name is empty");
            }
            if (name.length > Place.MAX_NAME_BYTES) {
                throw place.broken(Kind.LIMIT, "the name is longer than " + Place.MAX_NAME_BYTES + " bytes");
            }
            entries[count++] = new Entry(name, field);
        }
        Arrays.sort(entries);
        for (Entry entry : entries) {
            place.at(entry.field.getKey());
            text(entry.name);
            write(entry.field.getValue());
        }
        place.leave();
    }

    private void link(Cid cid) {
        byte[] link;
        try {
            link = cid.bytes();
        } catch (SyntaxException e) {
            throw place.broken(Kind.MODEL, "the link is no CID in base32");
        }
        if (link.length > Place.MAX_LINK_BYTES) {
            throw place.broken(Kind.LIMIT, "the link is longer than " + Place.MAX_LINK_BYTES + " bytes");
        }
        append(0xd8);
        append(0x2a);
        head(BYTES, link.length + 1);
        append(0);
        append(link);
    }

    private void text(byte[] utf8) {
        head(TEXT, utf8.length);
        append(utf8);
    }

    private byte[] utf8(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        for (byte b : utf8) {
            // That is what half of a surrogate pair becomes, but mostly it is what it looks like.
            if (b == '?') {
                checkUnicode(text);
                break;
            }
        }
        return utf8;
    }

    private void checkUnicode(String text) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw place.broken(Kind.MODEL, "the string has half a surrogate pair");
        }
    }

    /** Writes a type and a number, not negative, in its shortest form. */
    private void head(int type, long number) {
        if (number < 24) {
            append(type << 5 | (int) number);
            return;
        }
        int width = number < 0x100 ? 0 : number < 0x10000 ? 1 : number >>> 32 == 0 ? 2 : 3;
        append(type << 5 | 24 + width);
        for (int shift = (8 << width) - 8; shift >= 0; shift -= 8) {
            append((int) (number >>> shift));
        }
    }

    private void append(int b) {
        reserve(1);
        bytes[size++] = (byte) b;
    }

    private void append(byte[] content) {
        reserve(content.length);
        System.arraycopy(content, 0, bytes, size, content.length);
        size += content.length;
    }

    private void reserve(int more) {
        if (more > bytes.length - size) {
            // Beyond the limit nothing is written in the end, so a giant is refused before it is copied.
            if (more > Place.MAX_BYTES - size) {
                throw place.broken(Kind.LIMIT, "the document is larger than " + Place.MAX_BYTES + " bytes");
            }
            bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
        }
    }

    /** A field under its name in UTF-8. */
    private static final class Entry implements Comparable<Entry> {

        private final byte[] name;
        private final Map.Entry<String, LexValue> field;

        Entry(byte[] name, Map.Entry<String, LexValue> field) {
            this.name = name;
            this.field = field;
        }

        @Override
        public int compareTo(Entry other) {
            int order = Integer.compare(name.length, other.name.length);
            return order != 0 ? order : Arrays.compareUnsigned(name, other.name);
        }
    }
}
