// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance.data;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

/** Damages CBOR, with a liking for what DAG-CBOR forbids. Confined to one thread. */
final class OddCbor {

    private static final String[] ODD = {
        "f93c00",
        "fb3ff8000000000000",
        "fa47c35000",
        "f97e00",
        "f7",
        "f6",
        "f800",
        "ff",
        "1817",
        "190001",
        "1a00000001",
        "1b0000000000000001",
        "3817",
        "1b001fffffffffffff",
        "1b0020000000000000",
        "1b7fffffffffffffff",
        "1b8000000000000000",
        "3b7fffffffffffffff",
        "3b8000000000000000",
        "3b001fffffffffffff",
        "5f4101ff",
        "7f6161ff",
        "9fff",
        "bfff",
        "9f01ff",
        "c000",
        "c11a514b67b0",
        "c249010000000000000000",
        "d82a4100",
        "d82a450001550000",
        "d82a430001ff",
        "d9002a450001550000",
        "a10102",
        "a1616101",
        "a26161016162",
        "a2616201616102",
        "a2616101616102",
        "a26261610161620a",
        "a16001",
        "61ff",
        "62c328",
        "63eda080",
        "780161",
        "5801ff",
        "81818181",
        "d82a58250001711220785197229dc8bb1152945da58e2348f7e279eeded06cc2ca736d0e879858b501",
        "d82a582300122001020304050607080910111213141516171819202122232425262728293031320a",
        "d82a58250001701220785197229dc8bb1152945da58e2348f7e279eeded06cc2ca736d0e879858b501",
    };

    private final Random random;

    OddCbor(Random random) {
        this.random = random;
    }

    byte[] damaged(byte[] cbor) {
        int at = random.nextInt(cbor.length);
        switch (random.nextInt(7)) {
            case 0:
                return Arrays.copyOf(cbor, at);
            case 1:
                return joined(Arrays.copyOf(cbor, at), Arrays.copyOfRange(cbor, at + 1, cbor.length));
            case 2:
                cbor[at] ^= (byte) (1 << random.nextInt(8));
                return cbor;
            case 3:
                cbor[at] = (byte) random.nextInt(256);
                return cbor;
            case 4:
                return odd();
            case 5:
                // A list of one, a map of one.
                byte[] head = random.nextBoolean() ? new byte[] {(byte) 0x81} : new byte[] {(byte) 0xa1, 0x61, 0x78};
                return joined(head, odd());
            default:
                return joined(new byte[] {(byte) 0x82}, joined(cbor, odd()));
        }
    }

    private byte[] odd() {
        return HexFormat.of().parseHex(ODD[random.nextInt(ODD.length)]);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
