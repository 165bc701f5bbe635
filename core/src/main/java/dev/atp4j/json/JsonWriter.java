// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes one JSON document in UTF-8, without white space. Confined to one thread. It puts the commas; that containers are
 * closed and fields have names is up to the caller.
 */
public final class JsonWriter {

    private static final char[] HEX = "0123456789ABCDEF".toCharArray();
    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");
    private static final byte[] NULL = ascii("null");
    private static final byte[] LEAST = ascii("-9223372036854775808");

    private final int maxDepth;
    private byte[] json;
    private int size;
    private int depth;

    /** A value or a container ended right before. */
    private boolean behindValue;

    /**
     * Starts a document.
     *
     * @param expected how many bytes it may have
     * @param maxDepth how deep containers may be nested
     */
    public JsonWriter(int expected, int maxDepth) {
        this.json = new byte[expected + 16];
        this.maxDepth = maxDepth;
    }

    private static byte[] ascii(String literal) {
        return literal.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Writes a name as a document spells it, to be written more than once.
     *
     * @param name any text
     * @return the name in quotes and escapes, and a colon
     */
    public static byte[] spell(String name) {
        var writer = new JsonWriter(name.length() + 8, 0);
        writer.name(name);
        return writer.toBytes();
    }

    /** Begins an object. */
    public void beginObject() {
        begin('{');
    }

    /** Ends an object. */
    public void endObject() {
        end('}');
    }

    /** Begins an array. */
    public void beginArray() {
        begin('[');
    }

    /** Ends an array. */
    public void endArray() {
        end(']');
    }

    private void begin(char bracket) {
        value(1);
        json[size++] = (byte) bracket;
        behindValue = false;
        if (++depth > maxDepth) {
            throw new JsonException(true, path(), "containers are nested deeper than " + maxDepth + " levels");
        }
    }

    private void end(char bracket) {
        ensure(1);
        json[size++] = (byte) bracket;
        behindValue = true;
        depth--;
    }

    /** Reads what was written so far; where that ends is the place. */
    private String path() {
        var reader = new JsonReader(Arrays.copyOf(json, size - 1), maxDepth);
        try {
            reader.skip();
        } catch (JsonException e) {
            return reader.path();
        }
        return "$";
    }

    /**
     * Writes a name.
     *
     * @param spelled from {@link #spell(String)}
     */
    public void name(byte[] spelled) {
        raw(spelled);
        behindValue = false;
    }

    /**
     * Writes a name.
     *
     * @param name any text
     */
    public void name(String name) {
        string(name);
        ensure(1);
        json[size++] = ':';
        behindValue = false;
    }

    /**
     * Writes a value that is JSON already.
     *
     * @param value one JSON value
     */
    public void raw(byte[] value) {
        value(value.length);
        System.arraycopy(value, 0, json, size, value.length);
        size += value.length;
    }

    /**
     * Writes a number.
     *
     * @param number any number
     */
    public void number(long number) {
        if (number == Long.MIN_VALUE) {
            raw(LEAST);
            return;
        }
        value(20);
        long rest = number;
        if (rest < 0) {
            json[size++] = '-';
            rest = -rest;
        }
        int digits = 1;
        for (long power = 10; digits < 19 && rest >= power; power *= 10) {
            digits++;
        }
        for (int i = size + digits - 1; i >= size; i--) {
            json[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size += digits;
    }

    /**
     * Writes a truth value.
     *
     * @param truth the value
     */
    public void truth(boolean truth) {
        raw(truth ? TRUE : FALSE);
    }

    /** Writes a null. */
    public void nothing() {
        raw(NULL);
    }

    /**
     * Writes a string. Half of a surrogate pair is written as an escape.
     *
     * @param text any text
     */
    public void string(String text) {
        // Nearly all texts are ASCII, and this is the quickest way to the bytes of those. Others get question marks.
        byte[] ascii = text.getBytes(StandardCharsets.ISO_8859_1);
        value(ascii.length + 2);
        json[size++] = '"';
        int plain = copy(ascii);
        size += plain;
        if (plain < ascii.length) {
            escaped(text, plain);
            ensure(1);
        }
        json[size++] = '"';
    }

    /**
     * Puts a text behind what was written, until something in it may need an escape or more than a byte.
     *
     * @return how many bytes are right
     */
    private int copy(byte[] ascii) {
        int last = ascii.length - 8;
        for (int i = 0; i < last; i += 8) {
            long word = Words.at(ascii, i);
            if (Words.odd(word)) {
                return i;
            }
            Words.put(json, size + i, word);
        }
        if (last >= 0) {
            long word = Words.at(ascii, last);
            Words.put(json, size + last, word);
            return Words.odd(word) ? last : ascii.length;
        }
        for (int i = 0; i < ascii.length; i++) {
            byte next = ascii[i];
            if (next < ' ' || next == '"' || next == '\\' || next == '?') {
                return i;
            }
            json[size + i] = next;
        }
        return ascii.length;
    }

    private void escaped(String text, int from) {
        ensure(text.length() - from);
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            ensure(6);
            if (c == '"' || c == '\\') {
                json[size++] = '\\';
                json[size++] = (byte) c;
            } else if (c < ' ') {
                control(c);
            } else if (c < 0x80) {
                json[size++] = (byte) c;
            } else if (c < 0x800) {
                json[size++] = (byte) (0xC0 | c >> 6);
                json[size++] = (byte) (0x80 | c & 0x3F);
            } else if (!Character.isSurrogate(c)) {
                json[size++] = (byte) (0xE0 | c >> 12);
                json[size++] = (byte) (0x80 | c >> 6 & 0x3F);
                json[size++] = (byte) (0x80 | c & 0x3F);
            } else if (Character.isSupplementaryCodePoint(text.codePointAt(i))) {
                int point = text.codePointAt(i++);
                json[size++] = (byte) (0xF0 | point >> 18);
                json[size++] = (byte) (0x80 | point >> 12 & 0x3F);
                json[size++] = (byte) (0x80 | point >> 6 & 0x3F);
                json[size++] = (byte) (0x80 | point & 0x3F);
            } else {
                unit(c);
            }
        }
    }

    private void control(char c) {
        int letter = "\b\t\n\f\r".indexOf(c);
        if (letter < 0) {
            unit(c);
        } else {
            json[size++] = '\\';
            json[size++] = (byte) "btnfr".charAt(letter);
        }
    }

    private void unit(char c) {
        json[size++] = '\\';
        json[size++] = 'u';
        for (int shift = 12; shift >= 0; shift -= 4) {
            json[size++] = (byte) HEX[c >> shift & 0xF];
        }
    }

    /** Separates a value or a name from what is before it, and makes room. */
    private void value(int bytes) {
        ensure(bytes + 1);
        if (behindValue) {
            json[size++] = ',';
        }
        behindValue = true;
    }

    private void ensure(int bytes) {
        if (json.length - size < bytes) {
            json = Arrays.copyOf(json, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(2L * size, (long) size + bytes)));
        }
    }

    /**
     * Returns the document.
     *
     * @return a copy of its bytes
     */
    public byte[] toBytes() {
        return Arrays.copyOf(json, size);
    }

    /** Returns the document as text. */
    @Override
    public String toString() {
        return new String(json, 0, size, StandardCharsets.UTF_8);
    }
}
