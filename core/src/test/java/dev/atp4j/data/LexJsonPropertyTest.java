// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.syntax.Cid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LexJsonPropertyTest {

    private static final String SECRET = "zzzzzzzzzz";

    private final long seed = Long.getLong("atp4j.seed", new Random().nextLong());
    private final Random random = new Random(seed);

    @Test
    void whatIsWrittenReadsAsTheSame() {
        for (int i = 0; i < 2_000; i++) {
            LexValue value = value(random.nextInt(7), false);
            byte[] json = LexJson.write(value);

            assertSame(LexJson.parse(json), value);
            assertSame(LexJson.parse(new String(json, UTF_8)), value);
            assertSame(LexJson.parseLenient(json), value);
            assertThat(value.toString().getBytes(UTF_8)).as("seed %d", seed).isEqualTo(json);
        }
    }

    @Test
    void alsoHalfSurrogatePairsAndEmptyNamesReadAsTheSameLeniently() {
        for (int i = 0; i < 2_000; i++) {
            LexValue value = value(random.nextInt(5), true);

            assertSame(LexJson.parseLenient(LexJson.write(value)), value);
        }
    }

    @Test
    void charactersOutsideTheBasicPlaneAreWrittenAsUtf8WhereverTheyStand() {
        for (int length = 0; length < 20_000; length += random.nextInt(400)) {
            String text = "x".repeat(length) + "😀".repeat(random.nextInt(3_000));
            LexMap value = LexMap.builder().put(text, text).build();

            byte[] json = LexJson.write(value);

            assertThat(json).as("seed %d", seed).isEqualTo(("{\"" + text + "\":\"" + text + "\"}").getBytes(UTF_8));
        }
    }

    @Test
    void theOrderOfFieldsMattersToTheTextAlone() {
        for (int i = 0; i < 500; i++) {
            LexMap map = map(3, false);
            LexMap shuffled = shuffled(map);

            assertThat(shuffled).as("seed %d", seed).isEqualTo(map).hasSameHashCodeAs(map);
            assertThat(LexJson.parse(LexJson.write(shuffled)))
                    .as("seed %d", seed)
                    .isEqualTo(map);
        }
    }

    @Test
    void damagedDocumentsAreReadOrRefusedAndNeverQuoted() {
        int refused = 0;
        for (int i = 0; i < 5_000; i++) {
            LexMap document = LexMap.builder()
                    .put("accessJwt", SECRET)
                    .put("more", map(2, false))
                    .put(
                            "list",
                            LexList.of(
                                    new LexString(SECRET),
                                    LexMap.builder().put("handle", SECRET).build()))
                    .build();
            byte[] json = damaged(LexJson.write(document));

            refused += refuses(() -> LexJson.parse(json), json) ? 1 : 0;
            refused += refuses(() -> LexJson.parseLenient(json), json) ? 1 : 0;
        }
        assertThat(refused).as("seed %d", seed).isBetween(1_000, 9_000);
    }

    private boolean refuses(Runnable reading, byte[] json) {
        try {
            reading.run();
            return false;
        } catch (DataException e) {
            String what = new String(json, UTF_8) + " seed " + seed;
            assertThat(e.getMessage()).as(what).doesNotContain("zzz");
            assertThat(e.getCause()).as(what).isNull();
            return true;
        }
    }

    private void assertSame(LexValue read, LexValue value) {
        assertThat(read).as("%s seed %d", value, seed).isEqualTo(value).hasSameHashCodeAs(value);
        if (read instanceof LexMap map) {
            assertThat(new ArrayList<>(map.fields().keySet()))
                    .as("seed %d", seed)
                    .isEqualTo(new ArrayList<>(((LexMap) value).fields().keySet()));
        }
    }

    private byte[] damaged(byte[] json) {
        return switch (random.nextInt(4)) {
            case 0 -> Arrays.copyOf(json, random.nextInt(json.length));
            case 1 -> {
                byte[] changed = json.clone();
                changed[random.nextInt(json.length)] = (byte) random.nextInt(256);
                yield changed;
            }
            case 2 -> {
                byte[] changed = json.clone();
                changed[random.nextInt(json.length)] = (byte) "{}[]\",:\\0e.-".charAt(random.nextInt(12));
                yield changed;
            }
            default -> {
                int at = random.nextInt(json.length);
                byte[] shorter = Arrays.copyOf(json, json.length - 1);
                System.arraycopy(json, at + 1, shorter, at, json.length - at - 1);
                yield shorter;
            }
        };
    }

    private LexValue value(int depth, boolean odd) {
        return switch (random.nextInt(depth == 0 ? 6 : 9)) {
            case 0 -> LexNull.NULL;
            case 1 -> new LexBoolean(random.nextBoolean());
            case 2 -> new LexInteger(random.nextBoolean() ? random.nextLong() : random.nextInt(100));
            case 3 -> new LexString(text(odd, 10_000));
            case 4 -> {
                byte[] bytes = new byte[random.nextInt(20)];
                random.nextBytes(bytes);
                yield LexBytes.of(bytes);
            }
            case 5 -> new LexLink(Cid.parse("bafyrei" + random.nextInt(10, 1_000_000)));
            case 6 -> list(depth, odd);
            default -> map(depth, odd);
        };
    }

    private LexList list(int depth, boolean odd) {
        List<LexValue> items = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            items.add(value(depth - 1, odd));
        }
        return new LexList(items);
    }

    private LexMap map(int depth, boolean odd) {
        LexMap.Builder map = LexMap.builder();
        for (int i = random.nextInt(6); i > 0; i--) {
            String name = text(false, 1_000);
            map.put(name.isEmpty() && !odd ? "name" : name, value(depth - 1, odd));
        }
        return map.build();
    }

    private String text(boolean odd, int longest) {
        var text = new StringBuilder();
        for (int i = random.nextInt(random.nextInt(20) == 0 ? longest : 10); i > 0; i--) {
            switch (random.nextInt(8)) {
                case 0 -> text.append((char) random.nextInt(0x80));
                case 1 -> text.append((char) random.nextInt(0x80, 0x800));
                case 2 -> text.append((char) random.nextInt(0xE000, 0x10000));
                case 3 -> text.appendCodePoint(random.nextInt(0x10000, 0x110000));
                case 4 -> text.append(odd ? (char) random.nextInt(0xD800, 0xE000) : 'b');
                default -> text.append((char) ('a' + random.nextInt(25)));
            }
        }
        return text.toString();
    }

    private LexMap shuffled(LexMap map) {
        List<Map.Entry<String, LexValue>> entries = new ArrayList<>(map.fields().entrySet());
        Collections.shuffle(entries, random);
        var fields = new LinkedHashMap<String, LexValue>();
        entries.forEach(
                e -> fields.put(e.getKey(), e.getValue() instanceof LexMap inner ? shuffled(inner) : e.getValue()));
        return LexMap.of(fields);
    }
}
