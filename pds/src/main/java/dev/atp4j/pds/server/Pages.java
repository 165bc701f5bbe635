// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds.server;

import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexString;
import dev.atp4j.pds.wire.Answer;
import dev.atp4j.pds.wire.Request;
import java.util.List;
import java.util.Optional;

/** What a server answers outside of XRPC. */
final class Pages {

    private static final String PLAIN = "text/plain; charset=utf-8";

    private Pages() {}

    static Answer answer(Service service, Request request) {
        return switch (request.path()) {
            case "/" -> Answer.text(200, PLAIN, "An AT Protocol PDS in a box. Most API routes are under /xrpc/\n");
            case "/.well-known/atproto-did" -> handle(service, request);
            case "/.well-known/did.json" -> Answer.json(200, didDocument(service));
            case "/.well-known/oauth-protected-resource" -> Answer.json(200, protectedResource(service));
            default -> Answer.text(404, PLAIN, "Cannot " + request.method() + " " + request.path() + "\n");
        };
    }

    private static Answer handle(Service service, Request request) {
        String host = request.headers().first("host").orElse("");
        int port = host.lastIndexOf(':');
        String handle = port < 0 ? host : host.substring(0, port);
        Box box = service.box();
        Optional<AccountRow> account;
        box.lock().lock();
        try {
            account = service.findActive(handle);
        } finally {
            box.lock().unlock();
        }
        return account.map(found -> Answer.text(200, PLAIN, found.did))
                .orElseGet(() -> Answer.text(404, "text/html; charset=utf-8", "User not found"));
    }

    private static LexMap didDocument(Service service) {
        return LexMap.builder()
                .put("@context", new LexList(List.of(new LexString("https://www.w3.org/ns/did/v1"))))
                .put("id", service.did())
                .put("service", new LexList(List.of(Directory.pdsEntry(service.url()))))
                .build();
    }

    /** The one place where a PDS names its entryway. */
    private static LexMap protectedResource(Service service) {
        Service authorizer = service.box().entryway().orElse(service);
        return LexMap.builder()
                .put("resource", service.url().toString())
                .put(
                        "authorization_servers",
                        new LexList(List.of(new LexString(authorizer.url().toString()))))
                .put("scopes_supported", new LexList(List.of()))
                .put("bearer_methods_supported", new LexList(List.of(new LexString("header"))))
                .put("resource_documentation", "https://atproto.com")
                .build();
    }
}
