// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.identity;

import dev.atp4j.http.TransportException;
import dev.atp4j.http.TransportRequest.Reach;
import dev.atp4j.identity.Documents.Document;
import dev.atp4j.identity.IdentityException.Kind;
import dev.atp4j.syntax.Did;
import dev.atp4j.syntax.Handle;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the DID of a handle: by DNS, and where that has none, by HTTPS. */
final class HandleLookup {

    /** The longest DID, and some white space. */
    private static final int MAX_TEXT = 4096;

    private static final int MAX_REDIRECTS = 3;
    private static final int MAX_DNS_NAME = 253;

    private final TxtLookup txt;
    private final Documents documents;
    private final HostBases bases;

    HandleLookup(TxtLookup txt, Documents documents, HostBases bases) {
        this.txt = txt;
        this.documents = documents;
        this.bases = bases;
    }

    Did find(Handle handle) {
        String host = handle.normalise().value();
        if (handle.hasDisallowedTld()) {
            throw new IdentityException(
                    Kind.UNSUPPORTED, "the handle " + host + " is in a reserved domain and is never resolved", null);
        }
        IdentityException byDns;
        try {
            return byDns(host);
        } catch (IdentityException e) {
            if (e.kind() == Kind.INVALID) {
                throw e;
            }
            byDns = e;
        }
        try {
            return byHttps(host);
        } catch (IdentityException byHttps) {
            boolean unavailable = byDns.retryable() || byHttps.retryable();
            var failure = new IdentityException(
                    unavailable ? Kind.UNAVAILABLE : Kind.NOT_FOUND,
                    "no DID found for the handle " + host + ". DNS: " + byDns.getMessage() + ". HTTPS: "
                            + byHttps.getMessage(),
                    byHttps);
            failure.addSuppressed(byDns);
            throw failure;
        }
    }

    private Did byDns(String host) {
        String name = "_atproto." + host;
        if (name.length() > MAX_DNS_NAME) {
            throw new IdentityException(Kind.NOT_FOUND, "the handle is too long for a TXT record", null);
        }
        List<String> stated = txt.texts(name).stream()
                .filter(text -> text.startsWith("did="))
                .map(text -> text.substring(4).strip())
                .toList();
        List<Did> dids = stated.stream()
                .map(Did::tryParse)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        if (dids.size() > 1) {
            throw new IdentityException(
                    Kind.INVALID,
                    "the handle " + host + " has TXT records with " + dids.size() + " different DIDs",
                    null);
        }
        if (dids.isEmpty()) {
            throw new IdentityException(
                    Kind.NOT_FOUND,
                    stated.isEmpty() ? name + " has no did= record" : "the did= record of " + name + " holds no DID",
                    null);
        }
        return dids.get(0);
    }

    private Did byHttps(String host) {
        URI uri = bases.resolve(host, "/.well-known/atproto-did");
        Reach reach = bases.reach(host);
        try {
            Document document = documents.get(uri, "text/plain", MAX_TEXT, reach);
            for (int hop = 0; document.redirect(); hop++) {
                URI target = target(uri, document.location());
                if (hop == MAX_REDIRECTS || target == null) {
                    throw new IdentityException(Kind.NOT_FOUND, uri + " redirects too often, or away from https", null);
                }
                if (!sameOrigin(uri, target)) {
                    reach = Reach.PUBLIC;
                }
                uri = target;
                document = documents.get(uri, "text/plain", MAX_TEXT, reach);
            }
            return did(uri, document);
        } catch (TransportException e) {
            boolean unavailable = e.retryable() && !isUnknownHost(e) || e.kind() == TransportException.Kind.INTERRUPTED;
            throw new IdentityException(
                    unavailable ? Kind.UNAVAILABLE : Kind.NOT_FOUND,
                    uri + " could not be read (" + e.getMessage() + ")",
                    e);
        }
    }

    private static Did did(URI uri, Document document) {
        if (!document.ok()) {
            throw new IdentityException(
                    document.overloaded() ? Kind.UNAVAILABLE : Kind.NOT_FOUND,
                    uri + " answered with status " + document.status(),
                    null);
        }
        return Did.tryParse(document.text())
                .orElseThrow(() -> new IdentityException(Kind.NOT_FOUND, uri + " holds no DID", null));
    }

    /** Returns where a redirect leads, or null if it must not be followed. */
    private static @Nullable URI target(URI from, Optional<String> location) {
        try {
            URI target = from.resolve(location.orElse(""));
            boolean acceptable = target.getHost() != null
                    && target.getRawUserInfo() == null
                    && ("https".equalsIgnoreCase(target.getScheme()) || sameOrigin(from, target));
            return location.isPresent() && acceptable ? target : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static boolean sameOrigin(URI one, URI other) {
        return one.getScheme().equalsIgnoreCase(other.getScheme())
                && one.getHost().equalsIgnoreCase(other.getHost())
                && one.getPort() == other.getPort();
    }

    private static boolean isUnknownHost(TransportException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
                return true;
            }
        }
        return false;
    }
}
