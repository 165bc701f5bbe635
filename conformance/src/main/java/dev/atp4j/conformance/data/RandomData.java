// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance.data;

import dev.atp4j.data.BlobRef;
import dev.atp4j.data.LexBoolean;
import dev.atp4j.data.LexBytes;
import dev.atp4j.data.LexInteger;
import dev.atp4j.data.LexLink;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexNull;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import dev.atp4j.syntax.Cid;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes data of a lexicon, most of it valid or nearly so. Confined to one thread. */
final class RandomData {

    private static final int DEEPEST = 4;
    private static final String[] LETTERS = {
        "a",
        "b",
        " ",
        "é",
        "語",
        "👩‍👩‍👦",
        "🏳️‍🌈",
        "🇩🇪",
        "👍🏽",
        "e\u0301",
        "नमस्ते",
        "\r\n",
        "한",
        "ᄀ\u1161",
        "\u200d",
    };

    private final Random random;
    private final Texts texts;
    private final Values values;
    private final LexMap defs;
    private final int wrongOneIn;

    /**
     * Takes the definitions of the record's document.
     *
     * @param wrongOneIn how rarely a value is any other
     */
    RandomData(Random random, LexMap defs, int wrongOneIn) {
        this.random = random;
        this.texts = new Texts(random);
        this.values = new Values(random);
        this.defs = defs;
        this.wrongOneIn = wrongOneIn;
    }

    LexMap record() {
        return object(defs.getMap("main").orElseThrow().getMap("record").orElseThrow(), RandomLexicon.RECORD, 0);
    }

    /** Makes the fields of an object, with a {@code $type} or without. */
    LexMap object(LexMap schema, String type, int depth) {
        Map<String, LexValue> fields = new LinkedHashMap<>();
        if (!type.isEmpty() && !wrong()) {
            fields.put("$type", new LexString(type));
        }
        List<LexValue> required =
                schema.getList("required").orElse(LexList.of()).items();
        List<LexValue> nullable =
                schema.getList("nullable").orElse(LexList.of()).items();
        schema.getMap("properties").orElse(LexMap.empty()).fields().forEach((name, property) -> {
            boolean there = required.contains(new LexString(name)) || random.nextBoolean() && depth < DEEPEST;
            // A definition that requires itself has no valid value.
            if (there && !wrong() && depth < 2 * DEEPEST) {
                boolean isNull = nullable.contains(new LexString(name)) && random.nextBoolean() || wrong();
                fields.put(name, isNull ? LexNull.NULL : value((LexMap) property, depth + 1));
            }
        });
        if (random.nextInt(10) == 0) {
            fields.put("more", values.value(1));
        }
        return LexMap.of(fields);
    }

    private LexValue value(LexMap schema, int depth) {
        if (wrong()) {
            return values.value(1);
        }
        return switch (schema.getString("type").orElseThrow()) {
            case "boolean" -> schema.get("const") == null ? new LexBoolean(random.nextBoolean()) : schema.get("const");
            case "integer" -> integer(schema);
            case "string" -> string(schema);
            case "bytes" -> LexBytes.of(texts.bytes(length(schema, "Length", 12)));
            case "cid-link" -> new LexLink(Cid.ofDagCbor(texts.bytes(2)));
            case "blob" -> blob();
            case "array" -> array(schema, depth);
            case "ref" -> named(schema.getString("ref").orElseThrow(), false, depth);
            case "union" -> variant(schema, depth);
            case "token" -> new LexString(RandomLexicon.RECORD + "#token");
            case "object" -> object(schema, "", depth);
            default -> values.map(1);
        };
    }

    private LexValue named(String ref, boolean typed, int depth) {
        String hash = ref.contains("#") ? ref.substring(ref.indexOf('#') + 1) : "main";
        LexMap def = defs.getMap(hash).orElseThrow();
        String type = hash.equals("main") ? RandomLexicon.RECORD : RandomLexicon.RECORD + "#" + hash;
        return switch (def.getString("type").orElseThrow()) {
            case "record" -> object(def.getMap("record").orElseThrow(), type, depth);
            case "object" -> object(def, typed || random.nextInt(5) == 0 ? type : "", depth);
            default -> value(def, depth);
        };
    }

    private LexValue variant(LexMap schema, int depth) {
        List<LexValue> refs = schema.getList("refs").orElseThrow().items();
        if (refs.isEmpty() || random.nextInt(6) == 0) {
            return values.map(1)
                    .with("$type", new LexString(texts.pick("test.other", RandomLexicon.RECORD + "#four", "")));
        }
        return named(((LexString) refs.get(random.nextInt(refs.size()))).value(), true, depth);
    }

    private LexList array(LexMap schema, int depth) {
        List<LexValue> items = new ArrayList<>();
        for (int i = depth < DEEPEST ? length(schema, "Length", 4) : 0; i > 0; i--) {
            items.add(value(schema.getMap("items").orElseThrow(), depth + 1));
        }
        return new LexList(items);
    }

    private LexValue integer(LexMap schema) {
        if (schema.get("const") != null) {
            return schema.get("const");
        }
        return new LexInteger(random.nextInt(10) == 0 ? random.nextInt() : random.nextInt(60) - 6);
    }

    private LexValue string(LexMap schema) {
        if (schema.get("const") != null) {
            return schema.get("const");
        }
        if (schema.get("enum") != null || schema.get("knownValues") != null) {
            return new LexString(texts.pick("one", "two", "three"));
        }
        return new LexString(schema.getString("format").map(this::format).orElseGet(() -> text(schema)));
    }

    /** Formats are compared elsewhere; here are texts that all think the same of. */
    private String format(String format) {
        return switch (format) {
            case "at-uri" ->
                "at://" + texts.pick("alice.test", "did:web:alice.test") + texts.pick("", "/a.b.c", "/a.b.c/d", "//");
            case "cid" -> Cid.ofRaw(texts.bytes(2)).value();
            case "datetime" ->
                "2026-11-2" + texts.two(9).charAt(1) + "T06:00:00" + texts.pick("Z", ".5Z", "+01:00", "");
            case "uri" -> texts.pick("https://alice.test/", "https:", "did:web:alice.test", "x");
            case "language" -> texts.pick("de", "pt-BR", "d", "de-de-de");
            default ->
                Formats.ALL.stream()
                        .filter(each -> each.name().equals(format))
                        .findFirst()
                        .orElseThrow()
                        .example()
                        .apply(texts);
        };
    }

    private String text(LexMap schema) {
        var text = new StringBuilder();
        for (int i = length(schema, "Graphemes", 8); i > 0; i--) {
            text.append(LETTERS[random.nextInt(LETTERS.length)]);
        }
        return text.toString();
    }

    /** Returns a length within the bounds of the schema, or one beside them now and then. */
    private int length(LexMap schema, String what, int usual) {
        int min = schema.getLong("min" + what).orElse(0L).intValue();
        int max = schema.getLong("max" + what).orElse((long) min + usual).intValue();
        return random.nextInt(12) == 0 ? max + 1 : texts.upTo(Math.max(0, min - random.nextInt(8) / 7), max);
    }

    private LexMap blob() {
        return new BlobRef(
                        random.nextInt(20) == 0 ? Cid.ofDagCbor(texts.bytes(2)) : Cid.ofRaw(texts.bytes(2)),
                        texts.pick("image/png", "image/png", "image/jpeg", "video/mp4"),
                        random.nextInt(1100))
                .raw();
    }

    private boolean wrong() {
        return random.nextInt(wrongOneIn) == 0;
    }
}
