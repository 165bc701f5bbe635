// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.atp4j.syntax.Cid;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CarReaderTest {

    private static final byte[] RECORD =
            DagCbor.write(LexMap.builder().put("text", "hello").build());
    private static final byte[] RAW = {1, 2, 3};

    @Test
    void givesRootsAndBlocksInOrder() throws IOException {
        byte[] car =
                car(header(1, Cid.ofDagCbor(RECORD)), block(Cid.ofDagCbor(RECORD), RECORD), block(Cid.ofRaw(RAW), RAW));

        try (CarReader reader = CarReader.open(new ByteArrayInputStream(car))) {
            assertThat(reader.roots()).containsExactly(Cid.ofDagCbor(RECORD));
            CarReader.Block first = reader.next();
            CarReader.Block second = reader.next();
            assertThat(first.cid()).isEqualTo(Cid.ofDagCbor(RECORD));
            assertThat(first.bytes()).isEqualTo(RECORD);
            assertThat(first).hasToString(Cid.ofDagCbor(RECORD).value());
            assertThat(second.bytes()).isEqualTo(RAW);
            assertThat(reader.next()).isNull();
            assertThat(reader.next()).isNull();
        }
    }

    @Test
    void refusesABlockThatIsNotWhatItsCidNames() throws IOException {
        assertRefused(
                car(header(1), block(Cid.ofRaw(RAW), RAW), block(Cid.ofRaw(RAW), RECORD)),
                "$.blocks[1]: the bytes are not those that the CID names by their SHA-256");
        assertRefused(car(header(1), new byte[] {3, 1, 2, 3}), "$.blocks[0]: the block has no CID");
        assertRefused(car(header(1), new byte[] {0}), "$.blocks[0]: the block has no CID");
        assertRefused(car(header(1), new byte[] {5, 0, 0x55, 0x12, 1, 7}), "$.blocks[0]: the block has no CID");
    }

    @Test
    void refusesAHeaderOfAnotherForm() throws IOException {
        assertRefused(new byte[0], "$.header: the archive is empty");
        assertRefused(car(header(2)), "$.header: the archive is not of version 1");
        assertRefused(
                car(section(DagCbor.write(LexMap.builder().put("version", 1).build()))),
                "$.header: there is no list of roots");
        assertRefused(
                car(section(DagCbor.write(LexMap.builder()
                        .put("version", 1)
                        .put("roots", LexList.of(LexNull.NULL))
                        .build()))),
                "$.header: a root is no link");
        assertRefused(
                car(section(new byte[] {(byte) 0x81, (byte) 0xf7})),
                "$.header[0]: there is no such value as the simple value 23");
    }

    @Test
    void readsNoMoreThanItsLimits() throws IOException {
        assertRefused(new byte[] {(byte) 0x81, (byte) 0x80, 4}, "$.header: there are more than 65536 bytes");
        assertRefused(
                car(header(1), new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1}),
                "$.blocks[0]: there are more than 2097152 bytes");
    }

    @Test
    void endsEarlyOnlyBetweenBlocks() throws IOException {
        byte[] car = car(header(1), block(Cid.ofRaw(RAW), RAW));
        int header = car(header(1)).length;

        for (int length = 1; length < car.length; length++) {
            if (length != header) {
                assertRefused(
                        Arrays.copyOf(car, length),
                        (length < header ? "$.header" : "$.blocks[0]") + ": the archive ends early");
            }
        }
    }

    @Test
    void closesItsStreamAlsoIfTheHeaderIsBroken() throws IOException {
        var closed = new ArrayList<String>();
        CarReader.open(noting(car(header(1)), closed)).close();
        assertThat(closed).hasSize(1);

        assertThatExceptionOfType(DataException.class).isThrownBy(() -> CarReader.open(noting(RAW, closed)));
        assertThat(closed).hasSize(2);
    }

    @Test
    void damagedArchivesGiveNothingButWhatTheirCidsName() throws IOException {
        long seed = Long.getLong("atp4j.seed", new Random().nextLong());
        var random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < 5_000; i++) {
            byte[] car =
                    car(header(1, Cid.ofRaw(RAW)), block(Cid.ofRaw(RAW), RAW), block(Cid.ofDagCbor(RECORD), RECORD));
            car[random.nextInt(car.length)] ^= (byte) (1 << random.nextInt(8));
            try (CarReader reader = CarReader.open(new ByteArrayInputStream(car))) {
                for (CarReader.Block block = reader.next(); block != null; block = reader.next()) {
                    assertThat(block.cid().matches(block.bytes()))
                            .as("seed %d", seed)
                            .isTrue();
                }
            } catch (DataException e) {
                refused++;
            }
        }
        assertThat(refused).as("seed %d", seed).isBetween(3_000, 5_000);
    }

    private static void assertRefused(byte[] car, String message) {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> {
                    try (CarReader reader = CarReader.open(new ByteArrayInputStream(car))) {
                        while (reader.next() != null) {
                            // The next one may be the broken one.
                        }
                    }
                })
                .withMessage(message);
    }

    private static InputStream noting(byte[] bytes, List<String> closed) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public void close() {
                closed.add("closed");
            }
        };
    }

    private static byte[] header(long version, Cid... roots) {
        return section(DagCbor.write(LexMap.builder()
                .put(
                        "roots",
                        new LexList(
                                Arrays.stream(roots).<LexValue>map(LexLink::new).toList()))
                .put("version", version)
                .build()));
    }

    private static byte[] block(Cid cid, byte[] bytes) throws IOException {
        var section = new ByteArrayOutputStream();
        section.write(cid.bytes());
        section.write(bytes);
        return section(section.toByteArray());
    }

    /** All are shorter than 128 bytes. */
    private static byte[] section(byte[] bytes) {
        byte[] section = new byte[bytes.length + 1];
        section[0] = (byte) bytes.length;
        System.arraycopy(bytes, 0, section, 1, bytes.length);
        return section;
    }

    private static byte[] car(byte[]... sections) throws IOException {
        var car = new ByteArrayOutputStream();
        for (byte[] section : sections) {
            car.write(section);
        }
        return car.toByteArray();
    }
}
