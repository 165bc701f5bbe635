// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon;

import dev.atp4j.data.LexBoolean;
import dev.atp4j.data.LexBytes;
import dev.atp4j.data.LexInteger;
import dev.atp4j.data.LexLink;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexNull;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import dev.atp4j.lexicon.Def.ProcedureDef;
import dev.atp4j.lexicon.Def.QueryDef;
import dev.atp4j.lexicon.Def.RecordDef;
import dev.atp4j.lexicon.Def.Schema;
import dev.atp4j.lexicon.Def.SubscriptionDef;
import dev.atp4j.syntax.Cid;
import dev.atp4j.text.Graphemes;
import dev.atp4j.text.Utf8;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Data by chance: what a lexicon allows, in all its forms, and what it may not allow. The same seed gives the same data.
 * Confined to one thread.
 *
 * <p>What is {@linkplain #of(DefRef) valid} has fields in any order, fields that no lexicon knows, variants of open unions
 * that nobody knows, a {@code $type} where none is needed, nulls where they are allowed, and names of all languages.
 */
public final class SchemaValues {

    private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
    private static final String[] GRAPHEMES = {
        "a",
        "B",
        "7",
        " ",
        "é",
        "e\u0301",
        "世",
        "क्षि",
        "🙂",
        "👩‍👩‍👦‍👦",
        "🇩🇪",
        "\"",
        "\\",
        "\n",
        "\u0000",
        "ﷺ",
        "𝄞"
    };
    private static final int DEEP = 6;
    private static final int TOO_DEEP = 40;
    private static final long SAFE = (1L << 53) - 1;

    private final Lexicons lexicons;
    private final Random random;

    /**
     * Creates a source of data.
     *
     * @param lexicons what the data is of
     * @param seed decides on everything
     */
    public SchemaValues(Lexicons lexicons, long seed) {
        this.lexicons = lexicons;
        this.random = new Random(seed);
    }

    /**
     * Makes a valid value.
     *
     * @param ref a definition of data
     * @return the value
     */
    public LexValue of(DefRef ref) {
        return value(ref, 0, false);
    }

    /** Makes valid parameters of a method, or none. */
    public LexMap params(Def method) {
        Schema.ParamsSchema params = method instanceof QueryDef query
                ? query.params()
                : method instanceof ProcedureDef procedure
                        ? procedure.params()
                        : method instanceof SubscriptionDef subscription ? subscription.params() : null;
        return params == null
                ? LexMap.empty()
                : object(null, params.properties(), params.required(), Set.of(), false, 0);
    }

    /** Makes a valid input of a procedure, or null if it has none that is JSON. */
    public @Nullable LexValue input(ProcedureDef procedure) {
        return body(procedure.input());
    }

    /** Makes a valid output of a method, or null if it has none that is JSON. */
    public @Nullable LexValue output(Def method) {
        return body(
                method instanceof QueryDef query
                        ? query.output()
                        : method instanceof ProcedureDef procedure ? procedure.output() : null);
    }

    private @Nullable LexValue body(Def.@Nullable Body body) {
        return body == null || body.schema() == null ? null : value(body.schema(), 0);
    }

    /**
     * Changes a value in one or two places: a value of another kind, nothing, null, one item more, a text cut or grown.
     *
     * @param value the value
     * @return the changed value, which may be valid nevertheless
     */
    public LexValue mutated(LexValue value) {
        LexValue changed = change(value, 0);
        return random.nextInt(4) == 0 ? change(changed, 0) : changed;
    }

    /** Puts the fields of all objects in another order. */
    public LexValue shuffled(LexValue value) {
        if (value instanceof LexList list) {
            return new LexList(list.items().stream().map(this::shuffled).toList());
        }
        if (!(value instanceof LexMap map)) {
            return value;
        }
        List<String> names = new ArrayList<>(map.fields().keySet());
        Collections.shuffle(names, random);
        var fields = new LinkedHashMap<String, LexValue>();
        names.forEach(name -> fields.put(name, shuffled(map.fields().get(name))));
        return LexMap.of(fields);
    }

    private LexValue value(DefRef ref, int depth, boolean inUnion) {
        Def def =
                lexicons.resolve(ref).orElseThrow(() -> new IllegalArgumentException("there is no definition " + ref));
        if (def instanceof RecordDef record) {
            return object(
                    ref.toString(),
                    record.value().properties(),
                    record.value().required(),
                    record.value().nullable(),
                    true,
                    depth);
        }
        if (def instanceof Schema.ObjectSchema object) {
            boolean typed = inUnion || random.nextInt(6) == 0;
            return object(ref.toString(), object.properties(), object.required(), object.nullable(), typed, depth);
        }
        if (def instanceof Schema.TokenSchema) {
            return new LexString(ref.toString());
        }
        if (def instanceof Schema schema) {
            return value(schema, depth);
        }
        throw new IllegalArgumentException(ref + " is no definition of data");
    }

    private LexValue value(Schema schema, int depth) {
        if (depth > TOO_DEEP) {
            throw new IllegalStateException("the schema needs values without end");
        }
        if (schema instanceof Schema.RefSchema ref) {
            return value(ref.target(), depth, false);
        } else if (schema instanceof Schema.BooleanSchema bool) {
            return bool.constant() != null
                    ? new LexBoolean(bool.constant())
                    : random.nextBoolean() ? LexBoolean.TRUE : LexBoolean.FALSE;
        } else if (schema instanceof Schema.IntegerSchema integer) {
            return new LexInteger(integer(integer));
        } else if (schema instanceof Schema.StringSchema string) {
            return new LexString(string(string));
        } else if (schema instanceof Schema.BytesSchema bytes) {
            return bytes(between(bytes.minLength(), bytes.maxLength(), 40));
        } else if (schema instanceof Schema.CidLinkSchema) {
            return new LexLink(Cid.parse(cid(random.nextBoolean())));
        } else if (schema instanceof Schema.BlobSchema blob) {
            return blob(blob);
        } else if (schema instanceof Schema.ArraySchema array) {
            var items = new ArrayList<LexValue>();
            int size = between(array.minLength(), array.maxLength(), depth > DEEP ? 0 : 4);
            while (items.size() < size) {
                items.add(value(array.items(), depth + 1));
            }
            return new LexList(items);
        } else if (schema instanceof Schema.UnionSchema union) {
            return union(union, depth);
        } else if (schema instanceof Schema.ObjectSchema object) {
            return object(null, object.properties(), object.required(), object.nullable(), false, depth);
        }
        return anything(depth);
    }

    private LexMap object(
            @Nullable String type,
            Map<String, Schema> properties,
            Set<String> required,
            Set<String> nullable,
            boolean typed,
            int depth) {
        var fields = new LinkedHashMap<String, LexValue>();
        if (typed && type != null) {
            fields.put("$type", new LexString(type));
        }
        properties.forEach((name, schema) -> {
            boolean wanted = depth > DEEP ? random.nextInt(10) == 0 && depth < DEEP * 2 : random.nextInt(3) > 0;
            if (nullable.contains(name) && random.nextInt(3) == 0) {
                fields.put(name, LexNull.NULL);
            } else if (required.contains(name) || wanted) {
                fields.put(name, value(schema, depth + 1));
            }
        });
        for (int i = random.nextInt(12); i > 9; i--) {
            fields.putIfAbsent("unheard" + i, properties.isEmpty() ? anything(depth) : scalar());
        }
        List<String> names = new ArrayList<>(fields.keySet());
        if (random.nextInt(3) == 0) {
            Collections.shuffle(names, random);
        }
        var ordered = new LinkedHashMap<String, LexValue>();
        names.forEach(name -> ordered.put(name, fields.get(name)));
        return LexMap.of(ordered);
    }

    private LexValue union(Schema.UnionSchema union, int depth) {
        List<DefRef> known = union.variants().stream()
                .filter(ref -> lexicons.resolve(ref)
                        .filter(def -> def instanceof RecordDef || def instanceof Schema.ObjectSchema)
                        .isPresent())
                .toList();
        if (!known.isEmpty() && (union.closed() || (depth <= DEEP && random.nextInt(5) > 0))) {
            return value(known.get(random.nextInt(known.size())), depth + 1, true);
        }
        LexMap unknown = anything(depth);
        return unknown.with("$type", new LexString("com.example.unheard" + (random.nextBoolean() ? "" : "#of")));
    }

    /** Makes an object of no schema. */
    private LexMap anything(int depth) {
        var fields = new LinkedHashMap<String, LexValue>();
        if (random.nextInt(3) == 0) {
            fields.put("$type", new LexString("com.example.unheard"));
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            String name = text(1, 6);
            fields.put(
                    name,
                    switch (depth > DEEP ? 0 : random.nextInt(4)) {
                        case 1 -> LexList.of(scalar(), scalar());
                        case 2 -> anything(depth + 2);
                        default -> scalar();
                    });
        }
        return LexMap.of(fields);
    }

    private LexValue scalar() {
        return switch (random.nextInt(6)) {
            case 0 -> LexNull.NULL;
            case 1 -> LexBoolean.TRUE;
            case 2 -> new LexInteger(number(-SAFE, SAFE));
            case 3 -> bytes(random.nextInt(5));
            case 4 -> new LexLink(Cid.parse(cid(true)));
            default -> new LexString(text(0, 9));
        };
    }

    private long integer(Schema.IntegerSchema schema) {
        if (schema.constant() != null) {
            return schema.constant();
        }
        if (!schema.enumeration().isEmpty()) {
            return schema.enumeration().get(random.nextInt(schema.enumeration().size()));
        }
        return number(
                Optional.ofNullable(schema.minimum()).orElse(-SAFE),
                Optional.ofNullable(schema.maximum()).orElse(SAFE));
    }

    private long number(long low, long high) {
        return switch (random.nextInt(5)) {
            case 0 -> low;
            case 1 -> high;
            case 2 -> Math.max(low, Math.min(high, random.nextInt(100) - 10L));
            default -> low + Math.floorMod(random.nextLong(), Math.max(1, high - low));
        };
    }

    private String string(Schema.StringSchema schema) {
        if (schema.constant() != null) {
            return schema.constant();
        }
        if (!schema.enumeration().isEmpty()) {
            return schema.enumeration().get(random.nextInt(schema.enumeration().size()));
        }
        if (schema.format() != null) {
            return formatted(schema.format());
        }
        if (!schema.knownValues().isEmpty() && random.nextInt(3) > 0) {
            return schema.knownValues().get(random.nextInt(schema.knownValues().size()));
        }
        long least = Optional.ofNullable(schema.minGraphemes()).orElse(0L);
        long fewest = Optional.ofNullable(schema.minLength()).orElse(0L);
        long most = Math.min(Optional.ofNullable(schema.maxGraphemes()).orElse(40L), least + 40 + fewest);
        long longest = Optional.ofNullable(schema.maxLength()).orElse(Long.MAX_VALUE);
        String text = text(least, most);
        while (Utf8.length(text) > longest || Graphemes.count(text) < least) {
            text = Utf8.length(text) > longest ? "x".repeat((int) Math.max(least, fewest)) : text + "x";
        }
        while (Utf8.length(text) < fewest) {
            text += "é";
        }
        boolean fits = Utf8.length(text) <= longest
                && Graphemes.atMost(
                        text, Optional.ofNullable(schema.maxGraphemes()).orElse(Long.MAX_VALUE));
        return fits ? text : "x".repeat((int) Math.max(least, fewest));
    }

    private String text(long least, long most) {
        var text = new StringBuilder();
        for (long i = least + random.nextInt((int) Math.max(1, most - least + 1)); i > 0; i--) {
            // Most texts are plain.
            text.append(GRAPHEMES[random.nextInt(random.nextInt(3) == 0 ? GRAPHEMES.length : 4)]);
        }
        return text.toString();
    }

    /** Makes a text of a format. */
    public String formatted(String format) {
        return switch (format) {
            case "at-identifier" -> random.nextBoolean() ? formatted("did") : formatted("handle");
            case "at-uri" ->
                "at://" + formatted("at-identifier")
                        + switch (random.nextInt(3)) {
                            case 0 -> "";
                            case 1 -> "/" + formatted("nsid");
                            default -> "/" + formatted("nsid") + "/" + formatted("record-key");
                        };
            case "cid" -> cid(random.nextBoolean());
            case "datetime" ->
                String.format(
                                "%04d-%02d-%02dT%02d:%02d:%02d",
                                1 + random.nextInt(9998),
                                1 + random.nextInt(12),
                                1 + random.nextInt(28),
                                random.nextInt(24),
                                random.nextInt(60),
                                random.nextInt(60))
                        + (random.nextBoolean() ? "." + (1 + random.nextInt(999_999)) : "")
                        + (random.nextInt(3) > 0 ? "Z" : "+0" + random.nextInt(10) + ":30");
            case "did" -> random.nextInt(4) == 0 ? "did:web:" + formatted("handle") : "did:plc:" + base32(24);
            case "handle" -> "h" + base32(1 + random.nextInt(8)) + ".example.com";
            case "language" ->
                List.of("en", "pt-BR", "zh-Hant", "i-klingon", "de-CH-1996").get(random.nextInt(5));
            case "nsid" ->
                "com.example." + "abcdefgh".charAt(random.nextInt(8))
                        + base32(3).replaceAll("\\d", "A");
            case "record-key" ->
                random.nextBoolean()
                        ? formatted("tid")
                        : List.of("self", "a_b", "~", "x:y", "..a").get(random.nextInt(5));
            case "tid" -> "234567abcdefghij".charAt(random.nextInt(16)) + tid(12);
            case "uri" -> "https://example.com/" + base32(random.nextInt(20));
            default -> text(0, 20);
        };
    }

    private String tid(int length) {
        return letters("234567abcdefghijklmnopqrstuvwxyz", length);
    }

    private String base32(int length) {
        return letters(BASE32, length);
    }

    private String letters(String alphabet, int length) {
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private String cid(boolean raw) {
        // The last letter stands for three bits and two that have to be zero.
        return (raw ? "bafkrei" : "bafyrei") + letters("abcdefgh", 1) + base32(50) + letters("aeimquy4", 1);
    }

    private LexValue bytes(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return LexBytes.of(bytes);
    }

    private LexValue blob(Schema.BlobSchema schema) {
        String accept = schema.accept().isEmpty()
                ? "*/*"
                : schema.accept().get(random.nextInt(schema.accept().size()));
        return LexMap.builder()
                .put("$type", "blob")
                .put("ref", new LexLink(Cid.parse(cid(true))))
                .put("mimeType", accept.equals("*/*") ? "text/plain" : accept.replace("*", "png"))
                .put("size", number(0, Optional.ofNullable(schema.maxSize()).orElse(1_000_000L)))
                .build();
    }

    private int between(@Nullable Long least, @Nullable Long most, int usual) {
        int low = least == null ? 0 : Math.toIntExact(least);
        int high = most == null ? low + usual : (int) Math.min(most, low + usual);
        return low + random.nextInt(Math.max(1, high - low + 1));
    }

    private LexValue change(LexValue value, int depth) {
        boolean here = depth > 0 && random.nextInt(3) == 0;
        if (value instanceof LexMap map && !map.fields().isEmpty() && !here) {
            List<String> names = new ArrayList<>(map.fields().keySet());
            String name = names.get(random.nextInt(names.size()));
            if (random.nextInt(6) == 0) {
                return map.without(name);
            }
            return map.with(name, change(map.fields().get(name), depth + 1));
        }
        if (value instanceof LexList list && list.size() > 0 && !here) {
            var items = new ArrayList<>(list.items());
            int index = random.nextInt(items.size());
            switch (random.nextInt(6)) {
                case 0 -> items.remove(index);
                case 1 -> items.addAll(list.items());
                default -> items.set(index, change(items.get(index), depth + 1));
            }
            return new LexList(items);
        }
        if (value instanceof LexString string && random.nextBoolean()) {
            String text = string.value();
            return new LexString(
                    switch (random.nextInt(5)) {
                        case 0 -> "";
                        case 1 ->
                            text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, text.length()) / 2));
                        case 2 -> text + "🙂".repeat(20);
                        case 3 -> text + "#main";
                        default -> text.toUpperCase(java.util.Locale.ROOT);
                    });
        }
        if (value instanceof LexInteger integer && random.nextBoolean()) {
            return new LexInteger(
                    switch (random.nextInt(3)) {
                        case 0 -> -integer.value();
                        case 1 -> integer.value() / 2;
                        default -> integer.value() + 1;
                    });
        }
        return random.nextInt(4) == 0 ? anything(depth) : random.nextInt(5) == 0 ? LexList.of() : scalar();
    }
}
