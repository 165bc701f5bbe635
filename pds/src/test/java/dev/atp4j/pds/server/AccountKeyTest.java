// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AccountKeyTest {

    private static final BigInteger HALF_OF_THE_ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16).shiftRight(1);

    @Test
    void publicKeysLookLikeP256InBase58() {
        for (int i = 0; i < 20; i++) {
            assertThat(AccountKey.generate().multibase()).matches("zDn[1-9A-HJ-NP-Za-km-z]{46}");
        }
    }

    @Test
    void signaturesAreOfTheLowerKind() {
        AccountKey key = AccountKey.generate();
        for (int i = 0; i < 20; i++) {
            byte[] signature = key.sign(("message " + i).getBytes(StandardCharsets.UTF_8));
            assertThat(signature).hasSize(64);
            assertThat(new BigInteger(1, signature, 32, 32)).isLessThanOrEqualTo(HALF_OF_THE_ORDER);
        }
    }
}
