// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A set of names, to find those that stand in a document without making strings of them. Thread-safe.
 *
 * <p>Servers send the fields of an object in the same order every time, so the set remembers which name came after which
 * and tries that one first. What it remembers is a guess that is always checked; threads may overwrite each other's.
 */
public final class Names {

    /** The place of a name that is not in the set. */
    public static final int OTHER = -1;

    private final List<String> names;
    private final byte[][] quoted;
    private final long[] heads;
    private final long[] masks;
    private final short[] table;
    private final short[] next;

    /**
     * Makes a set.
     *
     * @param names the names; each has its place in this list
     */
    public Names(List<String> names) {
        int size = names.size();
        this.names = names;
        this.quoted = new byte[size][];
        this.heads = new long[size];
        this.masks = new long[size];
        this.table = new short[Integer.highestOneBit(2 * size + 2) * 2];
        this.next = new short[size + 1];
        Arrays.fill(table, (short) OTHER);
        for (int i = 0; i < size; i++) {
            byte[] name = (names.get(i) + '"').getBytes(StandardCharsets.UTF_8);
            quoted[i] = name;
            long head = new Words(Arrays.copyOf(name, name.length + 8)).at(0);
            masks[i] = name.length >= 8 ? -1L : (1L << 8 * name.length) - 1;
            heads[i] = head & masks[i];
            next[i] = (short) i;
            if (plain(name)) {
                int entry = hash(name, 0, name.length - 1) & table.length - 1;
                while (table[entry] != OTHER) {
                    entry = entry + 1 & table.length - 1;
                }
                table[entry] = (short) i;
            } else {
                masks[i] = 0;
                heads[i] = 1; // equals nothing: in a document it is spelled with escapes
            }
        }
        next[size] = OTHER;
    }

    /**
     * Finds a name.
     *
     * @param name a name
     * @return its place, or {@link #OTHER}
     */
    public int find(String name) {
        for (int i = 0; i < quoted.length; i++) {
            if (names.get(i).equals(name)) {
                return i;
            }
        }
        return OTHER;
    }

    /**
     * Finds a name.
     *
     * @param name a name
     * @param before the place of the name before, or {@link #OTHER}
     * @return its place, or {@link #OTHER}
     */
    public int find(String name, int before) {
        int guess = after(before);
        if (guess >= 0 && names.get(guess).equals(name)) {
            return guess;
        }
        int place = find(name);
        if (place >= 0) {
            remember(before, place);
        }
        return place;
    }

    /** Returns the place of the name that came after that one the last time. */
    int after(int place) {
        return next[place + 1];
    }

    void remember(int place, int after) {
        next[place + 1] = (short) after;
    }

    /** Returns the number of bytes of a name with the quote that ends it. */
    int length(int place) {
        return quoted[place].length;
    }

    /** Tells whether a name, with its quote, begins in a document at a place that is eight bytes from the end or more. */
    boolean startsAt(byte[] json, Words words, int from, int place) {
        if ((words.at(from) & masks[place]) != heads[place]) {
            return false;
        }
        byte[] name = quoted[place];
        return name.length <= 8
                || from + name.length <= json.length
                        && Arrays.equals(json, from + 8, from + name.length, name, 8, name.length);
    }

    /** Finds the name that stands between two places of a document, which has no escapes. */
    int find(byte[] json, int from, int to) {
        int entry = hash(json, from, to) & table.length - 1;
        while (true) {
            int place = table[entry];
            if (place == OTHER) {
                return OTHER;
            }
            byte[] name = quoted[place];
            if (name.length == to - from + 1 && Arrays.equals(json, from, to, name, 0, to - from)) {
                return place;
            }
            entry = entry + 1 & table.length - 1;
        }
    }

    /** Most names differ in their length, or in one of these bytes; those that do not cost a comparison. */
    private static int hash(byte[] bytes, int from, int to) {
        int length = to - from;
        if (length == 0) {
            return 0;
        }
        int hash = length;
        hash = hash * 31 + bytes[from];
        hash = hash * 31 + bytes[from + (length >> 1)];
        hash = hash * 31 + bytes[to - 1];
        hash = hash * 31 + bytes[from + (length >> 2)];
        return hash ^ hash >>> 7;
    }

    private static boolean plain(byte[] quoted) {
        for (int i = 0; i < quoted.length - 1; i++) {
            if (quoted[i] == '"' || quoted[i] == '\\' || quoted[i] >= 0 && quoted[i] < ' ') {
                return false;
            }
        }
        return true;
    }
}
