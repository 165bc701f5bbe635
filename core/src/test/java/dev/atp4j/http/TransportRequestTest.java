// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atp4j.http.TransportRequest.Reach;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("security")
class TransportRequestTest {

    private static final URI URI_OF_PDS = URI.create("https://pds.example.com:444/xrpc/x?token=secret");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://a.b/",
                "/xrpc/x",
                "//a.b/x",
                "mailto:a@b.c",
                "https:///x",
                "https://user:secret@a.b/",
                "https://under_score.example/"
            })
    void onlyWebAddressesWithoutUserInformationAreTaken(String uri) {
        assertThatThrownBy(() -> request("GET", URI.create(uri), Headers.empty(), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "get", "GET ", "GET\r\n"})
    void methodsAreUpperCaseLetters(String method) {
        assertThatThrownBy(() -> request(method, URI_OF_PDS, Headers.empty(), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Content-Length", "content-type", "Host", "Transfer-Encoding", "connection", "Expect", "upgrade"
            })
    void fieldsOfTheTransportAreNotTaken(String name) {
        assertThatThrownBy(() -> request("GET", URI_OF_PDS, Headers.of(name, "1"), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(name.toLowerCase(java.util.Locale.ROOT));
    }

    @Test
    void theTimeIsPositiveAndAYearAtMost() {
        assertThatThrownBy(() -> request("GET", URI_OF_PDS, Headers.empty(), Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(request("GET", URI_OF_PDS, Headers.empty(), Duration.ofSeconds(Long.MAX_VALUE))
                        .timeout())
                .isEqualTo(Duration.ofDays(365));
    }

    @Test
    void aContentTypeThatWouldSplitTheHeaderIsNotTaken() {
        var body = RequestBody.bytes(new byte[1], "text/plain\r\nx: y");
        assertThatThrownBy(() -> new TransportRequest(
                        "POST", URI_OF_PDS, Headers.empty(), body, Duration.ofSeconds(1), Reach.ANY))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void onlyMethodAndOriginAreShown() {
        var request = request("GET", URI_OF_PDS, Headers.of("authorization", "secret"), Duration.ofSeconds(1));
        assertThat(request.origin()).isEqualTo("https://pds.example.com:444");
        assertThat(request).hasToString("GET https://pds.example.com:444");
    }

    private static TransportRequest request(String method, URI uri, Headers headers, Duration timeout) {
        return new TransportRequest(method, uri, headers, RequestBody.empty(), timeout, Reach.ANY);
    }
}
