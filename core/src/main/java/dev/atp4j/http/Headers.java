// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The header fields of a request or an answer, in order. Names are compared without regard to case and kept in lower
 * case. Immutable and thread-safe.
 *
 * <p>{@link #toString()} lists names only, since values may hold tokens.
 */
public final class Headers {

    private static final Headers EMPTY = new Headers(List.of());

    /** Names at even places, their values behind them. */
    private final List<String> pairs;

    private Headers(List<String> pairs) {
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
     * @throws IllegalArgumentException if the name is no token, or the value holds a line break or another control
     *     character; the message does not show the value
     */
    public static Headers of(String name, String value) {
        return EMPTY.plus(name, value);
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
        var longer = new ArrayList<String>(pairs.size() + 2);
        longer.addAll(pairs);
        longer.add(name.toLowerCase(Locale.ROOT));
        longer.add(value);
        return new Headers(longer);
    }

    /**
     * Returns a copy in which this field stands once, with this value.
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
        if (value(name) == null) {
            return this;
        }
        var shorter = new ArrayList<String>(pairs.size());
        for (int i = 0; i < pairs.size(); i += 2) {
            if (!pairs.get(i).equalsIgnoreCase(name)) {
                shorter.add(pairs.get(i));
                shorter.add(pairs.get(i + 1));
            }
        }
        return new Headers(shorter);
    }

    /**
     * Returns a copy with all fields of both.
     *
     * @param more the fields to put behind these
     * @return the longer copy
     */
    public Headers plus(Headers more) {
        if (more.pairs.isEmpty()) {
            return this;
        }
        if (pairs.isEmpty()) {
            return more;
        }
        var longer = new ArrayList<String>(pairs.size() + more.pairs.size());
        longer.addAll(pairs);
        longer.addAll(more.pairs);
        return new Headers(longer);
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
        forEach((n, v) -> {
            if (n.equalsIgnoreCase(name)) {
                values.add(v);
            }
        });
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
     * Visits every field in order.
     *
     * @param visitor gets each name and value
     */
    public void forEach(BiConsumer<String, String> visitor) {
        for (int i = 0; i < pairs.size(); i += 2) {
            visitor.accept(pairs.get(i), pairs.get(i + 1));
        }
    }

    private @Nullable String value(String name) {
        for (int i = 0; i < pairs.size(); i += 2) {
            if (pairs.get(i).equalsIgnoreCase(name)) {
                return pairs.get(i + 1);
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

    private static void checkValue(String name, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' && c != '\t' || c == 127) {
                throw new IllegalArgumentException("the value of header " + name + " holds a control character");
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
