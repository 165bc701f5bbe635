// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon;

import java.util.List;
import java.util.Set;

/** Where a type of data may stand, and which types may stand there. */
enum Spot {
    DEF("a definition", true, "boolean", "integer", "string", "bytes", "cid-link", "blob", "array", "object", "token"),
    PROPERTY(
            "a property",
            true,
            "boolean",
            "integer",
            "string",
            "bytes",
            "cid-link",
            "blob",
            "array",
            "unknown",
            "ref",
            "union"),
    ITEM(
            "the item of an array",
            true,
            "boolean",
            "integer",
            "string",
            "bytes",
            "cid-link",
            "blob",
            "unknown",
            "ref",
            "union"),
    PARAM("a parameter", false, "boolean", "integer", "string", "array"),
    PARAM_ITEM("the item of a parameter's array", false, "boolean", "integer", "string"),
    RECORD("the content of a record", false, "object"),
    PARAMS("the parameters of a method", false, "params"),
    BODY("the schema of a body", true, "object", "ref", "union"),
    MESSAGE("the messages of a subscription", true, "union");

    /** Every type of data that the language has. */
    static final Set<String> ALL_TYPES = Set.of(
            "boolean",
            "integer",
            "string",
            "bytes",
            "cid-link",
            "blob",
            "array",
            "object",
            "params",
            "token",
            "ref",
            "union",
            "unknown");

    private final String label;
    private final boolean toleratesOthers;
    private final List<String> types;

    Spot(String label, boolean toleratesOthers, String... types) {
        this.label = label;
        this.toleratesOthers = toleratesOthers;
        this.types = List.of(types);
    }

    String label() {
        return label;
    }

    List<String> types() {
        return types;
    }

    boolean allows(String type) {
        return types.contains(type);
    }

    /** Tells whether a type that is not allowed here makes sense nevertheless, such as an object within an object. */
    boolean toleratesOthers() {
        return toleratesOthers;
    }
}
