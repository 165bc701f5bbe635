// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.data;

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

class DagCborPropertyTest {

    private final long seed = Long.getLong("atp4j.seed", new Random().nextLong());
    private final Random random = new Random(seed);

    @Test
    void whatIsWrittenReadsAsTheSame() {
        for (int i = 0; i < 3_000; i++) {
            LexValue value = value(random.nextInt(6));

            assertThat(DagCbor.read(DagCbor.write(value))).as("seed %d", seed).isEqualTo(value);
        }
    }

    @Test
    void theOrderOfFieldsChangesNothing() {
        for (int i = 0; i < 1_000; i++) {
            LexMap map = map(3);

            assertThat(DagCbor.write(shuffled(map))).as("seed %d", seed).isEqualTo(DagCbor.write(map));
        }
    }

    @Test
    void jsonAndBackChangesNoIdentifier() {
        for (int i = 0; i < 1_000; i++) {
            LexMap map = map(3);

            assertThat(DagCbor.cid(LexJson.parse(LexJson.write(map))))
                    .as("seed %d", seed)
                    .isEqualTo(DagCbor.cid(map));
        }
    }

    @Test
    void damagedDocumentsAreRefusedOrReadAsWhatTheyWouldBeWrittenAs() {
        int refused = 0;
        for (int i = 0; i < 50_000; i++) {
            byte[] cbor = damaged(DagCbor.write(map(2)));
            try {
                LexValue read = DagCbor.read(cbor);
                assertThat(DagCbor.write(read)).as("seed %d", seed).isEqualTo(cbor);
            } catch (DataException e) {
                assertThat(e.path()).startsWith("$");
                refused++;
            }
        }
        assertThat(refused).as("seed %d", seed).isBetween(10_000, 49_000);
    }

    private byte[] damaged(byte[] cbor) {
        int at = random.nextInt(cbor.length);
        return switch (random.nextInt(4)) {
            case 0 -> Arrays.copyOf(cbor, at);
            case 1 -> {
                byte[] shorter = Arrays.copyOf(cbor, cbor.length - 1);
                System.arraycopy(cbor, at + 1, shorter, at, cbor.length - at - 1);
                yield shorter;
            }
            case 2 -> {
                cbor[at] ^= (byte) (1 << random.nextInt(8));
                yield cbor;
            }
            default -> {
                cbor[at] = (byte) random.nextInt(256);
                yield cbor;
            }
        };
    }

    private LexValue value(int depth) {
        return switch (random.nextInt(depth == 0 ? 6 : 9)) {
            case 0 -> LexNull.NULL;
            case 1 -> new LexBoolean(random.nextBoolean());
            case 2 -> new LexInteger(random.nextLong() >> random.nextInt(64));
            case 3 -> new LexString(text(40));
            case 4 -> LexBytes.of(bytes(random.nextInt(300)));
            case 5 -> new LexLink(random.nextBoolean() ? Cid.ofRaw(bytes(3)) : Cid.ofDagCbor(bytes(3)));
            case 6 -> {
                List<LexValue> items = new ArrayList<>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    items.add(value(depth - 1));
                }
                yield new LexList(items);
            }
            default -> map(depth - 1);
        };
    }

    private LexMap map(int depth) {
        Map<String, LexValue> fields = new LinkedHashMap<>();
        for (int i = random.nextInt(30); i > 0; i -= 3) {
            fields.put("f" + text(6), value(depth));
        }
        return LexMap.of(fields);
    }

    private LexMap shuffled(LexMap map) {
        List<String> names = new ArrayList<>(map.fields().keySet());
        Collections.shuffle(names, random);
        Map<String, LexValue> fields = new LinkedHashMap<>();
        names.forEach(name -> fields.put(name, map.fields().get(name)));
        return LexMap.of(fields);
    }

    /** Letters of one to four bytes, of which those beyond U+FFFF sort before U+FFFF by UTF-16 and after it by UTF-8. */
    private String text(int max) {
        var text = new StringBuilder();
        for (int i = random.nextInt(max); i > 0; i--) {
            text.appendCodePoint(
                    switch (random.nextInt(8)) {
                        case 0 -> 0xe9;
                        case 1 -> 0xff5e;
                        case 2 -> 0x1f600 + random.nextInt(9);
                        default -> '!' + random.nextInt(90);
                    });
        }
        return text.toString();
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
