// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.session.store.SessionKey;
import dev.atp4j.syntax.Did;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SealTest {

    /** Rows that are stored are sealed so; the digest is that of {@code printf 'did:plc:alice#default 7 {}' | sha256sum}. */
    @Test
    void aSealIsOverTheNameTheVersionAndTheDocument() {
        assertThat(HexFormat.of()
                        .formatHex(Seal.of(
                                SessionKey.of(Did.parse("did:plc:alice")), 7, "{}".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("1a10714cf339a942c124fb136f1d75688151be12b1912b5c013fce56fff40e89");
    }
}
