// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.check;

import dev.atp4j.data.LexList;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import dev.atp4j.lexicon.Def;
import dev.atp4j.lexicon.Def.Body;
import dev.atp4j.lexicon.Def.ErrorName;
import dev.atp4j.lexicon.Def.Permission;
import dev.atp4j.lexicon.Def.PermissionSetDef;
import dev.atp4j.lexicon.Def.ProcedureDef;
import dev.atp4j.lexicon.Def.QueryDef;
import dev.atp4j.lexicon.Def.RecordDef;
import dev.atp4j.lexicon.Def.Schema;
import dev.atp4j.lexicon.Def.Schema.ObjectSchema;
import dev.atp4j.lexicon.Def.Schema.ParamsSchema;
import dev.atp4j.lexicon.Def.Schema.UnionSchema;
import dev.atp4j.lexicon.Def.SubscriptionDef;
import dev.atp4j.lexicon.DefRef;
import dev.atp4j.lexicon.LexiconDoc;
import dev.atp4j.syntax.Nsid;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules of one document: its names, its methods, its permissions. */
final class DocumentRules {

    private final LexiconDoc document;
    private final Findings findings;
    private final SchemaRules schemas;
    private final Where defs;

    DocumentRules(LexiconDoc document, Findings findings, Map<Nsid, LexiconDoc> known) {
        this.document = document;
        this.findings = findings;
        this.schemas = new SchemaRules(findings, new References(findings, known));
        this.defs = Where.in(document.id().value()).field("defs");
    }

    void check() {
        Names.differ(defs, document.defs().keySet(), findings);
        document.defs().forEach((name, def) -> {
            Where where = defs.field(name);
            if (!Names.camelCase(name)) {
                findings.add(Rule.DEF_NAME_SYNTAX, where, Names.ADVICE);
            }
            if (name.equals("main") && document.id().name().equals("defs")) {
                findings.add(
                        Rule.DEFS_MAIN_DEFINITION,
                        where,
                        "a document called defs is for shared definitions; name this one");
            }
            definition(where, def);
        });
    }

    private void definition(Where where, Def def) {
        if (def instanceof Schema schema) {
            schemas.check(where, schema, false);
        } else if (def instanceof RecordDef schema) {
            described(where, def);
            schemas.check(where.field("record"), schema.value(), true);
        } else if (def instanceof QueryDef query) {
            described(where, def);
            parameters(where, query.params());
            output(where, query.output());
            paging(where, query);
            errors(where, query.errors());
        } else if (def instanceof ProcedureDef procedure) {
            described(where, def);
            parameters(where, procedure.params());
            body(where.field("input"), procedure.input());
            output(where, procedure.output());
            errors(where, procedure.errors());
        } else if (def instanceof SubscriptionDef subscription) {
            described(where, def);
            parameters(where, subscription.params());
            messages(where.field("message"), subscription.message());
            errors(where, subscription.errors());
        } else if (def instanceof PermissionSetDef set) {
            permissionSet(where, set);
        }
    }

    private void described(Where where, Def def) {
        if (blank(def.description())) {
            findings.add(Rule.MISSING_PRIMARY_DESCRIPTION, where, "say in a description what it is for");
        }
    }

    private void parameters(Where where, @Nullable ParamsSchema params) {
        if (params != null) {
            schemas.check(where.field("parameters"), params, false);
        }
    }

    private void output(Where where, @Nullable Body output) {
        if (output == null) {
            findings.add(
                    Rule.ENDPOINT_OUTPUT_UNDEFINED,
                    where,
                    "define an output, even if it is an empty object: it can get fields later");
        }
        body(where.field("output"), output);
    }

    private void body(Where where, @Nullable Body body) {
        if (body != null && body.schema() != null) {
            schemas.check(where.field("schema"), body.schema(), false);
        }
    }

    private void paging(Where where, QueryDef query) {
        boolean taken = query.params() != null && query.params().properties().containsKey("cursor");
        if (taken
                && query.output() != null
                && query.output().schema() instanceof ObjectSchema output
                && !output.properties().containsKey("cursor")) {
            findings.add(
                    Rule.CURSOR_NOT_RETURNED,
                    where.field("output").field("schema"),
                    "the query takes a cursor, and its output has none to go on with");
        }
    }

    private void errors(Where where, List<ErrorName> errors) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < errors.size(); i++) {
            String name = errors.get(i).name();
            if (!seen.add(name)) {
                findings.add(
                        Rule.ERROR_DUPLICATE,
                        where.field("errors").item(i),
                        "the error " + Findings.shown(name) + " is declared before");
            }
        }
    }

    private void messages(Where where, @Nullable Schema message) {
        if (message == null
                || message instanceof UnionSchema union && union.variants().isEmpty()) {
            findings.add(Rule.SUBSCRIPTION_NO_MESSAGES, where, "name the messages that the subscription sends");
            return;
        }
        if (message instanceof UnionSchema union) {
            for (DefRef ref : union.variants()) {
                if (!ref.document().equals(document.id())) {
                    findings.add(
                            Rule.SUBSCRIPTION_FOREIGN_MESSAGE,
                            where.field("schema"),
                            ref + " is of another document, and messages are named by their definition alone");
                }
            }
        }
        schemas.check(where.field("schema"), message, false);
    }

    private void permissionSet(Where where, PermissionSetDef set) {
        if (blank(set.title())) {
            findings.add(Rule.PERMISSIONSET_NO_TITLE, where, "people are asked for it by its title");
        }
        if (blank(set.detail())) {
            findings.add(Rule.PERMISSIONSET_NO_DETAIL, where, "people are told by its detail what they permit");
        }
        if (set.permissions().isEmpty()) {
            findings.add(Rule.PERMISSIONSET_NO_PERMISSIONS, where, "the set permits nothing");
        }
        for (int i = 0; i < set.permissions().size(); i++) {
            permission(where.field("permissions").item(i), set.permissions().get(i));
        }
    }

    private void permission(Where where, Permission permission) {
        String list = switch (permission.resource()) {
            case "repo" -> "collection";
            case "rpc" -> "lxm";
            default -> "";
        };
        if (list.isEmpty()) {
            findings.add(
                    Rule.PERMISSIONSET_UNKNOWN_RESOURCE,
                    where.field("resource"),
                    Findings.shown(permission.resource()) + " is ignored; sets are made of repo and rpc");
            return;
        }
        LexList names = permission.raw().getList(list).orElse(LexList.of());
        String id = document.id().value();
        String namespace = id.substring(0, id.lastIndexOf('.') + 1);
        for (int i = 0; i < names.size(); i++) {
            LexValue name = names.get(i);
            if (name instanceof LexString text && !text.value().startsWith(namespace)) {
                findings.add(
                        Rule.PERMISSIONSET_OUTSIDE_NAMESPACE,
                        where.field(list).item(i),
                        Findings.shown(text.value()) + " is not below " + namespace + "*, so the set cannot grant it");
            }
        }
    }

    private static boolean blank(@Nullable String text) {
        return text == null || text.isBlank();
    }
}
