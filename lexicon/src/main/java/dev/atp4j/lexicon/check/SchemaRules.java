// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.check;

import dev.atp4j.lexicon.Def.Schema;
import dev.atp4j.lexicon.Def.Schema.ArraySchema;
import dev.atp4j.lexicon.Def.Schema.BlobSchema;
import dev.atp4j.lexicon.Def.Schema.BooleanSchema;
import dev.atp4j.lexicon.Def.Schema.BytesSchema;
import dev.atp4j.lexicon.Def.Schema.IntegerSchema;
import dev.atp4j.lexicon.Def.Schema.ObjectSchema;
import dev.atp4j.lexicon.Def.Schema.ParamsSchema;
import dev.atp4j.lexicon.Def.Schema.RefSchema;
import dev.atp4j.lexicon.Def.Schema.StringSchema;
import dev.atp4j.lexicon.Def.Schema.TokenSchema;
import dev.atp4j.lexicon.Def.Schema.UnionSchema;
import dev.atp4j.lexicon.DefRef;
import dev.atp4j.text.Graphemes;
import dev.atp4j.text.Utf8;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rules of types of data. */
final class SchemaRules {

    private static final long LARGE = 20 * 1024;
    private static final long MAX_SAFE = (1L << 53) - 1;

    private final Findings findings;
    private final References references;

    SchemaRules(Findings findings, References references) {
        this.findings = findings;
        this.references = references;
    }

    void check(Where where, Schema schema, boolean inRecord) {
        if (schema instanceof IntegerSchema type) {
            integers(where, type);
        } else if (schema instanceof StringSchema type) {
            strings(where, type, inRecord);
        } else if (schema instanceof BytesSchema type) {
            bytes(where, type);
        } else if (schema instanceof BlobSchema type) {
            if (type.maxSize() == null) {
                findings.add(Rule.BLOB_UNLIMITED, where, "limit its size with maxSize");
            }
        } else if (schema instanceof ArraySchema type) {
            if (inRecord && type.maxLength() == null) {
                findings.add(Rule.UNLIMITED_ARRAY, where, "limit it with maxLength; a record has to stay small");
            }
            check(where.field("items"), type.items(), inRecord);
        } else if (schema instanceof ObjectSchema type) {
            fields(where, type.properties(), type.required(), inRecord);
            nullable(where, type);
        } else if (schema instanceof ParamsSchema type) {
            fields(where, type.properties(), type.required(), inRecord);
        } else if (schema instanceof TokenSchema type) {
            if (type.description() == null || type.description().isBlank()) {
                findings.add(Rule.UNDESCRIBED_TOKEN, where, "a token is nothing but what its description says");
            }
        } else if (schema instanceof RefSchema type) {
            references.ref(where.field("ref"), type.target());
        } else if (schema instanceof UnionSchema type) {
            unions(where, type);
        }
    }

    private void integers(Where where, IntegerSchema type) {
        boolean unsafe = Stream.concat(
                        Stream.of(type.minimum(), type.maximum(), type.defaultValue(), type.constant()),
                        type.enumeration().stream())
                .anyMatch(number -> number != null && (number > MAX_SAFE || number < -MAX_SAFE));
        if (unsafe) {
            findings.add(Rule.UNSAFE_INTEGER, where, "JavaScript rounds numbers beyond " + MAX_SAFE);
        }
        Long value = type.defaultValue();
        if (value != null) {
            boolean allowed = within(value, type.minimum(), type.maximum())
                    && (type.enumeration().isEmpty() || type.enumeration().contains(value));
            defaults(where, allowed);
        }
    }

    private void strings(Where where, StringSchema type, boolean inRecord) {
        boolean measured = type.maxLength() != null || type.maxGraphemes() != null;
        boolean fixed = type.constant() != null || !type.enumeration().isEmpty();
        if (type.maxLength() != null && type.maxLength() > LARGE) {
            findings.add(
                    Rule.LARGE_STRING, where.field("maxLength"), "texts of more than " + LARGE + " bytes are blobs");
        }
        if (type.format() == null && !measured && !fixed) {
            findings.add(Rule.UNLIMITED_STRING, where, "limit it with maxLength, or give it a format");
        }
        if (type.format() != null && (measured || type.minLength() != null || type.minGraphemes() != null)) {
            findings.add(
                    Rule.FORMAT_AND_LENGTH, where, "a " + Findings.shown(type.format()) + " has lengths of its own");
        }
        if (type.maxGraphemes() != null && type.maxLength() == null) {
            findings.add(
                    Rule.GRAPHEMES_WITHOUT_LENGTH,
                    where,
                    "a grapheme can be of any length: limit the bytes with maxLength too, to ten times as many");
        }
        if (type.maxGraphemes() != null && type.maxLength() != null && type.maxLength() < type.maxGraphemes()) {
            findings.add(
                    Rule.LENGTH_BELOW_GRAPHEMES,
                    where.field("maxGraphemes"),
                    "a grapheme has one byte or more, so maxLength ends the text first");
        }
        if (inRecord && "handle".equals(type.format())) {
            findings.add(Rule.HANDLE_IN_RECORD, where, "handles change and pass to others; name accounts by their DID");
        }
        if (!type.enumeration().isEmpty()) {
            findings.add(Rule.ENUM_CLOSED, where.field("enum"), "an enum can never be extended; knownValues can");
        }
        if (type.defaultValue() != null) {
            defaults(where, allowed(type, type.defaultValue()));
        }
        knownValues(where.field("knownValues"), type.knownValues());
    }

    private static boolean allowed(StringSchema type, String value) {
        return (type.enumeration().isEmpty() || type.enumeration().contains(value))
                && within(Utf8.length(value), type.minLength(), type.maxLength())
                && within(Graphemes.count(value), type.minGraphemes(), type.maxGraphemes());
    }

    private void knownValues(Where where, List<String> values) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < values.size(); i++) {
            String value = values.get(i);
            if (!seen.add(value)) {
                findings.add(Rule.KNOWN_VALUE_DUPLICATE, where.item(i), Findings.shown(value) + " is there before");
            }
            if (value.startsWith("#")) {
                findings.add(
                        Rule.KNOWN_STRING_LOCAL_REF,
                        where.item(i),
                        Findings.shown(value) + " is a plain text here; a token is spelled with its whole NSID");
            }
            references.token(where.item(i), value);
        }
    }

    private void bytes(Where where, BytesSchema type) {
        if (type.maxLength() == null) {
            findings.add(Rule.UNLIMITED_BYTES, where, "limit it with maxLength");
        } else if (type.maxLength() > LARGE) {
            findings.add(Rule.LARGE_BYTES, where.field("maxLength"), "more than " + LARGE + " bytes are for a blob");
        }
    }

    private void fields(Where where, Map<String, Schema> properties, Set<String> required, boolean inRecord) {
        Where all = where.field("properties");
        Names.differ(all, properties.keySet(), findings);
        properties.forEach((name, schema) -> {
            Where field = all.field(name);
            if (name.startsWith("$")) {
                findings.add(Rule.FIELD_NAME_RESERVED, field, "names with $ belong to the protocol");
            } else if (!Names.camelCase(name)) {
                findings.add(Rule.FIELD_NAME_SYNTAX, field, Names.ADVICE);
            }
            if (required.contains(name) && hasDefault(schema)) {
                findings.add(Rule.REQUIRED_WITH_DEFAULT, field, "it has to be there, so its default is never used");
            }
            check(field, schema, inRecord);
        });
    }

    private void nullable(Where where, ObjectSchema type) {
        for (String name : type.nullable()) {
            if (type.properties().containsKey(name) && !type.required().contains(name)) {
                findings.add(
                        Rule.NULLABLE_AND_OPTIONAL,
                        where.field("properties").field(name),
                        "null and absence are two things for writers, and most readers take them for one");
            }
        }
    }

    private void unions(Where where, UnionSchema type) {
        Where refs = where.field("refs");
        if (type.closed()) {
            findings.add(Rule.UNION_CLOSED, where.field("closed"), "a closed union can never get another variant");
        }
        if (type.variants().isEmpty()) {
            findings.add(Rule.UNION_EMPTY, refs, "no variants are named; any object with a $type is allowed");
        }
        Set<DefRef> seen = new HashSet<>();
        for (int i = 0; i < type.variants().size(); i++) {
            DefRef ref = type.variants().get(i);
            if (!seen.add(ref)) {
                findings.add(Rule.UNION_DUPLICATE_REF, refs.item(i), ref + " is there before");
            }
            references.variant(refs.item(i), ref);
        }
    }

    private void defaults(Where where, boolean allowed) {
        if (!allowed) {
            findings.add(
                    Rule.DEFAULT_INVALID, where.field("default"), "the default is not within the limits stated here");
        }
    }

    private static boolean hasDefault(Schema schema) {
        return schema instanceof BooleanSchema a && a.defaultValue() != null
                || schema instanceof IntegerSchema b && b.defaultValue() != null
                || schema instanceof StringSchema c && c.defaultValue() != null;
    }

    private static boolean within(long value, @Nullable Long min, @Nullable Long max) {
        return (min == null || value >= min) && (max == null || value <= max);
    }
}
