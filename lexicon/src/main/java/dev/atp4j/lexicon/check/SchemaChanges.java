// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.check;

import dev.atp4j.lexicon.Def;
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
import dev.atp4j.lexicon.Def.Schema.UnionSchema;
import dev.atp4j.lexicon.DefRef;
import dev.atp4j.lexicon.LexiconDoc;
import dev.atp4j.lexicon.check.Finding.Severity;
import dev.atp4j.syntax.Nsid;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares types of data. */
final class SchemaChanges {

    private final Findings findings;
    private final Map<Nsid, LexiconDoc> old;
    private final Map<Nsid, LexiconDoc> now;

    SchemaChanges(Findings findings, Map<Nsid, LexiconDoc> old, Map<Nsid, LexiconDoc> now) {
        this.findings = findings;
        this.old = old;
        this.now = now;
    }

    void compare(Where where, Schema was, Schema is) {
        if (was instanceof BooleanSchema a && is instanceof BooleanSchema b) {
            fixed(where, a.constant(), b.constant());
            usual(where, a.defaultValue(), b.defaultValue());
        } else if (was instanceof IntegerSchema a && is instanceof IntegerSchema b) {
            fixed(where, a.constant(), b.constant());
            usual(where, a.defaultValue(), b.defaultValue());
            enumeration(where, a.enumeration(), b.enumeration());
            minimum(where, "integer-range", "minimum", a.minimum(), b.minimum());
            maximum(where, "integer-range", "maximum", a.maximum(), b.maximum());
        } else if (was instanceof StringSchema a && is instanceof StringSchema b) {
            strings(where, a, b);
        } else if (was instanceof BytesSchema a && is instanceof BytesSchema b) {
            minimum(where, "bytes-length", "minLength", a.minLength(), b.minLength());
            maximum(where, "bytes-length", "maxLength", a.maxLength(), b.maxLength());
        } else if (was instanceof BlobSchema a && is instanceof BlobSchema b) {
            accept(where.field("accept"), a.accept(), b.accept());
            maximum(where, "blob-size", "maxSize", a.maxSize(), b.maxSize());
        } else if (was instanceof ArraySchema a && is instanceof ArraySchema b) {
            minimum(where, "array-length", "minLength", a.minLength(), b.minLength());
            maximum(where, "array-length", "maxLength", a.maxLength(), b.maxLength());
            compare(where.field("items"), a.items(), b.items());
        } else if (was instanceof ObjectSchema a && is instanceof ObjectSchema b) {
            fields(where, a.properties(), a.required(), b.properties(), b.required());
            nullable(where, a, b);
        } else if (was instanceof ParamsSchema a && is instanceof ParamsSchema b) {
            fields(where, a.properties(), a.required(), b.properties(), b.required());
        } else if (was instanceof RefSchema a && is instanceof RefSchema b) {
            reference(where, a.target(), b.target());
        } else if (was instanceof UnionSchema a && is instanceof UnionSchema b) {
            unions(where, a, b);
        } else if (was.getClass() != is.getClass()) {
            typeChange(where, was, is);
        }
    }

    void typeChange(Where where, Def was, Def is) {
        findings.error(where, "type-change", "the type was " + Types.name(was) + " and is " + Types.name(is));
    }

    private void strings(Where where, StringSchema was, StringSchema is) {
        fixed(where, was.constant(), is.constant());
        usual(where, was.defaultValue(), is.defaultValue());
        enumeration(where, was.enumeration(), is.enumeration());
        if (!Objects.equals(was.format(), is.format())) {
            findings.error(
                    where.field("format"),
                    "string-format",
                    "the format was " + shown(was.format()) + " and is " + shown(is.format()));
        }
        minimum(where, "string-length", "minLength", was.minLength(), is.minLength());
        maximum(where, "string-length", "maxLength", was.maxLength(), is.maxLength());
        minimum(where, "string-length", "minGraphemes", was.minGraphemes(), is.minGraphemes());
        maximum(where, "string-length", "maxGraphemes", was.maxGraphemes(), is.maxGraphemes());
        if (!Set.copyOf(was.knownValues()).equals(Set.copyOf(is.knownValues()))) {
            findings.note(where.field("knownValues"), "known-values", "the known values have changed");
        }
    }

    private void fields(
            Where where,
            Map<String, Schema> was,
            Set<String> wasRequired,
            Map<String, Schema> is,
            Set<String> required) {
        Where properties = where.field("properties");
        was.forEach((name, schema) -> {
            Schema next = is.get(name);
            Where field = properties.field(name);
            if (next == null) {
                boolean mustBe = wasRequired.contains(name);
                findings.add(
                        mustBe ? Severity.ERROR : Severity.WARNING,
                        field,
                        "field-removed",
                        (mustBe
                                        ? "others rely on the field"
                                        : "the field is gone, and its name must not be used for anything else")
                                + renamed(schema, was, is));
                return;
            }
            if (wasRequired.contains(name) != required.contains(name)) {
                findings.error(
                        field,
                        "field-required",
                        required.contains(name)
                                ? "it was optional and is required"
                                : "it was required and is optional");
            }
            compare(field, schema, next);
        });
        is.keySet().stream().filter(name -> !was.containsKey(name)).forEach(name -> {
            if (required.contains(name)) {
                findings.error(
                        properties.field(name), "field-added", "a new field has to be optional; older data lacks it");
            } else {
                findings.note(properties.field(name), "field-added", "the optional field is new");
            }
        });
    }

    /** Guesses whether a field was renamed, and returns the end of a sentence. */
    private static String renamed(Schema schema, Map<String, Schema> was, Map<String, Schema> is) {
        List<String> alike = is.entrySet().stream()
                .filter(entry ->
                        !was.containsKey(entry.getKey()) && entry.getValue().equals(schema))
                .map(Map.Entry::getKey)
                .toList();
        return alike.size() == 1
                ? "; if " + Findings.shown(alike.get(0)) + " is its new name: fields cannot be renamed"
                : "";
    }

    private void nullable(Where where, ObjectSchema was, ObjectSchema is) {
        for (String name : was.properties().keySet()) {
            boolean may = is.nullable().contains(name);
            if (is.properties().containsKey(name) && was.nullable().contains(name) != may) {
                findings.error(
                        where.field("properties").field(name),
                        "field-nullable",
                        may ? "it can be null now, and readers do not know" : "it cannot be null any longer");
            }
        }
    }

    private void reference(Where where, DefRef was, DefRef is) {
        if (was.equals(is)) {
            return;
        }
        Def before = find(old, was);
        boolean same = before != null && before.equals(find(now, is));
        findings.add(
                same ? Severity.WARNING : Severity.ERROR,
                where.field("ref"),
                "ref-change",
                "the reference was to " + was + " and is to " + is
                        + (same ? ", which is defined alike" : ", which is not known to be alike"));
    }

    private static @Nullable Def find(Map<Nsid, LexiconDoc> documents, DefRef ref) {
        LexiconDoc document = documents.get(ref.document());
        return document == null ? null : document.defs().get(ref.name());
    }

    private void unions(Where where, UnionSchema was, UnionSchema is) {
        Where refs = where.field("refs");
        var gone = without(was.variants(), is.variants());
        var added = without(is.variants(), was.variants());
        if (was.closed() != is.closed()) {
            findings.error(
                    where.field("closed"),
                    "union-open-closed",
                    is.closed() ? "the union was open and is closed" : "the union was closed and is open");
        }
        if (was.closed()) {
            if (!gone.isEmpty() || !added.isEmpty()) {
                findings.error(
                        refs,
                        "union-closed-refs",
                        "a closed union cannot change: " + added + " added, " + gone + " removed");
            }
            return;
        }
        gone.forEach(ref -> findings.warning(
                refs, "union-variant-removed", "data with " + ref + " exists, and is of an unknown type now"));
        added.forEach(ref -> findings.note(refs, "union-variant-added", ref + " is new"));
    }

    private void accept(Where where, List<String> was, List<String> is) {
        if (Set.copyOf(was).equals(Set.copyOf(is))) {
            return;
        }
        boolean wider = is.isEmpty() || !was.isEmpty() && is.containsAll(was);
        findings.add(
                wider ? Severity.WARNING : Severity.ERROR,
                where,
                "blob-accept",
                wider ? "more media types are accepted" : "media types are no longer accepted");
    }

    private void enumeration(Where where, Collection<?> was, Collection<?> is) {
        if (!Set.copyOf(was).equals(Set.copyOf(is))) {
            findings.error(where.field("enum"), "enum-values", "an enum is closed: it cannot change");
        }
    }

    private void fixed(Where where, @Nullable Object was, @Nullable Object is) {
        if (!Objects.equals(was, is)) {
            findings.error(
                    where.field("const"), "const-value", "the constant was " + shown(was) + " and is " + shown(is));
        }
    }

    private void usual(Where where, @Nullable Object was, @Nullable Object is) {
        if (!Objects.equals(was, is)) {
            findings.note(
                    where.field("default"), "default-value", "the default was " + shown(was) + " and is " + shown(is));
        }
    }

    private void minimum(Where where, String rule, String field, @Nullable Long was, @Nullable Long is) {
        limit(where.field(field), rule, was, is, is == null || was != null && is < was);
    }

    private void maximum(Where where, String rule, String field, @Nullable Long was, @Nullable Long is) {
        limit(where.field(field), rule, was, is, is == null || was != null && is > was);
    }

    private void limit(Where where, String rule, @Nullable Long was, @Nullable Long is, boolean wider) {
        if (!Objects.equals(was, is)) {
            findings.add(
                    wider ? Severity.WARNING : Severity.ERROR,
                    where,
                    rule,
                    "the limit was " + shown(was) + " and is " + shown(is)
                            + (wider
                                    ? "; older software refuses some new data"
                                    : "; some data is not valid any longer"));
        }
    }

    private static List<String> without(List<DefRef> some, List<DefRef> others) {
        var known = new HashSet<>(others);
        return some.stream()
                .filter(ref -> !known.contains(ref))
                .map(DefRef::toString)
                .sorted()
                .toList();
    }

    private static String shown(@Nullable Object value) {
        return value == null ? "not given" : Findings.shown(value.toString());
    }
}
