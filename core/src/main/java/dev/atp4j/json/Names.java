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

    /** The names with the quote that ends them, and their first eight bytes. */
    private final byte[][] quoted;

    private final long[] heads;

    /** The last eight bytes of those that are longer. */
    private final long[] tails;

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
        this.tails = new long[size];
        this.table = new short[Integer.highestOneBit(2 * size + 2) * 2];
        this.next = new short[size + 1];
        Arrays.fill(table, (short) OTHER);
        for (int i = 0; i < size; i++) {
            byte[] name = (names.get(i) + '"').getBytes(StandardCharsets.UTF_8);
            quoted[i] = name;
            next[i] = (short) i;
            tails[i] = name.length <= 8 ? 0 : Words.at(name, name.length - 8);
            // A name that a document spells with escapes is found as a string, and not here.
            heads[i] = plain(name) ? Words.at(Arrays.copyOf(name, Math.max(8, name.length)), 0) : 0;
            if (heads[i] != 0) {
                int entry = entry(heads[i], name, name.length);
                while (table[entry] != OTHER) {
                    entry = entry + 1 & table.length - 1;
                }
                table[entry] = (short) i;
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

    /** Tells whether a name, with its quote, begins in a document where these are the next eight bytes. */
    boolean startsAt(byte[] json, int from, long word, int place) {
        byte[] name = quoted[place];
        int length = name.length;
        return Words.head(word, length) == heads[place]
                && (length <= 8
                        || from + length <= json.length
                                && Words.at(json, from + length - 8) == tails[place]
                                && isMiddle(json, from, name));
    }

    /** Compares what neither the first eight bytes nor the last ones hold. Names are too short for a vector. */
    private static boolean isMiddle(byte[] json, int from, byte[] name) {
        for (int i = 8; i < name.length - 8; i += 8) {
            if (Words.at(json, from + i) != Words.at(name, i)) {
                return false;
            }
        }
        return true;
    }

    /** Finds the name that stands between two places of a document, with no escapes, and a quote behind it. */
    int find(byte[] json, int from, int to) {
        if (from + 8 > json.length) {
            return find(new String(json, from, to - from, StandardCharsets.UTF_8));
        }
        int length = to + 1 - from;
        long head = Words.head(Words.at(json, from), length);
        int entry = length <= 8 ? entry(head, 0, length) : entry(head, Words.at(json, to - 7), length);
        while (true) {
            int place = table[entry];
            if (place == OTHER) {
                return OTHER;
            }
            if (heads[place] == head && quoted[place].length == length && startsAt(json, from, head, place)) {
                return place;
            }
            entry = entry + 1 & table.length - 1;
        }
    }

    private int entry(long head, byte[] quoted, int length) {
        return entry(head, length <= 8 ? 0 : Words.at(quoted, length - 8), length);
    }

    /** Names differ in how they begin, in how they end, or in their length; those that do not cost a comparison. */
    private int entry(long head, long tail, int length) {
        long hash = (head + Long.rotateLeft(tail, 29) + length) * 0x9E3779B97F4A7C15L;
        return (int) (hash >>> 40) & table.length - 1;
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
