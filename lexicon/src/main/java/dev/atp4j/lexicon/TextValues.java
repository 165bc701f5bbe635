// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon;

import dev.atp4j.data.DataException;
import dev.atp4j.data.LexBoolean;
import dev.atp4j.data.LexInteger;
import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexLink;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import dev.atp4j.lexicon.Def.Body;
import dev.atp4j.lexicon.Def.ProcedureDef;
import dev.atp4j.lexicon.Def.QueryDef;
import dev.atp4j.lexicon.Def.Schema;
import dev.atp4j.lexicon.Def.SubscriptionDef;
import dev.atp4j.syntax.Cid;
import dev.atp4j.syntax.Nsid;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what people write as {@code name=value} by what a lexicon says of the name: {@code limit=10} as an integer,
 * {@code tags=a} and once more {@code tags=b} as a list. What no plain text stands for, an object for one, is read as JSON.
 * Thread-safe.
 *
 * <p>Unlike a {@link Validator} this refuses names that the lexicon does not know, since people misspell them. Whether the
 * values are valid otherwise is for the validator to say.
 */
public final class TextValues {

    private static final String INTEGER = "-?[0-9]+";

    private final Lexicons lexicons;

    /**
     * Creates a reader.
     *
     * @param lexicons the lexicons
     */
    public TextValues(Lexicons lexicons) {
        this.lexicons = lexicons;
    }

    /**
     * What was made of texts.
     *
     * @param value the fields that could be read
     * @param violations what is wrong, by the rules {@code name} (no such name), {@code repeated} (more than one value, and
     *     not a list) and {@code kind}
     */
    public record Reading(LexMap value, List<Violation> violations) {

        /** Copies the violations. */
        public Reading {
            violations = List.copyOf(violations);
        }
    }

    /**
     * Returns what parameters a method has.
     *
     * @param method the method's name
     * @return the parameters, or empty if the method is not known or has none
     */
    public Optional<Schema.ParamsSchema> paramsOf(Nsid method) {
        return lexicons.resolve(DefRef.main(method))
                .map(def -> def instanceof QueryDef query
                        ? query.params()
                        : def instanceof ProcedureDef procedure
                                ? procedure.params()
                                : def instanceof SubscriptionDef subscription ? subscription.params() : null);
    }

    /**
     * Returns what fields the input of a procedure has.
     *
     * @param procedure the procedure's name
     * @return the fields, or empty if the procedure is not known or its input is no object
     */
    public Optional<Schema.ObjectSchema> inputOf(Nsid procedure) {
        return lexicons.resolve(DefRef.main(procedure))
                .map(def -> def instanceof ProcedureDef p ? p.input() : null)
                .map(Body::schema)
                .map(this::resolved)
                .map(schema -> schema instanceof Schema.ObjectSchema object ? object : null);
    }

    /**
     * Reads parameters.
     *
     * @param method the method's name
     * @param texts the texts in their order
     * @return the parameters
     */
    public Reading params(Nsid method, List<Map.Entry<String, String>> texts) {
        return read(paramsOf(method).map(Schema.ParamsSchema::properties).orElse(Map.of()), texts);
    }

    /**
     * Reads the fields of an input.
     *
     * @param procedure the procedure's name
     * @param texts the texts in their order
     * @return the input
     */
    public Reading input(Nsid procedure, List<Map.Entry<String, String>> texts) {
        return read(inputOf(procedure).map(Schema.ObjectSchema::properties).orElse(Map.of()), texts);
    }

    private Reading read(Map<String, Schema> properties, List<Map.Entry<String, String>> texts) {
        var violations = new ArrayList<Violation>();
        var values = new LinkedHashMap<String, List<LexValue>>();
        for (Map.Entry<String, String> entry : texts) {
            String path = Place.ROOT.field(entry.getKey()).toString();
            Schema schema = resolved(properties.get(entry.getKey()));
            if (schema == null) {
                violations.add(new Violation(
                        path,
                        "name",
                        properties.isEmpty() ? "nothing" : "one of " + String.join(", ", properties.keySet()),
                        "another name"));
                continue;
            }
            Schema item = schema instanceof Schema.ArraySchema array ? resolved(array.items()) : schema;
            LexValue value = item == null ? null : value(item, entry.getValue());
            if (value == null) {
                violations.add(new Violation(path, "kind", expected(item), "another text"));
            } else if (values.computeIfAbsent(entry.getKey(), name -> new ArrayList<>())
                                    .size()
                            > 0
                    && !(schema instanceof Schema.ArraySchema)) {
                violations.add(new Violation(path, "repeated", "one value", "several"));
            } else {
                values.get(entry.getKey()).add(value);
            }
        }
        var fields = new LinkedHashMap<String, LexValue>();
        values.forEach((name, list) -> fields.put(
                name, resolved(properties.get(name)) instanceof Schema.ArraySchema ? new LexList(list) : list.get(0)));
        return new Reading(LexMap.of(fields), violations);
    }

    private static @Nullable LexValue value(Schema schema, String text) {
        if (schema instanceof Schema.StringSchema || schema instanceof Schema.TokenSchema) {
            return new LexString(text);
        } else if (schema instanceof Schema.IntegerSchema) {
            try {
                return text.matches(INTEGER) ? new LexInteger(Long.parseLong(text)) : null;
            } catch (NumberFormatException e) {
                return null; // more than 64 bits
            }
        } else if (schema instanceof Schema.BooleanSchema) {
            return text.equals("true") ? LexBoolean.TRUE : text.equals("false") ? LexBoolean.FALSE : null;
        } else if (schema instanceof Schema.CidLinkSchema) {
            return Cid.tryParse(text).map(LexLink::new).orElse(null);
        }
        try {
            return LexJson.parse(text);
        } catch (DataException e) {
            return null;
        }
    }

    private static String expected(@Nullable Schema schema) {
        if (schema instanceof Schema.IntegerSchema) {
            return "an integer";
        } else if (schema instanceof Schema.BooleanSchema) {
            return "true or false";
        } else if (schema instanceof Schema.CidLinkSchema) {
            return "a CID";
        }
        return "JSON";
    }

    /** Returns what a reference leads to, as far as that is data. */
    private @Nullable Schema resolved(@Nullable Schema schema) {
        Schema at = schema;
        for (int hops = 0; at instanceof Schema.RefSchema ref && hops < 10; hops++) {
            at = lexicons.resolve(ref.target())
                    .map(def -> def instanceof Schema s ? s : def instanceof Def.RecordDef r ? r.value() : null)
                    // What is not known can only be written as JSON.
                    .orElse(new Schema.UnknownSchema(null));
        }
        return at;
    }
}
