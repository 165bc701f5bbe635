// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds.server;

import dev.atp4j.data.LexBoolean;
import dev.atp4j.data.LexInteger;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import dev.atp4j.syntax.AtIdentifier;
import dev.atp4j.syntax.Cid;
import dev.atp4j.syntax.Did;
import dev.atp4j.syntax.Handle;
import dev.atp4j.syntax.Nsid;
import dev.atp4j.syntax.RecordKey;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One parameter of a query or field of an input: its name, its form, and the reference server's words if it does not
 * have it. Immutable.
 */
final class Field {

    private final String name;
    private final Form form;
    private final boolean required;
    private final long least;
    private final long most;

    private Field(String name, Form form, boolean required, long least, long most) {
        this.name = name;
        this.form = form;
        this.required = required;
        this.least = least;
        this.most = most;
    }

    /** What a value has to be. */
    @SuppressWarnings("ImmutableEnumChecker") // its predicates keep no state
    enum Form {
        TEXT("string", LexString.class),
        FLAG("boolean", LexBoolean.class),
        NUMBER("integer", LexInteger.class),
        LIST("array", LexList.class),
        OBJECT("object", LexMap.class),
        HANDLE("handle", text -> Handle.tryParse(text).isPresent()),
        DID("DID", text -> Did.tryParse(text).isPresent()),
        IDENTIFIER("AT identifier", text -> AtIdentifier.tryParse(text).isPresent()),
        NSID("NSID", text -> Nsid.tryParse(text).isPresent()),
        CID("CID string", text -> Cid.tryParse(text).isPresent()),
        KEY("record key", text -> RecordKey.tryParse(text).isPresent());

        private final String words;
        private final Class<? extends LexValue> type;
        private final Predicate<String> format;

        Form(String words, Class<? extends LexValue> type) {
            this(words, type, text -> true);
        }

        Form(String words, Predicate<String> format) {
            this(words, LexString.class, format);
        }

        Form(String words, Class<? extends LexValue> type, Predicate<String> format) {
            this.words = words;
            this.type = type;
            this.format = format;
        }

        /** Returns what is wrong with a value, or null. */
        private @Nullable String fault(LexValue value) {
            if (!type.isInstance(value)) {
                String expected = type == LexString.class ? TEXT.words : words;
                return "Expected " + expected + " value type (got " + value + ")";
            }
            boolean formed = !(value instanceof LexString text) || format.test(text.value());
            return formed ? null : "Invalid " + words + " (got " + value + ")";
        }
    }

    static Field of(String name, Form form) {
        return new Field(name, form, true, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    static Field text(String name) {
        return of(name, Form.TEXT);
    }

    /** A number within bounds that may be missing. */
    static Field number(String name, long least, long most) {
        return new Field(name, Form.NUMBER, false, least, most);
    }

    /** Returns the field as one that may be missing. */
    Field optional() {
        return new Field(name, form, false, least, most);
    }

    /** Checks this field of an input. */
    void check(LexMap input) {
        LexValue value = input.get(name);
        if (value == null) {
            if (required) {
                throw XrpcFailure.invalidRequest("Missing required key \"" + name + "\" at $");
            }
            return;
        }
        String fault = form.fault(value);
        if (fault != null) {
            throw XrpcFailure.invalidRequest(fault + " at $." + name);
        }
    }

    /** Checks this parameter of a query. */
    void check(String nsid, Parameters parameters) {
        String text = parameters.find(name).orElse("");
        String fault = null;
        if (text.isEmpty()) {
            fault = required ? "Missing required key \"" + name + "\"" : null;
        } else if (form == Form.NUMBER) {
            fault = text.matches("-?[0-9]{1,18}")
                    ? outOfBounds(Long.parseLong(text))
                    : Form.NUMBER.fault(new LexString(text));
        } else if (form != Form.FLAG) {
            fault = form.fault(new LexString(text));
        }
        if (fault != null) {
            throw XrpcFailure.invalidRequest("Invalid " + nsid + " params: " + fault);
        }
    }

    private @Nullable String outOfBounds(long number) {
        if (number < least) {
            return "integer too small (minimum " + least + ", got " + number + ")";
        }
        return number > most ? "integer too big (maximum " + most + ", got " + number + ")" : null;
    }
}
