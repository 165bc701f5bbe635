// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.client;

import dev.atp4j.data.LexBoolean;
import dev.atp4j.data.LexInteger;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import dev.atp4j.xrpc.XrpcRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;

/** The parameters of a query that is called by its name, without a class of its own. Immutable. */
public final class Params {

    private static final Params NONE = new Params(List.of());

    private record Entry(String name, Object value) {}

    private final List<Entry> entries;

    private Params(List<Entry> entries) {
        this.entries = entries;
    }

    /**
     * Returns no parameters.
     *
     * @return the parameters
     */
    public static Params none() {
        return NONE;
    }

    /**
     * Returns one parameter.
     *
     * @param name its name
     * @param value its value, or a collection of values: texts, integers, booleans, identifiers
     * @return the parameters
     */
    public static Params of(String name, Object value) {
        return NONE.and(name, value);
    }

    /**
     * Returns one parameter more.
     *
     * @param name its name
     * @param value its value, or a collection of values: texts, integers, booleans, identifiers
     * @return these parameters and that one
     */
    public Params and(String name, Object value) {
        var more = new ArrayList<>(entries);
        more.add(new Entry(name, value));
        return new Params(List.copyOf(more));
    }

    void to(XrpcRequest.Builder request) {
        for (Entry entry : entries) {
            request.param(entry.name(), entry.value());
        }
    }

    /** Returns the parameters as a tree, for validation. */
    LexMap toMap() {
        var lists = new LinkedHashMap<String, List<LexValue>>();
        var several = new HashSet<String>();
        for (Entry entry : entries) {
            List<LexValue> values = lists.computeIfAbsent(entry.name(), name -> new ArrayList<>());
            if (!values.isEmpty() || entry.value() instanceof Iterable) {
                several.add(entry.name());
            }
            if (entry.value() instanceof Iterable<?> items) {
                items.forEach(item -> values.add(tree(item)));
            } else {
                values.add(tree(entry.value()));
            }
        }
        LexMap.Builder map = LexMap.builder();
        lists.forEach((name, values) -> map.put(name, several.contains(name) ? new LexList(values) : values.get(0)));
        return map.build();
    }

    private static LexValue tree(Object value) {
        if (value instanceof Boolean truth) {
            return truth ? LexBoolean.TRUE : LexBoolean.FALSE;
        }
        return value instanceof Integer || value instanceof Long
                ? new LexInteger(((Number) value).longValue())
                : new LexString(value.toString());
    }

    /** Returns the names; values may be private. */
    @Override
    public String toString() {
        return entries.stream().map(Entry::name).toList().toString();
    }
}
