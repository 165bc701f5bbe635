// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atp4j.http.HttpTransport;
import dev.atp4j.http.JdkHttpTransport;
import dev.atp4j.http.TransportRequest.Reach;
import dev.atp4j.identity.DidDocument.EndpointRule;
import dev.atp4j.identity.IdentityException.Kind;
import dev.atp4j.syntax.Did;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DidResolutionTest {

    private static final Did PLC = Did.parse("did:plc:ewvi7nxzyoun6zhxrhs64oiz");
    private static final Did WEB = Did.parse("did:web:alice.test");
    private static final String WEB_DOCUMENT = "/alice.test/.well-known/did.json";

    private final LoopbackWeb web = new LoopbackWeb();
    private final HttpTransport http = new JdkHttpTransport();
    private final IdentityResolver resolver = builder().build();

    private NetworkIdentityResolver.Builder builder() {
        return NetworkIdentityResolver.builder(http)
                .directory(web.origin())
                .hostBase(host -> web.origin().resolve("/" + host));
    }

    @AfterEach
    void close() {
        http.close();
        web.close();
    }

    @Test
    void aPlcDocumentComesFromTheDirectory() {
        web.serve("/" + PLC, "{\"id\":\"" + PLC + "\",\"alsoKnownAs\":[\"at://alice.test\"]}");

        DidDocument document = resolver.resolveDid(PLC);

        assertThat(document.did()).isEqualTo(PLC);
        assertThat(document.handle()).hasToString("Optional[alice.test]");
    }

    @Test
    void aWebDocumentComesFromItsHost() {
        web.serve(WEB_DOCUMENT, "{\"id\":\"" + WEB + "\"}");

        assertThat(resolver.resolveDid(WEB).did()).isEqualTo(WEB);
    }

    @Test
    void anUnknownDidIsNotFound() {
        assertThat(failure(PLC).kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(failure(WEB).kind()).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void aTombstoneIsNotFound() {
        web.serve("/" + PLC, 410, "{\"message\":\"DID not available\"}");

        assertThat(failure(PLC).kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(failure(PLC)).hasMessageContaining("any more");
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 503})
    void anOverloadedServerIsPassingTrouble(int status) {
        web.serve("/" + PLC, status, "");

        assertThat(failure(PLC).retryable()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 405})
    void anyOtherRefusalProvesNothing(int status) {
        web.serve("/" + PLC, status, "");

        assertThat(failure(PLC).kind()).isEqualTo(Kind.INVALID);
    }

    @Test
    void anUnreachableServerIsPassingTrouble() {
        web.close();

        assertThat(failure(PLC).kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure(WEB).kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void redirectsAreNotFollowed() {
        web.redirect(WEB_DOCUMENT, 302, "/elsewhere");
        web.serve("/elsewhere", "{\"id\":\"" + WEB + "\"}");

        assertThat(failure(WEB)).hasMessageContaining("302");
        assertThat(web.asked()).containsExactly(WEB_DOCUMENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "[]",
                "\"did:plc:ewvi7nxzyoun6zhxrhs64oiz\"",
                "{}",
                "{\"id\":17}",
                "{\"id\":\"did:plc:ewvi7nxzyoun6zhxrhs64oi2\"}",
                "{\"id\":\"did:plc:ewvi7nxzyoun6zhxrhs64oiz\"",
                "{\"id\":\"did:plc:ewvi7nxzyoun6zhxrhs64oiz\"}{}",
            })
    void aDocumentThatIsNotTheDidsProvesNothing(String json) {
        web.serve("/" + PLC, json);

        assertThat(failure(PLC).kind()).isEqualTo(Kind.INVALID);
    }

    @Test
    void aHugeDocumentIsNotReadToItsEnd() {
        web.serve("/" + PLC, "{\"id\":\"" + PLC + "\",\"padding\":\"" + "x".repeat(1 << 20) + "\"}");

        assertThat(failure(PLC)).hasMessageContaining("more than 65536 bytes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "did:key:zQ3shZc2QzApp2oymGvQbzP8eKheVshBHbU4ZYjeXqwSKEn6N",
                "did:plc:short",
                "did:plc:EWVI7NXZYOUN6ZHXRHS64OIZ",
                "did:plc:ewvi7nxzyoun6zhxrhs64oi1",
                "did:plc:..%2f..%2fewvi7nxzyoun6z",
                "did:web:alice.test:path",
                "did:web:alice.test%3A8080",
                "did:web:alice.test%2Fpath",
                "did:web:localhost",
                "did:web:localhost%3A2583",
                "did:web:127.0.0.1",
                "did:web:alice",
                "did:web:alice.local",
                "did:web:alice.internal",
                "did:web:alice..test",
            })
    void otherDidsAreRefusedWithoutAsking(String did) {
        var e = failure(Did.parse(did));

        assertThat(e.kind()).isEqualTo(Kind.UNSUPPORTED);
        assertThat(e).hasMessageContaining(did);
        assertThat(web.asked()).isEmpty();
    }

    @Test
    void localhostIsADidOnlyWhereLoopbackIsAllowed() {
        Did local = Did.parse("did:web:localhost%3A" + web.port());
        web.serve("/.well-known/did.json", "{\"id\":\"" + local + "\"}");
        var loopback = builder().endpointRule(EndpointRule.LOOPBACK_TOO).build();

        assertThat(loopback.resolveDid(local).did()).isEqualTo(local);
        assertThat(failure(local).kind()).isEqualTo(Kind.UNSUPPORTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "did:web:localhost%3A65536",
                "did:web:localhost%3A",
                "did:web:127.0.0.1%3A80",
                "did:web:127.0.0.1"
            })
    void noOtherLoopbackAddressIsADid(String did) {
        var loopback = builder().endpointRule(EndpointRule.LOOPBACK_TOO).build();

        var e = catchThrowableOfType(IdentityException.class, () -> loopback.resolveDid(Did.parse(did)));

        assertThat(e.kind()).isEqualTo(Kind.UNSUPPORTED);
    }

    @Test
    void onTheRealNetworkOnlyTheDirectoryMayBeAnywhere() {
        var network = new FakeTransport();
        network.serve("https://plc.directory/" + PLC, "{\"id\":\"" + PLC + "\"}");
        network.serve("https://alice.test/.well-known/did.json", "{\"id\":\"" + WEB + "\"}");
        var real = NetworkIdentityResolver.builder(network).build();

        assertThat(real.resolveDid(PLC).did()).isEqualTo(PLC);
        assertThat(real.resolveDid(WEB).did()).isEqualTo(WEB);
        assertThat(network.sent).extracting(sent -> sent.reach()).containsExactly(Reach.ANY, Reach.PUBLIC);
    }

    @Test
    void aDirectoryMayHaveAPath() {
        var network = new FakeTransport();
        network.serve("https://atp4j.dev/plc/" + PLC, "{\"id\":\"" + PLC + "\"}");

        assertThat(NetworkIdentityResolver.builder(network)
                        .directory(URI.create("https://atp4j.dev/plc"))
                        .build()
                        .resolveDid(PLC)
                        .did())
                .isEqualTo(PLC);
    }

    private IdentityException failure(Did did) {
        return catchThrowableOfType(IdentityException.class, () -> resolver.refreshDid(did));
    }
}
