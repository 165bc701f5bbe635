// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance.data;

import dev.atp4j.data.LexInteger;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Makes a lexicon document with a definition of every kind, each of them random inside. Confined to one thread. */
final class RandomLexicon {

    static final String RECORD = "test.sample.record";
    static final String QUERY = "test.sample.query";

    private final Random random;
    private final Texts texts;

    RandomLexicon(Random random) {
        this.random = random;
        this.texts = new Texts(random);
    }

    /** Returns a record with what it refers to, and a query. */
    List<LexMap> documents() {
        LexMap.Builder defs = LexMap.builder()
                .put(
                        "main",
                        LexMap.builder()
                                .put("type", "record")
                                .put("key", "any")
                                .put("record", object(12))
                                .build());
        for (String name : List.of("one", "two", "three")) {
            defs.put(name, object(5));
        }
        defs.put("text", string());
        defs.put("list", array());
        defs.put("token", LexMap.builder().put("type", "token").build());
        LexMap params = params();
        return List.of(
                document(RECORD, defs.build()),
                document(
                        QUERY,
                        LexMap.builder()
                                .put(
                                        "main",
                                        LexMap.builder()
                                                .put("type", "query")
                                                .put("parameters", params)
                                                .build())
                                .build()));
    }

    private static LexMap document(String id, LexMap defs) {
        return LexMap.builder()
                .put("lexicon", 1)
                .put("id", id)
                .put("defs", defs)
                .build();
    }

    private LexMap object(int size) {
        Map<String, LexValue> properties = new LinkedHashMap<>();
        for (int i = random.nextInt(size + 1); i > 0; i--) {
            properties.put("p" + i, property());
        }
        return LexMap.builder()
                .put("type", "object")
                .put("required", some(properties, 3))
                .put("nullable", some(properties, 6))
                .put("properties", LexMap.of(properties))
                .build();
    }

    private LexMap params() {
        Map<String, LexValue> properties = new LinkedHashMap<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            LexMap scalar = scalar();
            properties.put("p" + i, random.nextInt(3) == 0 ? array(scalar) : scalar);
        }
        return LexMap.builder()
                .put("type", "params")
                .put("required", some(properties, 3))
                .put("properties", LexMap.of(properties))
                .build();
    }

    private LexList some(Map<String, LexValue> properties, int oneIn) {
        return new LexList(properties.keySet().stream()
                .filter(name -> random.nextInt(oneIn) == 0)
                .<LexValue>map(LexString::new)
                .toList());
    }

    private LexMap property() {
        return random.nextInt(4) == 0 ? array() : item();
    }

    private LexMap array() {
        return array(item());
    }

    private LexMap array(LexMap item) {
        return bounded(LexMap.builder().put("type", "array").put("items", item), "Length", 4)
                .build();
    }

    private LexMap scalar() {
        return switch (random.nextInt(3)) {
            case 0 -> bool();
            case 1 -> integer();
            default -> string();
        };
    }

    private LexMap item() {
        return switch (random.nextInt(10)) {
            case 0 ->
                bounded(LexMap.builder().put("type", "bytes"), "Length", 12).build();
            case 1 -> LexMap.builder().put("type", "cid-link").build();
            case 2 -> blob();
            case 3 -> LexMap.builder().put("type", "unknown").build();
            case 4 ->
                LexMap.builder()
                        .put("type", "ref")
                        .put(
                                "ref",
                                texts.pick(
                                        "#one", "#two", "#three", "#text", "#list", "#token", RECORD, RECORD + "#one"))
                        .build();
            case 5, 6 -> union();
            default -> scalar();
        };
    }

    private LexMap bool() {
        LexMap.Builder schema = LexMap.builder().put("type", "boolean");
        if (random.nextInt(8) == 0) {
            schema.put("const", true);
        }
        return schema.build();
    }

    private LexMap integer() {
        LexMap.Builder schema = LexMap.builder().put("type", "integer");
        switch (random.nextInt(6)) {
            case 0 -> schema.put("const", 7);
            case 1 -> schema.put("enum", LexList.of(new LexInteger(1), new LexInteger(5)));
            case 2 -> schema.put("minimum", -5).put("maximum", 50);
            case 3 -> schema.put("minimum", 0).put("default", 3);
            default -> schema.put("maximum", 1000);
        }
        return schema.build();
    }

    private LexMap string() {
        LexMap.Builder schema = LexMap.builder().put("type", "string");
        switch (random.nextInt(8)) {
            case 0 -> schema.put("const", "one");
            case 1 -> schema.put("enum", LexList.of(new LexString("one"), new LexString("two")));
            case 2 -> schema.put("knownValues", LexList.of(new LexString("one"), new LexString("two")));
            case 3, 4 ->
                schema.put(
                        "format",
                        Formats.ALL.get(random.nextInt(Formats.ALL.size())).name());
            case 5 -> bounded(schema, "Length", 20);
            case 6 -> bounded(schema, "Graphemes", 8);
            default -> {}
        }
        return schema.build();
    }

    private LexMap blob() {
        LexMap.Builder schema = LexMap.builder().put("type", "blob");
        if (random.nextBoolean()) {
            schema.put("accept", LexList.of(new LexString(texts.pick("*/*", "image/*", "image/png", "video/mp4"))));
        }
        if (random.nextBoolean()) {
            schema.put("maxSize", 1000);
        }
        return schema.build();
    }

    private LexMap union() {
        List<LexValue> refs = new ArrayList<>();
        Stream.of("#one", "#two", RECORD + "#three")
                .filter(ref -> random.nextBoolean())
                .forEach(ref -> refs.add(new LexString(ref)));
        LexMap.Builder schema = LexMap.builder().put("type", "union").put("refs", new LexList(refs));
        if (random.nextInt(3) == 0 && !refs.isEmpty()) {
            schema.put("closed", true);
        }
        return schema.build();
    }

    private LexMap.Builder bounded(LexMap.Builder schema, String what, int max) {
        int min = random.nextInt(max / 2);
        if (random.nextBoolean()) {
            schema.put("min" + what, min);
        }
        if (random.nextBoolean()) {
            schema.put("max" + what, min + random.nextInt(max));
        }
        return schema;
    }
}
