// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a password or a token may go. */
class OriginsTest {

    @ParameterizedTest
    @CsvSource({
        "https://pds.example.com, https://pds.example.com",
        "https://PDS.Example.com/, https://pds.example.com",
        "HTTPS://pds.example.com:8443, https://pds.example.com:8443",
        "https://pds.example.com:65535, https://pds.example.com:65535",
        "http://localhost:2583, http://localhost:2583",
        "http://127.0.0.1, http://127.0.0.1"
    })
    void aServiceIsABareOrigin(URI said, URI origin) {
        assertThat(Origins.service(said)).isEqualTo(origin);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pds.example.com",
                "//pds.example.com",
                "ftp://pds.example.com",
                "http://pds.example.com",
                "https:pds.example.com",
                "https://alice:password@pds.example.com",
                "https://pds.example.com/xrpc",
                "https://pds.example.com?a",
                "https://pds.example.com#a",
                "https://pds.example.com:0",
                "https://pds.example.com:65536"
            })
    void anythingElseIsRefusedWithoutShowingAPassword(String address) {
        assertThatThrownBy(() -> Origins.service(URI.create(address)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("password@");
    }

    @ParameterizedTest
    @CsvSource({"http://localhost:2583, true", "http://pds.example.com, false", "https://pds.example.com, false"})
    void onlyThisMachineIsThisMachine(URI service, boolean here) {
        assertThat(Origins.loopback(service)).isEqualTo(here);
    }
}
