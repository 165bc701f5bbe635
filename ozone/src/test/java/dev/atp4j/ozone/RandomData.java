// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.ozone;

import dev.atp4j.data.DagCbor;
import dev.atp4j.data.LexBoolean;
import dev.atp4j.data.LexBytes;
import dev.atp4j.data.LexInteger;
import dev.atp4j.data.LexLink;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexNull;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import dev.atp4j.lexicon.Def;
import dev.atp4j.lexicon.Def.Schema;
import dev.atp4j.lexicon.DefRef;
import dev.atp4j.lexicon.Lexicons;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Data as a lexicon describes it, and as servers of tomorrow send it: in any order, with fields and variants that nobody knew
 * of, with a {@code $type} where none is needed, now and then with a value that does not fit or without one that must be there.
 */
final class RandomData {

    private static final Map<String, String> SAMPLES = Map.ofEntries(
            Map.entry("datetime", "2026-11-22T10:20:30.123456Z"),
            Map.entry("did", "did:plc:ewvi7nxzyoun6zhxrhs64oiz"),
            Map.entry("handle", "alice.test"),
            Map.entry("at-identifier", "did:web:example.com"),
            Map.entry("at-uri", "at://did:plc:ewvi7nxzyoun6zhxrhs64oiz/app.bsky.feed.post/3jzfcijpj2z2a"),
            Map.entry("cid", "bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a"),
            Map.entry("nsid", "app.bsky.feed.post"),
            Map.entry("language", "de-CH"),
            Map.entry("tid", "3jzfcijpj2z2a"),
            Map.entry("record-key", "self"),
            Map.entry("uri", "https://example.com/a?b=c"));

    private static final String[] TEXTS = {
        "", "a", "grün", "日本語", "👩‍👩‍👧", "\"\\\n\t\u0001", "$type", "x".repeat(300)
    };

    private final Random random;
    private final Lexicons lexicons;

    RandomData(Random random, Lexicons lexicons) {
        this.random = random;
        this.lexicons = lexicons;
    }

    /** Returns an object; of a record it has the {@code $type}. */
    LexMap of(DefRef name, Def def, int depth) {
        if (def instanceof Def.RecordDef record) {
            return object(
                    record.value().properties(),
                    record.value().required(),
                    record.value().nullable(),
                    name,
                    depth);
        }
        if (def instanceof Schema.ParamsSchema params) {
            return object(params.properties(), params.required(), Set.of(), null, depth);
        }
        Schema.ObjectSchema object = (Schema.ObjectSchema) def;
        return object(object.properties(), object.required(), object.nullable(), null, depth);
    }

    private LexMap object(
            Map<String, Schema> properties, Set<String> required, Set<String> nullable, DefRef type, int depth) {
        Map<String, LexValue> fields = new LinkedHashMap<>();
        if (type != null) {
            fields.put("$type", new LexString(type.toString()));
        }
        properties.forEach((name, schema) -> {
            if (random.nextInt(30) == 0) {
                return;
            }
            if (random.nextInt(30) == 0) {
                fields.put(name, any(1));
            } else if (nullable.contains(name) && random.nextInt(3) == 0) {
                fields.put(name, LexNull.NULL);
            } else if (required.contains(name) || random.nextInt(depth + 2) == 0) {
                fields.put(name, value(schema, name, depth + 1));
            }
        });
        if (random.nextInt(5) == 0) {
            fields.put("nobodyKnew", any(2));
            fields.put("x-" + random.nextInt(3), any(0));
        }
        return shuffled(fields);
    }

    private LexMap shuffled(Map<String, LexValue> fields) {
        List<String> names = new ArrayList<>(fields.keySet());
        Collections.shuffle(names, random);
        Map<String, LexValue> shuffled = new LinkedHashMap<>();
        names.forEach(name -> shuffled.put(name, fields.get(name)));
        return LexMap.of(shuffled);
    }

    private LexValue value(Schema schema, String name, int depth) {
        if (schema instanceof Schema.BooleanSchema) {
            return new LexBoolean(random.nextBoolean());
        } else if (schema instanceof Schema.IntegerSchema) {
            return new LexInteger(random.nextInt(4) == 0 ? random.nextLong() : random.nextInt(100));
        } else if (schema instanceof Schema.StringSchema text) {
            String sample = text.format() == null ? null : SAMPLES.get(text.format());
            return sample != null && random.nextInt(4) != 0 ? new LexString(sample) : text();
        } else if (schema instanceof Schema.BytesSchema) {
            return bytes();
        } else if (schema instanceof Schema.CidLinkSchema) {
            return link();
        } else if (schema instanceof Schema.BlobSchema) {
            return random.nextInt(10) == 0
                    ? LexMap.builder()
                            .put("cid", SAMPLES.get("cid"))
                            .put("mimeType", "image/png")
                            .build()
                    : shuffled(Map.of(
                            "$type", new LexString("blob"),
                            "ref", link(),
                            "mimeType", new LexString("image/png"),
                            "size", new LexInteger(random.nextInt(1_000_000))));
        } else if (schema instanceof Schema.ArraySchema array) {
            List<LexValue> items = new ArrayList<>();
            for (int i = depth > 4 ? 0 : random.nextInt(4); i > 0; i--) {
                items.add(value(array.items(), name, depth + 1));
            }
            return new LexList(items);
        } else if (schema instanceof Schema.ObjectSchema object) {
            return of(null, object, depth);
        } else if (schema instanceof Schema.RefSchema ref) {
            return referred(ref.target(), name, depth);
        } else if (schema instanceof Schema.UnionSchema union) {
            return union.variants().isEmpty() || random.nextInt(6) == 0
                    ? unknownVariant()
                    : typed(union.variants().get(random.nextInt(union.variants().size())), depth);
        } else if (schema instanceof Schema.UnknownSchema) {
            return map(2);
        }
        return text();
    }

    private LexValue referred(DefRef target, String name, int depth) {
        Def def = lexicons.resolve(target).orElseThrow();
        if (def instanceof Def.RecordDef) {
            return of(target, def, depth);
        }
        if (!(def instanceof Schema.ObjectSchema)) {
            return value((Schema) def, name, depth);
        }
        LexMap object = of(target, def, depth);
        // Some servers say what a thing is even where there is no choice.
        return random.nextInt(6) == 0 ? typed(object, target) : object;
    }

    private LexMap typed(DefRef variant, int depth) {
        return typed(of(variant, lexicons.resolve(variant).orElseThrow(), depth), variant);
    }

    private LexMap typed(LexMap object, DefRef type) {
        return shuffled(object.with("$type", new LexString(type.toString())).fields());
    }

    private LexMap unknownVariant() {
        return shuffled(
                map(2).with("$type", new LexString("com.example.later#variant")).fields());
    }

    private LexValue any(int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 6)) {
            case 0 -> new LexBoolean(random.nextBoolean());
            case 1 -> new LexInteger(random.nextLong());
            case 2 -> bytes();
            case 3 -> link();
            case 4, 5 -> text();
            case 6 -> new LexList(List.of(any(depth - 1), any(depth - 1)));
            default -> map(depth - 1);
        };
    }

    private LexMap map(int depth) {
        Map<String, LexValue> fields = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            fields.put("field" + random.nextInt(9), random.nextInt(8) == 0 ? LexNull.NULL : any(depth));
        }
        return LexMap.of(fields);
    }

    private LexString text() {
        return new LexString(TEXTS[random.nextInt(TEXTS.length)]);
    }

    private LexBytes bytes() {
        byte[] bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        return LexBytes.of(bytes);
    }

    private LexLink link() {
        return new LexLink(DagCbor.cid(new LexInteger(random.nextInt())));
    }
}
