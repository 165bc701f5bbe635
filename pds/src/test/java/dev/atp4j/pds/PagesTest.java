// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atp4j.data.LexMap;
import dev.atp4j.identity.DidDocument;
import dev.atp4j.pds.Caller.Result;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the servers answer besides sessions and records: who they are, who others are, and what they do not know. */
class PagesTest {

    private final EmbeddedPds pds = EmbeddedPds.builder().start();
    private final Caller caller = new Caller(pds.url());
    private final Account alice = pds.createAccount("alice.test", "password");

    @AfterEach
    void stop() {
        pds.close();
    }

    private Result page(String path) {
        return caller.send(caller.request(path).GET());
    }

    @Test
    void theServerSaysWhoItIs() {
        LexMap server = caller.get("com.atproto.server.describeServer", "").json();
        assertThat(server.getString("did"))
                .contains("did:web:127.0.0.1%3A" + pds.url().getPort());
        assertThat(page("/.well-known/did.json").text("id"))
                .isEqualTo(server.getString("did").orElseThrow());
        assertThat(page("/.well-known/oauth-protected-resource").text("resource"))
                .isEqualTo(pds.url().toString());
        assertThat(page("/xrpc/_health").text("version")).isNotEmpty();
        assertThat(page("/").status()).isEqualTo(200);
        assertThat(page("/nowhere").status()).isEqualTo(404);
    }

    @Test
    void handlesResolveByMethodAndByHost() throws Exception {
        String resolve = "com.atproto.identity.resolveHandle?handle=";
        assertThat(caller.get(resolve + "Alice.test", "").text("did"))
                .isEqualTo(alice.did().value());
        assertThat(caller.get(resolve + "nobody.test", "").outcome())
                .isEqualTo("400 HandleNotFound \"Unable to resolve handle\"");
        assertThat(caller.get(resolve + "nobody.example.com", "").outcome())
                .isEqualTo("400 InvalidRequest \"Unable to resolve handle\"");
        assertThat(wellKnown("alice.test")).endsWith("\r\n\r\n" + alice.did());
        assertThat(wellKnown("alice.test:2583")).endsWith("\r\n\r\n" + alice.did());
        assertThat(wellKnown("nobody.test")).startsWith("HTTP/1.1 404 ").endsWith("User not found");
        pds.accounts().deactivate(alice.did());
        assertThat(wellKnown("alice.test")).startsWith("HTTP/1.1 404 ");
    }

    /** The JDK's client does not let anybody choose the host header. */
    private String wellKnown(String host) throws Exception {
        try (var socket = new Socket(pds.url().getHost(), pds.url().getPort())) {
            String request = "GET /.well-known/atproto-did HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    @Test
    void theDirectoryKnowsTheAccounts() {
        var plc = new Caller(pds.plcUrl());
        Result found = plc.send(plc.request("/" + alice.did()).GET());
        assertThat(found.headers().firstValue("content-type")).contains("application/did+ld+json; charset=utf-8");
        DidDocument document = DidDocument.of(found.json()).orElseThrow();
        assertThat(document.did()).isEqualTo(alice.did());
        assertThat(document.handle()).contains(alice.handle());
        assertThat(document.pds(DidDocument.EndpointRule.LOOPBACK_TOO)).contains(pds.pdsUrl());
        Result missing =
                plc.send(plc.request("/did:plc:aaaaaaaaaaaaaaaaaaaaaaaa").GET());
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.text("message")).isEqualTo("DID not registered: did:plc:aaaaaaaaaaaaaaaaaaaaaaaa");
    }

    @Test
    void aNewHandleIsKnownEverywhere() {
        String access = caller.login("alice.test", "password").access();
        LexMap input = LexMap.builder().put("handle", "Alicia.test").build();
        assertThat(caller.post("com.atproto.identity.updateHandle", access, input)
                        .outcome())
                .isEqualTo("200");
        assertThat(caller.getSession(access).text("handle")).isEqualTo("alicia.test");
        var plc = new Caller(pds.plcUrl());
        assertThat(plc.send(plc.request("/" + alice.did()).GET()).json().toString())
                .contains("at://alicia.test");
    }

    private String createAccount(String handle, String email) {
        return caller.post(
                        "com.atproto.server.createAccount",
                        "",
                        LexMap.builder()
                                .put("handle", handle)
                                .put("email", email)
                                .put("password", "password")
                                .build())
                .outcome();
    }

    @Test
    void accountsAreCreatedByTheReferencesRules() {
        assertThat(createAccount("bobby.test", "bob@example.com")).isEqualTo("200");
        assertThat(createAccount("bobby.test", "other@example.com"))
                .isEqualTo("400 InvalidRequest \"Handle already taken: bobby.test\"");
        assertThat(createAccount("other.test", "Bob@example.com"))
                .isEqualTo("400 InvalidRequest \"Email already taken: bob@example.com\"");
        assertThat(createAccount("ab.test", "ab@example.com")).isEqualTo("400 InvalidHandle \"Handle too short\"");
        assertThat(createAccount("a".repeat(19) + ".test", "ab@example.com"))
                .isEqualTo("400 InvalidHandle \"Handle too long\"");
        assertThat(createAccount("a.bcd.test", "ab@example.com"))
                .isEqualTo("400 InvalidHandle \"Invalid characters in handle\"");
        assertThat(createAccount("abcd.example.com", "ab@example.com"))
                .isEqualTo("400 UnsupportedDomain \"Not a supported handle domain\"");
        assertThat(createAccount("abcd.local", "ab@example.com"))
                .isEqualTo("400 InvalidHandle \"Handle TLD is invalid or disallowed\"");
        assertThat(createAccount("no handle", "ab@example.com"))
                .isEqualTo("400 InvalidRequest \"Invalid handle (got \"no handle\") at $.handle\"");
        assertThat(createAccount("abcd.test", "nonsense"))
                .isEqualTo("400 InvalidRequest \"This email address is not supported,"
                        + " please use a different email.\"");
    }

    @Test
    void aNewAccountsSessionHasOnlyTheNamesAndTheTokens() {
        Result created = caller.post(
                "com.atproto.server.createAccount",
                "",
                LexMap.builder()
                        .put("handle", "bobby.test")
                        .put("email", "bob@example.com")
                        .put("password", "password")
                        .build());
        assertThat(created.json().fields().keySet())
                .containsExactly("handle", "did", "didDoc", "accessJwt", "refreshJwt");
        assertThat(caller.refreshSession(created.refresh()).outcome()).isEqualTo("200");
    }

    @Test
    void whatIsNotKnownIsPassedToNobody() {
        String access = caller.login("alice.test", "password").access();
        assertThat(caller.get("com.example.unknown", "").outcome())
                .isEqualTo("401 AuthMissing \"Authentication Required\"");
        assertThat(caller.get("com.example.unknown", access).outcome())
                .isEqualTo("501 MethodNotImplemented \"Method Not Implemented\"");
        assertThat(caller.post("com.example.unknown", access, LexMap.empty()).outcome())
                .isEqualTo("501 MethodNotImplemented \"Method Not Implemented\"");
        assertThat(page("/xrpc/no/method").text("message")).isEqualTo("invalid xrpc path");
    }

    @Test
    void theDateIsTheServersOwn() {
        pds.time().advance(Duration.ofDays(8));
        assertThat(caller.getSession("").headers().firstValue("date")).contains("Fri, 09 Jan 2026 00:00:00 GMT");
    }

    @Test
    void twoBoxesDoNotShareAPort() {
        int port = pds.url().getPort();
        assertThatThrownBy(() -> EmbeddedPds.builder().port(port).start()).isInstanceOf(UncheckedIOException.class);
        pds.close();
        try (EmbeddedPds next = EmbeddedPds.builder().port(port).start()) {
            assertThat(next.url().getPort()).isEqualTo(port);
        }
    }

    @Test
    void handlesAreUnique() {
        assertThatThrownBy(() -> pds.createAccount("alice.test", "other")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> pds.createAccount("no handle", "other")).isInstanceOf(IllegalArgumentException.class);
    }
}
