// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.identity;

import dev.atp4j.data.LexMap;
import dev.atp4j.http.TransportException;
import dev.atp4j.http.TransportRequest.Reach;
import dev.atp4j.identity.DidDocument.EndpointRule;
import dev.atp4j.identity.Documents.Document;
import dev.atp4j.identity.IdentityException.Kind;
import dev.atp4j.syntax.Did;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/** Fetches the document of a {@code did:plc} from its directory, and that of a {@code did:web} from its host. */
final class DidLookup {

    private static final int MAX_DOCUMENT = 64 * 1024;

    private final Documents documents;
    private final URI directory;
    private final HostBases bases;
    private final EndpointRule rule;

    DidLookup(Documents documents, URI directory, HostBases bases, EndpointRule rule) {
        this.documents = documents;
        this.directory = directory;
        this.bases = bases;
        this.rule = rule;
    }

    DidDocument find(Did did) {
        return switch (did.method()) {
            case "plc" -> plc(did);
            case "web" -> web(did);
            default -> throw unsupported(did, "only did:plc and did:web can be resolved");
        };
    }

    private DidDocument plc(Did did) {
        if (!did.resolvable()) {
            throw unsupported(did, "a did:plc has 24 characters of a-z and 2-7 behind its method");
        }
        return fetch(did, URI.create(directory + "/" + did), Reach.ANY);
    }

    private DidDocument web(Did did) {
        String host = did.methodSpecificId().toLowerCase(Locale.ROOT);
        String path = "/.well-known/did.json";
        Optional<URI> localhost = HostNames.origin("http://" + host.replace("%3a", ":"))
                .filter(origin ->
                        rule == EndpointRule.LOOPBACK_TOO && did.resolvable() && HostNames.isLoopback(origin));
        if (localhost.isPresent()) {
            return fetch(did, URI.create(localhost.get() + path), Reach.ANY);
        }
        if (!HostNames.isPublic(host)) {
            throw unsupported(did, "a did:web names a public host, without path and port");
        }
        return fetch(did, bases.resolve(host, path), bases.reach(host));
    }

    private DidDocument fetch(Did did, URI uri, Reach reach) {
        Document document;
        try {
            document = documents.get(uri, "application/did+ld+json, application/json", MAX_DOCUMENT, reach);
        } catch (TransportException e) {
            boolean unavailable = e.retryable() || e.kind() == TransportException.Kind.INTERRUPTED;
            throw new IdentityException(
                    unavailable ? Kind.UNAVAILABLE : Kind.INVALID,
                    "the document of " + did + " could not be fetched from " + uri + " (" + e.getMessage() + ")",
                    e);
        }
        if (document.missing()) {
            throw new IdentityException(
                    Kind.NOT_FOUND,
                    "there is no " + did + (document.status() == 410 ? " any more" : "") + ", says " + uri.getHost(),
                    null);
        }
        if (!document.ok()) {
            throw new IdentityException(
                    document.overloaded() ? Kind.UNAVAILABLE : Kind.INVALID,
                    "the document of " + did + " could not be fetched: " + uri + " answered with status "
                            + document.status(),
                    null);
        }
        LexMap raw = document.json()
                .orElseThrow(() -> new IdentityException(Kind.INVALID, uri + " holds no JSON object", null));
        return DidDocument.of(raw)
                .filter(read -> read.did().equals(did))
                .orElseThrow(() ->
                        new IdentityException(Kind.INVALID, uri + " holds the document of another DID, or none", null));
    }

    private static IdentityException unsupported(Did did, String why) {
        return new IdentityException(Kind.UNSUPPORTED, did + " cannot be resolved: " + why, null);
    }
}
