// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon;

import dev.atp4j.lexicon.Def.Schema;
import dev.atp4j.syntax.Nsid;
import dev.atp4j.syntax.SyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the types of data of one document. */
final class SchemaReader {

    /** Deeper than this no type is read; the language has no more than four levels, people may have a few more. */
    private static final int MAX_DEPTH = 200;

    private final Nsid document;

    SchemaReader(Nsid document) {
        this.document = document;
    }

    /** Reads a type that stands in some place, or returns null, with a note, if there is no sense in it. */
    @Nullable
    Schema read(Fields fields, Spot spot) {
        if (fields.depth() > MAX_DEPTH) {
            fields.problem("too-deep", "types are nested deeper than " + MAX_DEPTH + " levels");
            return null;
        }
        String type = typeOf(fields, spot);
        if (type == null) {
            return null;
        }
        if (!spot.allows(type)) {
            fields.problem(
                    "type-misplaced",
                    "the type " + type + " cannot be that of " + spot.label() + ", only "
                            + String.join(", ", spot.types()));
            if (!spot.toleratesOthers() || type.equals("token") || type.equals("params")) {
                return null;
            }
        }
        return switch (type) {
            case "boolean" -> bool(fields);
            case "integer" -> integer(fields);
            case "string" -> string(fields);
            case "bytes" -> bytes(fields);
            case "cid-link" -> new Schema.CidLinkSchema(fields.text("description"));
            case "blob" -> blob(fields);
            case "array" -> array(fields, spot);
            case "object" -> object(fields);
            case "params" -> params(fields);
            case "token" -> new Schema.TokenSchema(fields.text("description"));
            case "ref" -> ref(fields);
            case "union" -> union(fields);
            default -> new Schema.UnknownSchema(fields.text("description"));
        };
    }

    private static @Nullable String typeOf(Fields fields, Spot spot) {
        String type = fields.text("type");
        if (type == null) {
            fields.require("type", String.join(", ", spot.types()));
            // Seen in the wild: what has properties can only be one thing.
            return !fields.has("type") && fields.has("properties") ? spot == Spot.PARAMS ? "params" : "object" : null;
        }
        if (!Spot.ALL_TYPES.contains(type)) {
            fields.problem(
                    "type", "type", "there is no type \"" + type + "\" here, only " + String.join(", ", spot.types()));
            return null;
        }
        return type;
    }

    private static Schema bool(Fields fields) {
        checkConstant(fields);
        return new Schema.BooleanSchema(fields.text("description"), fields.truth("default"), fields.truth("const"));
    }

    private static Schema integer(Fields fields) {
        checkConstant(fields);
        Long minimum = fields.integer("minimum");
        Long maximum = fields.integer("maximum");
        checkOrder(fields, "minimum", minimum, "maximum", maximum);
        return new Schema.IntegerSchema(
                fields.text("description"),
                minimum,
                maximum,
                fields.integers("enum"),
                fields.integer("default"),
                fields.integer("const"));
    }

    private static Schema string(Fields fields) {
        checkConstant(fields);
        String format = fields.text("format");
        if (format != null && Format.of(format) == null) {
            fields.problem("format", "format", "there is no format \"" + format + "\"");
        }
        Long minLength = fields.count("minLength");
        Long maxLength = fields.count("maxLength");
        checkOrder(fields, "minLength", minLength, "maxLength", maxLength);
        Long minGraphemes = fields.count("minGraphemes");
        Long maxGraphemes = fields.count("maxGraphemes");
        checkOrder(fields, "minGraphemes", minGraphemes, "maxGraphemes", maxGraphemes);
        return new Schema.StringSchema(
                fields.text("description"),
                format,
                minLength,
                maxLength,
                minGraphemes,
                maxGraphemes,
                fields.texts("enum"),
                fields.texts("knownValues"),
                fields.text("default"),
                fields.text("const"));
    }

    private static Schema bytes(Fields fields) {
        Long minLength = fields.count("minLength");
        Long maxLength = fields.count("maxLength");
        checkOrder(fields, "minLength", minLength, "maxLength", maxLength);
        return new Schema.BytesSchema(fields.text("description"), minLength, maxLength);
    }

    private static Schema blob(Fields fields) {
        return new Schema.BlobSchema(fields.text("description"), fields.texts("accept"), fields.count("maxSize"));
    }

    private @Nullable Schema array(Fields fields, Spot spot) {
        Long minLength = fields.count("minLength");
        Long maxLength = fields.count("maxLength");
        checkOrder(fields, "minLength", minLength, "maxLength", maxLength);
        fields.require("items", "the type of the array's items");
        Fields items = fields.object("items");
        Schema schema = items == null ? null : read(items, spot == Spot.PARAM ? Spot.PARAM_ITEM : Spot.ITEM);
        return schema == null ? null : new Schema.ArraySchema(fields.text("description"), schema, minLength, maxLength);
    }

    Schema.ObjectSchema object(Fields fields) {
        Map<String, Schema> properties = properties(fields, Spot.PROPERTY);
        return new Schema.ObjectSchema(
                fields.text("description"),
                properties,
                defined(fields, "required", properties),
                defined(fields, "nullable", properties));
    }

    Schema.ParamsSchema params(Fields fields) {
        Map<String, Schema> properties = properties(fields, Spot.PARAM);
        return new Schema.ParamsSchema(fields.text("description"), properties, defined(fields, "required", properties));
    }

    private Map<String, Schema> properties(Fields fields, Spot spot) {
        fields.require("properties", "an object of types by name");
        var properties = new LinkedHashMap<String, Schema>();
        Fields all = fields.object("properties");
        if (all == null) {
            return properties;
        }
        for (String name : all.names()) {
            Fields property = all.object(name);
            Schema schema = property == null ? null : read(property, spot);
            if (schema != null) {
                properties.put(name, schema);
            }
        }
        return properties;
    }

    /** Reads names of properties. A property that could not be read was noted already, and nobody can insist on it. */
    private static Set<String> defined(Fields fields, String list, Map<String, Schema> properties) {
        Set<String> names = new LinkedHashSet<>(fields.texts(list));
        Fields all = fields.object("properties");
        for (String name : names) {
            if (all == null || !all.has(name)) {
                fields.problem(list, "name-undefined", list + " names \"" + name + "\", but there is no such property");
            }
        }
        names.retainAll(properties.keySet());
        return names;
    }

    private @Nullable Schema ref(Fields fields) {
        fields.require("ref", "the name of a definition");
        String text = fields.text("ref");
        DefRef target = text == null ? null : reference(fields, "ref", text);
        return target == null ? null : new Schema.RefSchema(fields.text("description"), target);
    }

    private Schema union(Fields fields) {
        fields.require("refs", "a list of names of definitions");
        List<DefRef> variants = new ArrayList<>();
        for (String text : fields.texts("refs")) {
            DefRef target = reference(fields, "refs", text);
            if (target != null) {
                variants.add(target);
            }
        }
        Boolean closed = fields.truth("closed");
        if (Boolean.TRUE.equals(closed) && variants.isEmpty()) {
            fields.problem("refs", "empty", "a closed union without references allows nothing");
        }
        return new Schema.UnionSchema(fields.text("description"), variants, Boolean.TRUE.equals(closed));
    }

    private @Nullable DefRef reference(Fields fields, String name, String text) {
        try {
            return DefRef.parse(text, document);
        } catch (SyntaxException e) {
            fields.problem(
                    name,
                    "reference",
                    "\"" + text + "\" names no definition: write #name for one of this document, else its NSID, with"
                            + " #name unless it is the main one");
            return null;
        }
    }

    private static void checkConstant(Fields fields) {
        if (fields.has("const") && fields.has("default")) {
            fields.problem("const-default", "const and default exclude each other");
        }
    }

    private static void checkOrder(
            Fields fields, String low, @Nullable Long lowest, String high, @Nullable Long highest) {
        if (lowest != null && highest != null && lowest > highest) {
            fields.problem("range", low + " " + lowest + " is more than " + high + " " + highest);
        }
    }
}
