// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.identity;

import static dev.atp4j.identity.DidDocument.EndpointRule.LOOPBACK_TOO;
import static dev.atp4j.identity.DidDocument.EndpointRule.PUBLIC_HTTPS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import dev.atp4j.syntax.Did;
import dev.atp4j.syntax.Handle;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("security")
class DidDocumentTest {

    private static final String DID = "did:plc:ewvi7nxzyoun6zhxrhs64oiz";

    @Test
    void returnsThePdsEndpointFromAValidDidDocument() {
        assertThat(document(service("#atproto_pds", "AtprotoPersonalDataServer", "\"https://pds.atp4j.dev\""))
                        .pds(PUBLIC_HTTPS))
                .contains(URI.create("https://pds.atp4j.dev"));
    }

    @Test
    void returnsNullWhenNoServiceArrayIsPresent() {
        assertThat(document("").pds(PUBLIC_HTTPS)).isEmpty();
    }

    @Test
    void returnsNullWhenServiceDoesNotIncludeAtprotoPds() {
        assertThat(document(service("#atproto_labeler", "AtprotoLabeler", "\"https://pds.atp4j.dev\""))
                        .pds(PUBLIC_HTTPS))
                .isEmpty();
    }

    @Test
    void returnsNullWhenServiceEndpointIsNotAValidUrl() {
        assertThat(pds("not a url")).isEmpty();
        assertThat(pds("")).isEmpty();
    }

    /** The reference implementation takes an absent document; here a document that is none cannot be made. */
    @Test
    void returnsNullWhenCalledWithUndefined() {
        assertThat(DidDocument.of(LexMap.empty())).isEmpty();
    }

    @Test
    void returnsNullWhenServiceEndpointIsNotAString() {
        for (String endpoint :
                new String[] {"17", "null", "true", "{\"uri\":\"https://pds.atp4j.dev\"}", "[\"https://pds.atp4j.dev\"]"
                }) {
            assertThat(document(service("#atproto_pds", "AtprotoPersonalDataServer", endpoint))
                            .pds(PUBLIC_HTTPS))
                    .isEmpty();
        }
    }

    @Test
    void takesTheServiceIdWithTheDidInFrontOfIt() {
        assertThat(document(service(DID + "#atproto_pds", "AtprotoPersonalDataServer", "\"https://pds.atp4j.dev\""))
                        .pds(PUBLIC_HTTPS))
                .isPresent();
    }

    @Test
    void ignoresAServiceOfAnotherDidOrType() {
        assertThat(document(service(
                                "did:web:other.atp4j.dev#atproto_pds",
                                "AtprotoPersonalDataServer",
                                "\"https://pds.atp4j.dev\""))
                        .pds(PUBLIC_HTTPS))
                .isEmpty();
        assertThat(document(service("#atproto_pds", "AtprotoLabeler", "\"https://pds.atp4j.dev\""))
                        .pds(PUBLIC_HTTPS))
                .isEmpty();
    }

    @Test
    void onlyTheFirstPdsOfADocumentCounts() {
        String two = "\"service\":["
                + "{\"id\":\"#atproto_pds\",\"type\":\"AtprotoPersonalDataServer\",\"serviceEndpoint\":\"http://bad.dev\"},"
                + "{\"id\":\"#atproto_pds\",\"type\":\"AtprotoPersonalDataServer\",\"serviceEndpoint\":\"https://b.dev\"}]";

        assertThat(document(two).pds(PUBLIC_HTTPS)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://pds.atp4j.dev",
                "ftp://pds.atp4j.dev",
                "//pds.atp4j.dev",
                "pds.atp4j.dev",
                "https:pds.atp4j.dev",
                "https:///xrpc",
                "https://user@pds.atp4j.dev",
                "https://user:word@pds.atp4j.dev",
                "https://@pds.atp4j.dev",
                "https://pds.atp4j.dev/path",
                "https://pds.atp4j.dev//",
                "https://pds.atp4j.dev?",
                "https://pds.atp4j.dev?a=b",
                "https://pds.atp4j.dev#",
                "https://pds.atp4j.dev#a",
                "https://pds.atp4j.dev:0",
                "https://pds.atp4j.dev:65536",
                "https://pds.atp4j.dev:port",
                "https://pds.atp4j.dev\\@evil.dev",
                "https://pds.atp4j.dev\r\nHost: evil.dev",
                " https://pds.atp4j.dev",
                "https://pds.atp4j.dev.",
                "https://pds",
                "https://pds_1.atp4j.dev",
                "https://pds.exämple.dev",
                "https://localhost",
                "https://LOCALHOST:2583",
                "https://pds.localhost",
                "https://pds.local",
                "https://pds.internal",
                "https://metadata.google.internal",
                "https://1.0.0.127.in-addr.arpa",
                "https://pds.onion",
                "https://pds.example",
                "https://127.0.0.1",
                "https://169.254.169.254",
                "https://8.8.8.8",
                "https://2130706433",
                "https://0x7f000001",
                "https://127.1",
                "https://0177.0.0.1",
                "https://0x7f.0.0.0x1",
                "https://[::1]",
                "https://[::ffff:169.254.169.254]",
                "https://[fe80::1%25eth0]",
                "javascript:alert(1)",
            })
    void refusesAnEndpointThatTokensMustNotGoTo(String endpoint) {
        assertThat(PUBLIC_HTTPS.origin(endpoint)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://pds.atp4j.dev,https://pds.atp4j.dev",
        "https://pds.atp4j.dev/,https://pds.atp4j.dev",
        "HTTPS://PDS.Atp4j.DEV,https://pds.atp4j.dev",
        "https://pds.atp4j.dev:443,https://pds.atp4j.dev",
        "https://pds.atp4j.dev:,https://pds.atp4j.dev",
        "https://pds.atp4j.dev:8443,https://pds.atp4j.dev:8443",
        "https://xn--fiqs8s.xn--fiqs8s,https://xn--fiqs8s.xn--fiqs8s",
        "https://pds.test,https://pds.test",
    })
    void reducesAnEndpointToItsOrigin(String endpoint, String origin) {
        assertThat(PUBLIC_HTTPS.origin(endpoint)).contains(URI.create(origin));
        assertThat(LOOPBACK_TOO.origin(endpoint)).contains(URI.create(origin));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:2583",
                "https://localhost",
                "http://127.0.0.1",
                "http://127.8.9.255:80",
                "http://[::1]:2583",
            })
    void acceptsLoopbackOnlyIfTold(String endpoint) {
        assertThat(LOOPBACK_TOO.origin(endpoint)).isPresent();
        assertThat(PUBLIC_HTTPS.origin(endpoint)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://pds.atp4j.dev",
                "http://10.0.0.1",
                "http://127.0.0.256",
                "http://127.0.0.1.atp4j.dev",
                "http://localhost.atp4j.dev",
                "https://[::2]",
                "ftp://127.0.0.1",
                "http://user@127.0.0.1",
                "http://127.0.0.1/xrpc",
                "http://0.0.0.0",
            })
    void acceptsNothingButLoopbackBeyondThePublicRule(String endpoint) {
        assertThat(LOOPBACK_TOO.origin(endpoint)).isEmpty();
    }

    @Test
    void onlyAServiceOnLoopbackMayPointToLoopback() {
        assertThat(DidDocument.EndpointRule.forService(URI.create("http://localhost:2583")))
                .isEqualTo(LOOPBACK_TOO);
        assertThat(DidDocument.EndpointRule.forService(URI.create("https://bsky.social")))
                .isEqualTo(PUBLIC_HTTPS);
        assertThat(DidDocument.EndpointRule.forService(URI.create("https://10.0.0.1")))
                .isEqualTo(PUBLIC_HTTPS);
    }

    @Test
    void claimsTheFirstValidHandle() {
        assertThat(document(
                                "\"alsoKnownAs\":[17,\"https://alice.dev\",\"at://\",\"at://alice.dev/path\",\"at://did:web:a.dev\","
                                        + "\"at://Alice.Atp4j.dev\",\"at://bob.atp4j.dev\"]")
                        .handle())
                .contains(Handle.parse("alice.atp4j.dev"));
    }

    @Test
    void claimsNoHandleIfNoneIsValid() {
        assertThat(document("").handle()).isEmpty();
        assertThat(document("\"alsoKnownAs\":\"at://alice.dev\"").handle()).isEmpty();
        assertThat(document("\"alsoKnownAs\":[\"at://alice\"]").handle()).isEmpty();
    }

    @Test
    void isTheDocumentOfItsOwnDidOnly() {
        var raw = (LexMap) LexJson.parse("{\"id\":\"" + DID + "\"}");

        assertThat(DidDocument.of(raw)).contains(new DidDocument(Did.parse(DID), raw));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DidDocument(Did.parse("did:web:other.atp4j.dev"), raw));
    }

    @Test
    void junkIsNeverMoreThanAbsent() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        String whole = "{\"id\":\"" + DID + "\",\"alsoKnownAs\":[\"at://alice.atp4j.dev\"],"
                + service("#atproto_pds", "AtprotoPersonalDataServer", "\"https://pds.atp4j.dev\"") + "}";
        for (int round = 0; round < 5_000; round++) {
            byte[] bytes = whole.getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i <= random.nextInt(3); i++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(128);
            }
            String text = new String(bytes, StandardCharsets.UTF_8);
            LexMap raw;
            try {
                raw = LexJson.parseMap(bytes);
            } catch (IllegalArgumentException e) {
                continue;
            }
            assertThatCode(() -> DidDocument.of(raw).ifPresent(document -> {
                        document.handle();
                        document.pds(PUBLIC_HTTPS).ifPresent(pds -> {
                            assertThat(pds.getScheme()).isEqualTo("https");
                            assertThat(pds.getRawUserInfo()).isNull();
                            assertThat(pds.getRawPath()).isEmpty();
                        });
                    }))
                    .as("seed %s, document %s", seed, text)
                    .doesNotThrowAnyException();
        }
    }

    private static Optional<URI> pds(String endpoint) {
        return document(service("#atproto_pds", "AtprotoPersonalDataServer", "\"" + endpoint + "\""))
                .pds(PUBLIC_HTTPS);
    }

    private static String service(String id, String type, String endpoint) {
        return "\"service\":[{\"id\":\"" + id + "\",\"type\":\"" + type + "\",\"serviceEndpoint\":" + endpoint + "}]";
    }

    private static DidDocument document(String fields) {
        String json = "{\"id\":\"" + DID + "\"" + (fields.isEmpty() ? "" : "," + fields) + "}";
        return DidDocument.of((LexMap) LexJson.parse(json)).orElseThrow();
    }
}
