// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lex;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.data.DataException;
import dev.atp4j.data.LexInteger;
import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexNull;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import dev.atp4j.lex.Samples.Letter;
import dev.atp4j.lex.Samples.Page;
import dev.atp4j.lex.Samples.Stamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CodecPropertyTest {

    private static final String CID = "bafkreiccldh766hwcnuxnf2wh6jgzepf2nlu2lvcllt63eww5p6chi4ity";
    private static final String SECRET = "zzzzzzzzzz";

    private final long seed = Long.getLong("atp4j.seed", new Random().nextLong());
    private final Random random = new Random(seed);

    @Test
    void whatIsReadIsWrittenWithoutALoss() {
        for (int i = 0; i < 5_000; i++) {
            LexMap tree = shuffled(object(Letter.TYPE, 4));
            byte[] json = LexJson.write(tree);

            Letter letter = Letter.TYPE.fromJson(json);

            assertThat(letter).as("%s seed %d", tree, seed).isEqualTo(Letter.TYPE.fromMap(tree));
            LexMap written = LexJson.parseMap(letter.toJson());
            assertThat(written).as("%s seed %d", tree, seed).isEqualTo(letter.toMap());
            assertThat(withoutNulls(Letter.TYPE, written))
                    .as("%s seed %d", tree, seed)
                    .isEqualTo(withoutNulls(Letter.TYPE, tree).with("$type", new LexString(Letter.TYPE.name())));
        }
    }

    @Test
    void bytesAndTreesGiveTheSameDiagnostics() {
        for (int i = 0; i < 2_000; i++) {
            LexMap tree = object(Letter.TYPE, 3);
            List<Diagnostic> ofBytes = new ArrayList<>();
            List<Diagnostic> ofTree = new ArrayList<>();

            Letter.TYPE.fromJson(LexJson.write(tree), ofBytes::add);
            Letter.TYPE.fromMap(tree, ofTree::add);

            assertThat(ofBytes).as("%s seed %d", tree, seed).isEqualTo(ofTree);
        }
    }

    @Test
    void damagedDocumentsAreReadAsTheirTreesAreOrRefusedForTheSameReason() {
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] json = damaged(LexJson.write(shuffled(object(Letter.TYPE, 3))));
            Object read = outcome(() -> Letter.TYPE.fromJson(json));
            Object ofTree = outcome(() -> Letter.TYPE.fromMap(LexJson.parseMapLenient(json)));

            assertThat(read).as("%s seed %d", new String(json, UTF_8), seed).isEqualTo(ofTree);
            if (read instanceof LexObject object) {
                assertThat(LexJson.parseMapLenient(object.toJson()))
                        .as("seed %d", seed)
                        .isEqualTo(object.toMap());
            } else {
                refused++;
                assertThat(read.toString()).as("seed %d", seed).doesNotContain("zzz");
            }
        }
        assertThat(refused).as("both outcomes are tried, seed %d", seed).isBetween(2_000, 18_000);
    }

    private interface Reading {
        Object read();
    }

    private static Object outcome(Reading reading) {
        try {
            return reading.read();
        } catch (DataException e) {
            return e.getMessage();
        }
    }

    /** What a round trip keeps: all but nulls that mean nothing. */
    private static LexMap withoutNulls(ObjectType<?> type, LexMap map) {
        var fields = new LinkedHashMap<>(map.fields());
        for (int slot = 0; slot < type.fields().size(); slot++) {
            Field field = type.fields().get(slot);
            LexValue value = fields.get(field.name());
            if (value instanceof LexNull && !field.isNullable() && field.kind() != Field.Kind.VALUE) {
                fields.remove(field.name());
            } else if (value != null && !field.isList()) {
                fields.put(field.name(), withoutNulls(type, slot, value));
            } else if (value instanceof LexList list) {
                List<LexValue> items = new ArrayList<>();
                for (LexValue item : list) {
                    items.add(withoutNulls(type, slot, item));
                }
                fields.put(field.name(), new LexList(items));
            }
        }
        return LexMap.of(fields);
    }

    private static LexValue withoutNulls(ObjectType<?> owner, int slot, LexValue value) {
        if (!(value instanceof LexMap map)) {
            return value;
        }
        Field field = owner.fields().get(slot);
        if (field.kind() == Field.Kind.OBJECT) {
            ObjectType<?> type = owner.prototype().typeOf(slot, 0);
            LexMap kept = withoutNulls(type, map);
            return type instanceof RecordType && map.get("$type") == null
                    ? kept.with("$type", new LexString(type.name()))
                    : kept;
        }
        if (field.kind() == Field.Kind.UNION) {
            int variant = field.variants().indexOf(map.getString("$type").orElse(""));
            return variant < 0 ? map : withoutNulls(owner.prototype().typeOf(slot, variant), map);
        }
        return value;
    }

    private LexMap object(ObjectType<?> type, int depth) {
        LexMap.Builder map = LexMap.builder();
        for (int slot = 0; slot < type.fields().size(); slot++) {
            Field field = type.fields().get(slot);
            int chance = random.nextInt(20);
            if (chance < 12 || depth == 0 && field.kind() == Field.Kind.OBJECT) {
                continue;
            }
            if (chance == 12) {
                map.put(field.name(), LexNull.NULL);
            } else if (chance == 13) {
                map.put(field.name(), any(2));
            } else if (field.isList()) {
                List<LexValue> items = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    items.add(random.nextInt(8) == 0 ? any(2) : value(type, slot, field, depth));
                }
                map.put(field.name(), new LexList(items));
            } else {
                map.put(field.name(), value(type, slot, field, depth));
            }
        }
        if (random.nextInt(5) == 0) {
            map.put("new" + random.nextInt(3), any(2));
        }
        return map.build();
    }

    private LexValue value(ObjectType<?> owner, int slot, Field field, int depth) {
        return switch (field.kind()) {
            case BOOLEAN -> LexJson.parse(random.nextBoolean() ? "true" : "false");
            case INTEGER -> new LexInteger(random.nextBoolean() ? random.nextLong() : random.nextInt(10));
            case STRING -> new LexString(text());
            case BYTES -> LexJson.parse("{\"$bytes\":\"AQI\"}");
            case LINK -> LexJson.parse("{\"$link\":\"" + CID + "\"}");
            case BLOB ->
                LexJson.parse(
                        random.nextInt(4) == 0
                                ? "{\"cid\":\"" + CID + "\",\"mimeType\":\"a/b\"}"
                                : "{\"$type\":\"blob\",\"ref\":{\"$link\":\"" + CID
                                        + "\"},\"mimeType\":\"a/b\",\"size\":1}");
            case UNKNOWN -> map(depth);
            case VALUE -> any(depth);
            case OBJECT ->
                typed(
                        object(owner.prototype().typeOf(slot, 0), depth - 1),
                        random.nextInt(4) == 0 ? "test.other" : null);
            case UNION -> variant(depth);
        };
    }

    private LexValue variant(int depth) {
        int chance = depth == 0 ? 9 : random.nextInt(10);
        if (chance == 9) {
            return typed(map(1), random.nextBoolean() ? "test.sample.new" : null);
        }
        ObjectType<?> type = chance < 4 ? Stamp.TYPE : Page.TYPE;
        return typed(object(type, depth - 1), type.name());
    }

    private static LexMap typed(LexMap map, @Nullable String type) {
        return type == null ? map.without("$type") : map.with("$type", new LexString(type));
    }

    private LexMap map(int depth) {
        LexMap.Builder map = LexMap.builder();
        for (int i = random.nextInt(4); i > 0; i--) {
            map.put("a" + text().replace("z", ""), any(depth - 1));
        }
        return map.build();
    }

    private LexValue any(int depth) {
        return switch (random.nextInt(depth <= 0 ? 4 : 6)) {
            case 0 -> LexNull.NULL;
            case 1 -> new LexInteger(random.nextInt());
            case 2 -> LexJson.parse(random.nextBoolean() ? "true" : "{\"$bytes\":\"\"}");
            case 3 -> new LexString(text());
            case 4 -> LexList.of(any(depth - 1), any(depth - 1));
            default -> map(depth);
        };
    }

    private String text() {
        var text = new StringBuilder(random.nextInt(4) == 0 ? SECRET : "");
        for (int i = random.nextInt(random.nextInt(8) == 0 ? 100 : 10); i > 0; i--) {
            switch (random.nextInt(12)) {
                case 0 -> text.append((char) random.nextInt(0x80));
                case 1 -> text.append((char) random.nextInt(0x80, 0x800));
                case 2 -> text.append((char) random.nextInt(0xE000, 0x10000));
                case 3 -> text.appendCodePoint(random.nextInt(0x10000, 0x110000));
                case 4 -> text.append("?\"\\{}[]:,".charAt(random.nextInt(9)));
                default -> text.append((char) ('a' + random.nextInt(25)));
            }
        }
        return text.toString();
    }

    private byte[] damaged(byte[] json) {
        int at = random.nextInt(json.length);
        byte[] changed = json.clone();
        switch (random.nextInt(5)) {
            case 0:
                return Arrays.copyOf(json, at);
            case 1:
                changed[at] = (byte) random.nextInt(256);
                return changed;
            case 2:
                changed[at] = (byte) "{}[]\",:\\0e.- \n".charAt(random.nextInt(14));
                return changed;
            case 3:
                byte[] shorter = Arrays.copyOf(json, json.length - 1);
                System.arraycopy(json, at + 1, shorter, at, json.length - at - 1);
                return shorter;
            default:
                return json;
        }
    }

    private LexMap shuffled(LexMap map) {
        List<Map.Entry<String, LexValue>> entries = new ArrayList<>(map.fields().entrySet());
        Collections.shuffle(entries, random);
        var fields = new LinkedHashMap<String, LexValue>();
        entries.forEach(e -> fields.put(e.getKey(), shuffled(e.getValue())));
        return LexMap.of(fields);
    }

    private LexValue shuffled(LexValue value) {
        if (value instanceof LexMap map) {
            return shuffled(map);
        }
        return value instanceof LexList list
                ? new LexList(list.items().stream().map(this::shuffled).toList())
                : value;
    }
}
