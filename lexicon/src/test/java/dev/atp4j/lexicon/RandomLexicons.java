// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon;

import dev.atp4j.data.LexInteger;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Lexicons by chance, valid ones, that use all of the language. The same seed gives the same. Confined to one thread. */
public final class RandomLexicons {

    /** How many documents there are, {@code com.example.doc0} and so on. */
    public static final int DOCUMENTS = 3;

    private static final int OBJECTS = 4;
    private static final String[] FORMATS = {
        "at-identifier", "at-uri", "cid", "datetime", "did", "handle", "language", "nsid", "record-key", "tid", "uri"
    };
    private static final String[] NAMES = {
        "a", "text", "public", "enum", "record", "with-hyphen", "snake_case", "List", "type", "x1", "é", "$y"
    };

    private final Random random;

    /**
     * Creates a source of lexicons.
     *
     * @param seed decides on everything
     */
    public RandomLexicons(long seed) {
        this.random = new Random(seed);
    }

    /** Makes documents that refer to each other. Each has a record, objects {@code o0} and so on, and other definitions. */
    public List<LexMap> documents() {
        var documents = new ArrayList<LexMap>();
        for (int i = 0; i < DOCUMENTS; i++) {
            var defs = new LinkedHashMap<String, LexValue>();
            defs.put(
                    "main",
                    LexMap.builder()
                            .put("type", "record")
                            .put("key", "tid")
                            .put("record", object(OBJECTS))
                            .build());
            for (int o = 0; o < OBJECTS; o++) {
                defs.put("o" + o, object(o));
            }
            defs.put("string", string());
            defs.put("integer", integer());
            defs.put("list", array());
            defs.put("token", type("token").build());
            defs.put("bytes", bytes());
            documents.add(LexMap.builder()
                    .put("lexicon", 1)
                    .put("id", "com.example.doc" + i)
                    .put("defs", LexMap.of(defs))
                    .build());
        }
        return documents;
    }

    /** An object. Only objects of smaller numbers are required in it, so that its values end. */
    private LexMap object(int number) {
        var properties = new LinkedHashMap<String, LexValue>();
        var required = new ArrayList<LexValue>();
        var nullable = new ArrayList<LexValue>();
        for (int i = random.nextInt(7); i > 0; i--) {
            String name = NAMES[random.nextInt(NAMES.length)];
            if (properties.containsKey(name)) {
                continue;
            }
            boolean needed = random.nextInt(3) == 0;
            properties.put(name, property(needed ? number : OBJECTS));
            if (needed) {
                required.add(new LexString(name));
            }
            if (random.nextInt(8) == 0) {
                nullable.add(new LexString(name));
            }
        }
        return type("object")
                .put("required", new LexList(required))
                .put("nullable", new LexList(nullable))
                .put("properties", LexMap.of(properties))
                .build();
    }

    private LexValue property(int below) {
        return switch (random.nextInt(4)) {
            case 0 -> array();
            case 1 -> reference(below);
            case 2 -> string();
            default -> item();
        };
    }

    /** A type that needs no other object. */
    private LexMap item() {
        return switch (random.nextInt(9)) {
            case 0 -> bool();
            case 1, 2 -> integer();
            case 3 -> bytes();
            case 4 -> type("cid-link").build();
            case 5 -> blob();
            case 6 -> type("unknown").build();
            case 7 -> union();
            default -> string();
        };
    }

    private LexMap bool() {
        LexMap.Builder type = type("boolean");
        maybe(() -> type.put("const", true));
        return type.build();
    }

    private LexMap integer() {
        LexMap.Builder type = type("integer");
        switch (random.nextInt(4)) {
            case 0 -> type.put("enum", LexList.of(new LexInteger(1), new LexInteger(-5), new LexInteger(100)));
            case 1 -> type.put("const", random.nextInt(50));
            default -> {
                long low = random.nextInt(100) - 50L;
                maybe(() -> type.put("minimum", low));
                maybe(() -> type.put("maximum", low + random.nextInt(1000)));
            }
        }
        return type.build();
    }

    private LexMap string() {
        LexMap.Builder type = type("string");
        switch (random.nextInt(6)) {
            case 0 -> type.put("enum", LexList.of(new LexString("one"), new LexString("zwei"), new LexString("三")));
            case 1 -> type.put("const", "fixed");
            case 2 -> type.put("knownValues", LexList.of(new LexString("like-via"), new LexString("!hide")));
            case 3 -> type.put("format", FORMATS[random.nextInt(FORMATS.length)]);
            default -> {
                long graphemes = random.nextInt(5);
                maybe(() -> type.put("minGraphemes", graphemes));
                maybe(() -> type.put("maxGraphemes", graphemes + 3 + random.nextInt(30)));
                long bytes = random.nextInt(7);
                maybe(() -> type.put("minLength", bytes));
                maybe(() -> type.put("maxLength", bytes + 10 + random.nextInt(100)));
            }
        }
        return type.build();
    }

    private LexMap bytes() {
        LexMap.Builder type = type("bytes");
        long low = random.nextInt(5);
        maybe(() -> type.put("minLength", low));
        maybe(() -> type.put("maxLength", low + random.nextInt(20)));
        return type.build();
    }

    private LexMap blob() {
        LexMap.Builder type = type("blob");
        maybe(() -> type.put("accept", LexList.of(new LexString("image/*"), new LexString("video/mp4"))));
        maybe(() -> type.put("maxSize", 1000));
        return type.build();
    }

    private LexMap array() {
        LexMap.Builder type = type("array");
        // An array of at least so many cannot hold what may contain it.
        boolean atLeast = random.nextInt(4) == 0;
        type.put("items", atLeast || random.nextBoolean() ? item() : reference(OBJECTS));
        if (atLeast) {
            type.put("minLength", 1 + random.nextInt(2));
        }
        maybe(() -> type.put("maxLength", 2 + random.nextInt(5)));
        return type.build();
    }

    private LexMap reference(int below) {
        String name = switch (random.nextInt(4)) {
            case 0 -> "string";
            case 1 -> below == OBJECTS ? "list" : "integer";
            default -> below == 0 ? "bytes" : "o" + random.nextInt(below);
        };
        return type("ref").put("ref", document() + "#" + name).build();
    }

    private LexMap union() {
        var variants = new ArrayList<LexValue>();
        for (int i = random.nextInt(4); i > 0; i--) {
            LexString variant =
                    new LexString(random.nextInt(5) == 0 ? document() : document() + "#o" + random.nextInt(OBJECTS));
            if (!variants.contains(variant)) {
                variants.add(variant);
            }
        }
        // A closed one needs a variant without further ones, else its values might not end.
        return type("union").put("refs", new LexList(variants)).build();
    }

    private String document() {
        return "com.example.doc" + random.nextInt(DOCUMENTS);
    }

    private void maybe(Supplier<?> change) {
        if (random.nextInt(3) == 0) {
            change.get();
        }
    }

    private static LexMap.Builder type(String name) {
        return LexMap.builder().put("type", name);
    }
}
