// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.check;

import dev.atp4j.lexicon.Def;
import dev.atp4j.lexicon.Def.Body;
import dev.atp4j.lexicon.Def.ErrorName;
import dev.atp4j.lexicon.Def.PermissionSetDef;
import dev.atp4j.lexicon.Def.ProcedureDef;
import dev.atp4j.lexicon.Def.QueryDef;
import dev.atp4j.lexicon.Def.RecordDef;
import dev.atp4j.lexicon.Def.Schema;
import dev.atp4j.lexicon.Def.Schema.ParamsSchema;
import dev.atp4j.lexicon.Def.SubscriptionDef;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares definitions, above all records and methods. */
final class DefChanges {

    private static final ParamsSchema NO_PARAMS = new ParamsSchema(null, Map.of(), Set.of());

    private final Findings findings;
    private final SchemaChanges schemas;

    DefChanges(Findings findings, SchemaChanges schemas) {
        this.findings = findings;
        this.schemas = schemas;
    }

    void compare(Where where, Def was, Def is) {
        if (was instanceof Schema a && is instanceof Schema b) {
            schemas.compare(where, a, b);
        } else if (was instanceof RecordDef a && is instanceof RecordDef b) {
            if (!Objects.equals(a.key(), b.key())) {
                findings.error(
                        where.field("key"),
                        "record-key-type",
                        "the form of keys was " + shown(a.key()) + " and is " + shown(b.key()));
            }
            schemas.compare(where.field("record"), a.value(), b.value());
        } else if (was instanceof QueryDef a && is instanceof QueryDef b) {
            params(where, a.params(), b.params());
            output(where, a.output(), b.output());
            errors(where, a.errors(), b.errors());
        } else if (was instanceof ProcedureDef a && is instanceof ProcedureDef b) {
            params(where, a.params(), b.params());
            input(where, a.input(), b.input());
            output(where, a.output(), b.output());
            errors(where, a.errors(), b.errors());
        } else if (was instanceof SubscriptionDef a && is instanceof SubscriptionDef b) {
            params(where, a.params(), b.params());
            schema(where.field("message").field("schema"), a.message(), b.message());
            errors(where, a.errors(), b.errors());
        } else if (was instanceof PermissionSetDef a && is instanceof PermissionSetDef b) {
            if (!a.permissions().equals(b.permissions())) {
                findings.warning(
                        where.field("permissions"),
                        "permissions",
                        "what the set permits has changed, also for those who were granted it before");
            }
        } else {
            schemas.typeChange(where, was, is);
        }
    }

    private void params(Where where, @Nullable ParamsSchema was, @Nullable ParamsSchema is) {
        schemas.compare(
                where.field("parameters"),
                Objects.requireNonNullElse(was, NO_PARAMS),
                Objects.requireNonNullElse(is, NO_PARAMS));
    }

    private void input(Where where, @Nullable Body was, @Nullable Body is) {
        Where input = where.field("input");
        if (was == null && is != null) {
            findings.error(input, "body-added", "clients of the old version send no input");
        } else if (was != null && is == null) {
            findings.error(input, "body-removed", "clients of the old version send an input");
        }
        body(input, was, is);
    }

    private void output(Where where, @Nullable Body was, @Nullable Body is) {
        Where output = where.field("output");
        if (was == null && is != null) {
            findings.note(output, "body-added", "clients of the old version ignore the output");
        } else if (was != null && is == null) {
            findings.error(output, "body-removed", "clients of the old version wait for an output");
        }
        body(output, was, is);
    }

    private void body(Where where, @Nullable Body was, @Nullable Body is) {
        if (was == null || is == null) {
            return;
        }
        if (!was.encoding().equals(is.encoding())) {
            findings.error(
                    where.field("encoding"),
                    "body-encoding",
                    "the encoding was " + shown(was.encoding()) + " and is " + shown(is.encoding()));
        }
        schema(where.field("schema"), was.schema(), is.schema());
    }

    private void schema(Where where, @Nullable Schema was, @Nullable Schema is) {
        if (was != null && is != null) {
            schemas.compare(where, was, is);
        } else if (was != null) {
            findings.error(where, "schema-removed", "nothing says any longer what it holds");
        } else if (is != null) {
            findings.warning(where, "schema-added", "what was open has a schema now");
        }
    }

    private void errors(Where where, List<ErrorName> was, List<ErrorName> is) {
        Where errors = where.field("errors");
        Set<String> old = names(was);
        Set<String> now = names(is);
        for (String name : old) {
            if (!now.contains(name)) {
                findings.warning(errors, "error-removed", "clients may wait for the error " + shown(name));
            }
        }
        for (String name : now) {
            if (!old.contains(name)) {
                findings.note(errors, "error-added", "the error " + shown(name) + " is new");
            }
        }
    }

    private static Set<String> names(List<ErrorName> errors) {
        return errors.stream().map(ErrorName::name).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String shown(@Nullable String text) {
        return text == null ? "not given" : Findings.shown(text);
    }
}
