// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.atp4j.data.LexLink;
import dev.atp4j.data.LexMap;
import dev.atp4j.pds.Caller.Result;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {

    private static final String REFRESH = "com.atproto.server.refreshSession";

    private final EmbeddedPds upstream = EmbeddedPds.builder().start();
    private final FaultProxy proxy = FaultProxy.to(upstream.url());
    private final Caller caller = new Caller(proxy.url());
    private final Account alice = upstream.createAccount("alice.test", "password");

    @AfterEach
    void stop() {
        proxy.close();
        upstream.close();
    }

    @Test
    void callsPassBothWaysUnchanged() {
        Result login = caller.login("alice.test", "password");
        assertThat(login.outcome()).isEqualTo("200");
        Result direct = new Caller(upstream.url()).getSession(login.access());
        Result proxied = caller.getSession(login.access());
        assertThat(proxied.bytes()).isEqualTo(direct.bytes());
        assertThat(proxied.headers().firstValue("cache-control")).contains("private");
        assertThat(caller.deleteSession(login.refresh()).outcome()).isEqualTo("200");
        assertThat(caller.refreshSession(login.refresh()).outcome())
                .isEqualTo("400 ExpiredToken \"Token has been revoked\"");
    }

    @Test
    void filesPassUnchanged() {
        String access = caller.login("alice.test", "password").access();
        Result uploaded = caller.send(caller.request("/xrpc/com.atproto.repo.uploadBlob")
                .header("authorization", "Bearer " + access)
                .header("content-type", "image/png")
                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[100_000])));
        LexMap blob = uploaded.json().getMap("blob").orElseThrow();
        assertThat(blob.getString("mimeType")).contains("image/png");
        assertThat(blob.getLong("size")).contains(100_000L);
        assertThat(blob.get("ref")).isInstanceOf(LexLink.class);
    }

    @Test
    void faultsAndJournalAreTheProxysOwn() {
        Result login = caller.login("alice.test", "password");
        proxy.faults().add(Fault.on(REFRESH).resetAfterProcessing());
        proxy.faults().add(Fault.on(REFRESH).resetBeforeProcessing());
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> caller.refreshSession(login.refresh())).isInstanceOf(UncheckedIOException.class);
        }
        assertThat(upstream.journal().count(REFRESH)).isOne();
        assertThat(proxy.journal().count(REFRESH)).isEqualTo(2);
        assertThat(proxy.journal().entries()).allSatisfy(entry -> {
            assertThat(entry.side()).isEqualTo(Side.UPSTREAM);
            assertThat(entry.account()).isEqualTo(alice.did().value());
        });
    }

    @Test
    void answersAreNotCompressedSoThatFaultsCanChangeThem() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] answer = "{\"did\":\"did:web:a.test\"}".getBytes(StandardCharsets.UTF_8);
            if (exchange.getRequestHeaders().containsKey("accept-encoding")) {
                var compressed = new ByteArrayOutputStream();
                try (var gzip = new GZIPOutputStream(compressed)) {
                    gzip.write(answer);
                }
                answer = compressed.toByteArray();
                exchange.getResponseHeaders().set("content-encoding", "gzip");
            }
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        URI origin = URI.create("http://localhost:" + server.getAddress().getPort());
        try (FaultProxy compressing = FaultProxy.to(origin)) {
            compressing.faults().add(Fault.on(REFRESH).wrongDid(alice.did()));
            var asking = new Caller(compressing.url());
            Result refresh = asking.send(asking.request("/xrpc/" + REFRESH)
                    .header("accept-encoding", "gzip")
                    .POST(HttpRequest.BodyPublishers.noBody()));
            assertThat(refresh.json().getString("did")).contains(alice.did().value());
        } finally {
            server.stop(0);
        }
    }

    @Test
    void anUpstreamThatIsNotThereIs502() {
        try (FaultProxy nowhere = FaultProxy.to(URI.create("http://127.0.0.1:1"))) {
            assertThat(new Caller(nowhere.url()).getSession("").outcome())
                    .isEqualTo("502 UpstreamFailure \"Upstream service unreachable\"");
        }
    }
}
