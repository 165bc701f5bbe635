// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.client;

import dev.atp4j.xrpc.XrpcRequest;
import java.util.ArrayList;
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

    /** Returns the names; values may be private. */
    @Override
    public String toString() {
        return entries.stream().map(Entry::name).toList().toString();
    }
}
