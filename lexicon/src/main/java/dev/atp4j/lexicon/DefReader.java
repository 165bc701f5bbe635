// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon;

import dev.atp4j.lexicon.Def.Body;
import dev.atp4j.lexicon.Def.ErrorName;
import dev.atp4j.lexicon.Def.Permission;
import dev.atp4j.lexicon.Def.PermissionSetDef;
import dev.atp4j.lexicon.Def.ProcedureDef;
import dev.atp4j.lexicon.Def.QueryDef;
import dev.atp4j.lexicon.Def.RecordDef;
import dev.atp4j.lexicon.Def.Schema;
import dev.atp4j.lexicon.Def.SubscriptionDef;
import dev.atp4j.syntax.Language;
import dev.atp4j.syntax.Nsid;
import dev.atp4j.syntax.RecordKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the definitions of one document. */
final class DefReader {

    private static final Set<String> PRIMARY = Set.of("record", "query", "procedure", "subscription", "permission-set");
    private static final Set<String> KEYS = Set.of("tid", "nsid", "any");

    private final SchemaReader schemas;

    DefReader(Nsid document) {
        this.schemas = new SchemaReader(document);
    }

    /** Reads a definition, or returns null, with a note, if there is no sense in it. */
    @Nullable
    Def read(String name, Fields fields) {
        String type = fields.raw().getString("type").orElse(null);
        if (type == null || !PRIMARY.contains(type)) {
            return schemas.read(fields, Spot.DEF);
        }
        if (!name.equals("main")) {
            fields.problem("primary-not-main", "a " + type + " has to be called main");
        }
        return switch (type) {
            case "record" -> record(fields);
            case "query" ->
                new QueryDef(fields.text("description"), params(fields), body(fields, "output"), errors(fields));
            case "procedure" ->
                new ProcedureDef(
                        fields.text("description"),
                        params(fields),
                        body(fields, "input"),
                        body(fields, "output"),
                        errors(fields));
            case "subscription" ->
                new SubscriptionDef(fields.text("description"), params(fields), message(fields), errors(fields));
            default -> permissionSet(fields);
        };
    }

    private @Nullable Def record(Fields fields) {
        fields.require("key", "tid, nsid, any, or literal: and the one key");
        String key = fields.text("key");
        if (key != null && !isKey(key)) {
            fields.problem(
                    "key", "record-key", "\"" + key + "\" is none of tid, nsid, any, or literal: and a record key");
            key = null;
        }
        fields.require("record", "an object type");
        Fields value = fields.object("record");
        Schema schema = value == null ? null : schemas.read(value, Spot.RECORD);
        return schema instanceof Schema.ObjectSchema object
                ? new RecordDef(fields.text("description"), key, object)
                : null;
    }

    private static boolean isKey(String key) {
        return KEYS.contains(key)
                || (key.startsWith("literal:")
                        && RecordKey.tryParse(key.substring("literal:".length()))
                                .isPresent());
    }

    private Schema.@Nullable ParamsSchema params(Fields fields) {
        Fields params = fields.object("parameters");
        return params != null && schemas.read(params, Spot.PARAMS) instanceof Schema.ParamsSchema schema
                ? schema
                : null;
    }

    private @Nullable Body body(Fields fields, String name) {
        Fields body = fields.object(name);
        if (body == null) {
            return null;
        }
        body.require("encoding", "a media type");
        String encoding = body.text("encoding");
        if (encoding != null && !isMediaType(encoding)) {
            body.problem("encoding", "encoding", "\"" + encoding + "\" is not one media type without parameters");
        }
        Fields schema = body.object("schema");
        return new Body(
                body.text("description"),
                encoding != null ? encoding : schema != null ? "application/json" : "*/*",
                schema == null ? null : schemas.read(schema, Spot.BODY));
    }

    private static boolean isMediaType(String text) {
        return text.indexOf('/') > 0
                && !text.endsWith("/")
                && text.chars().noneMatch(c -> c == ',' || c == ';' || c <= ' ' || c >= 0x7f);
    }

    private @Nullable Schema message(Fields fields) {
        fields.require("message", "an object with the schema of the messages");
        Fields message = fields.object("message");
        if (message == null) {
            return null;
        }
        message.require("schema", "a union of all messages");
        Fields schema = message.object("schema");
        return schema == null ? null : schemas.read(schema, Spot.MESSAGE);
    }

    private static List<ErrorName> errors(Fields fields) {
        var errors = new ArrayList<ErrorName>();
        for (Fields error : fields.objects("errors")) {
            error.require("name", "the error's name");
            String name = error.text("name");
            if (name == null || name.isEmpty() || name.chars().anyMatch(Character::isWhitespace)) {
                if (name != null) {
                    error.problem("name", "error-name", "the name of an error is one word");
                }
                continue;
            }
            errors.add(new ErrorName(name, error.text("description")));
        }
        return List.copyOf(errors);
    }

    private static Def permissionSet(Fields fields) {
        fields.require("permissions", "a list of permissions");
        var permissions = new ArrayList<Permission>();
        for (Fields permission : fields.objects("permissions")) {
            permission.require("resource", "what the permission is about, such as repo");
            String resource = permission.text("resource");
            if (!"permission".equals(permission.text("type"))) {
                permission.require("type", "permission");
                if (permission.has("type")) {
                    permission.problem("type", "type", "a permission set holds nothing but permissions");
                }
            }
            if (resource != null) {
                permissions.add(new Permission(resource, permission.raw()));
            }
        }
        return new PermissionSetDef(
                fields.text("description"),
                fields.text("title"),
                byLanguage(fields, "title:lang"),
                fields.text("detail"),
                byLanguage(fields, "detail:lang"),
                List.copyOf(permissions));
    }

    private static Map<String, String> byLanguage(Fields fields, String name) {
        var texts = new LinkedHashMap<String, String>();
        Fields all = fields.object(name);
        if (all == null) {
            return texts;
        }
        for (String language : all.names()) {
            if (Language.tryParse(language).isEmpty()) {
                all.problem(language, "language", "\"" + language + "\" is no language tag, such as en or pt-BR");
            }
            String text = all.text(language);
            if (text != null) {
                texts.put(language, text);
            }
        }
        return texts;
    }
}
