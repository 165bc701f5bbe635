// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The header fields of a request or an answer, in order. Names are compared without regard to case and given in lower
 * case. Immutable and thread-safe.
 *
 * <p>{@link #toString()} lists names only, since values may hold tokens.
 */
public final class Headers {

    private static final Headers EMPTY = new Headers(new String[0]);

    /** Names at even places, their values behind them. */
    private final String[] pairs;

    private Headers(String[] pairs) {
        this.pairs = pairs;
    }

    /**
     * Returns headers without a field.
     *
     * @return the empty headers
     */
    public static Headers empty() {
        return EMPTY;
    }

    /**
     * Returns headers of one field.
     *
     * @param name the field's name
     * @param value its value
     * @return the headers
     * @throws IllegalArgumentException if the name is no token, or the value holds a line break, another control
     *     character or one beyond Latin-1; the message does not show the value
     */
    public static Headers of(String name, String value) {
        return EMPTY.plus(name, value);
    }

    /**
     * Returns the fields of an answer as a server sent them, unchecked. For transports.
     *
     * @param namesAndValues each name with its value behind it; the array is not copied and must not be changed
     * @return the headers
     * @throws IllegalArgumentException if the last name has no value
     */
    public static Headers received(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("a header name without a value");
        }
        return new Headers(namesAndValues);
    }

    /**
     * Returns a copy with one more field at the end, whatever fields of that name there are.
     *
     * @param name the field's name
     * @param value its value
     * @return the longer copy
     * @throws IllegalArgumentException as {@link #of}
     */
    public Headers plus(String name, String value) {
        checkName(name);
        checkValue(name, value);
        String[] longer = Arrays.copyOf(pairs, pairs.length + 2);
        longer[pairs.length] = name;
        longer[pairs.length + 1] = value;
        return new Headers(longer);
    }

    /**
     * Returns a copy with all fields of both.
     *
     * @param more the fields to put behind these
     * @return the longer copy
     */
    public Headers plus(Headers more) {
        if (more.pairs.length == 0) {
            return this;
        }
        if (pairs.length == 0) {
            return more;
        }
        String[] longer = Arrays.copyOf(pairs, pairs.length + more.pairs.length);
        System.arraycopy(more.pairs, 0, longer, pairs.length, more.pairs.length);
        return new Headers(longer);
    }

    /**
     * Returns a copy in which this field stands once, at the end, with this value.
     *
     * @param name the field's name
     * @param value its value
     * @return the changed copy
     * @throws IllegalArgumentException as {@link #of}
     */
    public Headers with(String name, String value) {
        return without(name).plus(name, value);
    }

    /**
     * Returns a copy without any field of this name.
     *
     * @param name the field's name
     * @return the shorter copy, or these headers if there is no such field
     */
    public Headers without(String name) {
        if (!contains(name)) {
            return this;
        }
        var shorter = new ArrayList<String>(pairs.length);
        for (int i = 0; i < pairs.length; i += 2) {
            if (!pairs[i].equalsIgnoreCase(name)) {
                shorter.add(pairs[i]);
                shorter.add(pairs[i + 1]);
            }
        }
        return new Headers(shorter.toArray(String[]::new));
    }

    /**
     * Returns the first value of a field.
     *
     * @param name the field's name
     * @return its value, or empty if there is no such field
     */
    public Optional<String> first(String name) {
        return Optional.ofNullable(value(name));
    }

    /**
     * Returns all values of a field.
     *
     * @param name the field's name
     * @return its values in order, perhaps none
     */
    public List<String> all(String name) {
        var values = new ArrayList<String>(1);
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i].equalsIgnoreCase(name)) {
                values.add(pairs[i + 1]);
            }
        }
        return List.copyOf(values);
    }

    /**
     * Tells whether there is such a field.
     *
     * @param name the field's name
     * @return true if there is at least one
     */
    public boolean contains(String name) {
        return value(name) != null;
    }

    /**
     * Tells how many fields there are.
     *
     * @return the number of fields, repeated ones counted each
     */
    public int size() {
        return pairs.length / 2;
    }

    /**
     * Visits every field in order.
     *
     * @param visitor gets each name, in lower case, and its value
     */
    public void forEach(BiConsumer<String, String> visitor) {
        for (int i = 0; i < pairs.length; i += 2) {
            visitor.accept(pairs[i].toLowerCase(Locale.ROOT), pairs[i + 1]);
        }
    }

    private @Nullable String value(String name) {
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i].equalsIgnoreCase(name)) {
                return pairs[i + 1];
            }
        }
        return null;
    }

    private static void checkName(String name) {
        boolean token = !name.isEmpty();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            token &= c > ' ' && c < 127 && "()<>@,;:\\\"/[]?={}".indexOf(c) < 0;
        }
        if (!token) {
            throw new IllegalArgumentException("not a header name: \"" + name + "\"");
        }
    }

    static void checkValue(String name, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' && c != '\t' || c == 127 || c > 255) {
                throw new IllegalArgumentException(
                        "the value of header " + name + " holds a character that no header may have");
            }
        }
    }

    /** Returns the names of the fields, not their values. */
    @Override
    public String toString() {
        var names = new ArrayList<String>();
        forEach((name, value) -> names.add(name));
        return "Headers" + names;
    }
}
