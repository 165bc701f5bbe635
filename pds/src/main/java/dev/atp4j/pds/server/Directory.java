// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds.server;

import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexString;
import dev.atp4j.http.Headers;
import dev.atp4j.pds.wire.Answer;
import dev.atp4j.pds.wire.Handler;
import dev.atp4j.pds.wire.Request;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The PLC directory: the DID documents of all accounts in the box. Guarded by the lock of the box. */
public final class Directory implements Handler {

    private static final LexList CONTEXT = new LexList(List.of(
            new LexString("https://www.w3.org/ns/did/v1"),
            new LexString("https://w3id.org/security/multikey/v1"),
            new LexString("https://w3id.org/security/suites/ecdsa-2019/v1")));

    private final Box box;
    private final Map<String, Identity> identities = new HashMap<>();

    Directory(Box box) {
        this.box = box;
    }

    /** What the directory knows of a DID. */
    private record Identity(String handle, URI pds, AccountKey key) {}

    void register(String did, String handle, URI pds) {
        identities.put(did, new Identity(handle, pds, AccountKey.generate()));
    }

    void rename(String did, String handle) {
        identities.computeIfPresent(did, (same, was) -> new Identity(handle, was.pds(), was.key()));
    }

    void move(String did, URI pds) {
        identities.computeIfPresent(did, (same, was) -> new Identity(was.handle(), pds, was.key()));
    }

    /** Tells whether the account's document names this PDS. */
    boolean pointsTo(String did, Service pds) {
        Identity identity = identities.get(did);
        return identity != null && identity.pds().equals(pds.url());
    }

    Optional<AccountKey> key(String did) {
        return Optional.ofNullable(identities.get(did)).map(Identity::key);
    }

    Optional<LexMap> document(String did) {
        return Optional.ofNullable(identities.get(did))
                .map(identity -> LexMap.builder()
                        .put("@context", CONTEXT)
                        .put("id", did)
                        .put("alsoKnownAs", new LexList(List.of(new LexString("at://" + identity.handle()))))
                        .put(
                                "verificationMethod",
                                new LexList(List.of(LexMap.builder()
                                        .put("id", did + "#atproto")
                                        .put("type", "Multikey")
                                        .put("controller", did)
                                        .put(
                                                "publicKeyMultibase",
                                                identity.key().multibase())
                                        .build())))
                        .put("service", new LexList(List.of(pdsEntry(identity.pds()))))
                        .build());
    }

    static LexMap pdsEntry(URI pds) {
        return LexMap.builder()
                .put("id", "#atproto_pds")
                .put("type", "AtprotoPersonalDataServer")
                .put("serviceEndpoint", pds.toString())
                .build();
    }

    @Override
    public Answer answer(Request request) {
        String did = URLDecoder.decode(request.path().substring(1), StandardCharsets.UTF_8);
        Optional<LexMap> document;
        box.lock().lock();
        try {
            document = document(did);
        } finally {
            box.lock().unlock();
        }
        return document.map(found -> Answer.of(
                        200,
                        Headers.of("content-type", "application/did+ld+json; charset=utf-8"),
                        LexJson.write(found)))
                .orElseGet(() -> Answer.json(
                        404,
                        LexMap.builder()
                                .put("message", "DID not registered: " + did)
                                .build()));
    }
}
