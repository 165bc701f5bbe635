// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.source;

import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexMap;
import dev.atp4j.http.Headers;
import dev.atp4j.http.HttpTransport;
import dev.atp4j.identity.DidDocument.EndpointRule;
import dev.atp4j.identity.IdentityException;
import dev.atp4j.identity.NetworkIdentityResolver;
import dev.atp4j.pds.Account;
import dev.atp4j.pds.EmbeddedPds;
import dev.atp4j.syntax.Nsid;
import dev.atp4j.xrpc.XrpcClient;
import dev.atp4j.xrpc.XrpcRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A network of one PDS, where one account publishes lexicons, and a DNS that says so. */
final class Publisher implements AutoCloseable {

    final EmbeddedPds pds = EmbeddedPds.builder().start();
    final HttpTransport transport = HttpTransport.create();
    final Account account = pds.createAccount("publisher.test", "planted-password");
    final Map<String, List<String>> dns = new HashMap<>();
    final List<String> asked = new ArrayList<>();
    boolean dnsIsDown;

    Publisher(String... domains) {
        for (String domain : domains) {
            dns.put("_lexicon." + domain, List.of("v=unrelated", "did=" + account.did()));
        }
    }

    LexiconNetwork network() {
        var identities = NetworkIdentityResolver.builder(transport)
                .directory(pds.plcUrl())
                .endpointRule(EndpointRule.LOOPBACK_TOO)
                .build();
        return new LexiconNetwork(transport, identities, this::texts, EndpointRule.LOOPBACK_TOO);
    }

    private List<String> texts(String name) {
        asked.add(name);
        if (dnsIsDown) {
            throw new IdentityException(IdentityException.Kind.UNAVAILABLE, "DNS gave no answer for " + name, null);
        }
        return dns.getOrDefault(name, List.of());
    }

    static Nsid id(String text) {
        return Nsid.parse(text);
    }

    static LexMap document(String id, String defs) {
        return (LexMap) LexJson.parse("{'$type': 'com.atproto.lexicon.schema', 'lexicon': 1, 'id': '%s', 'defs': {%s}}"
                .formatted(id, defs)
                .replace('\'', '"'));
    }

    /** Publishes a lexicon that refers to others. */
    void publish(String id, String... refs) {
        var properties = new StringBuilder();
        for (String ref : refs) {
            properties
                    .append(properties.isEmpty() ? "" : ", ")
                    .append("'p%d': {'type': 'ref', 'ref': '%s'}".formatted(properties.length(), ref));
        }
        put(id, document(id, "'main': {'type': 'object', 'properties': {%s}}".formatted(properties)));
    }

    void put(String rkey, LexMap record) {
        call(
                "com.atproto.repo.putRecord",
                LexMap.builder()
                        .put("repo", account.did().value())
                        .put("collection", "com.atproto.lexicon.schema")
                        .put("rkey", rkey)
                        .put("record", record)
                        .build());
    }

    void unpublish(String rkey) {
        call(
                "com.atproto.repo.deleteRecord",
                LexMap.builder()
                        .put("repo", account.did().value())
                        .put("collection", "com.atproto.lexicon.schema")
                        .put("rkey", rkey)
                        .build());
    }

    private void call(String method, LexMap input) {
        var client = new XrpcClient(transport, pds.url());
        LexMap session = client.send(XrpcRequest.procedure("com.atproto.server.createSession")
                        .json(LexMap.builder()
                                .put("identifier", "publisher.test")
                                .put("password", "planted-password")
                                .build())
                        .build())
                .json();
        client.exchange(
                        XrpcRequest.procedure(method).json(input).build(),
                        Headers.of(
                                "authorization",
                                "Bearer " + session.getString("accessJwt").orElseThrow()),
                        Duration.ofSeconds(20))
                .orThrow();
    }

    @Override
    public void close() {
        transport.close();
        pds.close();
    }
}
