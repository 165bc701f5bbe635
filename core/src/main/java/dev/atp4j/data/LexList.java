// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.data;

import java.util.Iterator;
import java.util.List;

/**
 * A list of values. Immutable.
 *
 * @param items the values in order
 */
public record LexList(List<LexValue> items) implements LexValue, Iterable<LexValue> {

    /** Copies the items. */
    public LexList {
        items = List.copyOf(items);
    }

    /**
     * Makes a list of some values.
     *
     * @param items the values in order
     * @return the list
     */
    public static LexList of(LexValue... items) {
        return new LexList(List.of(items));
    }

    /**
     * Returns how many items there are.
     *
     * @return the number of items
     */
    public int size() {
        return items.size();
    }

    /**
     * Returns one item.
     *
     * @param index its place, from zero
     * @return the item
     * @throws IndexOutOfBoundsException if there is no such place
     */
    public LexValue get(int index) {
        return items.get(index);
    }

    /** Returns an iterator over the items in order; it removes nothing. */
    @Override
    public Iterator<LexValue> iterator() {
        return items.iterator();
    }

    // Written out because what a record has by itself takes several times the stack, and trees are deep.

    /** Compares the items in order. */
    @Override
    public boolean equals(Object other) {
        return other instanceof LexList that && items.equals(that.items);
    }

    @Override
    public int hashCode() {
        return items.hashCode();
    }

    /** Returns the JSON form. */
    @Override
    public String toString() {
        return LexJson.toString(this);
    }
}
