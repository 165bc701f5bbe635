// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.identity;

import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexString;
import dev.atp4j.data.LexValue;
import dev.atp4j.http.TransportRequest;
import dev.atp4j.syntax.Did;
import dev.atp4j.syntax.Handle;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A DID document: what a DID says of its handle, keys and servers. Immutable and thread-safe.
 *
 * <p>The document comes from somebody else, so its parts are read leniently: what has an odd shape is taken as absent.
 *
 * @param did whom it describes
 * @param raw the whole document
 */
public record DidDocument(Did did, LexMap raw) {

    /**
     * Checks that the document is the DID's.
     *
     * @throws IllegalArgumentException if the document's {@code id} is not this DID
     */
    public DidDocument {
        if (!raw.getString("id").equals(Optional.of(did.value()))) {
            throw new IllegalArgumentException("the document is not that of " + did);
        }
    }

    /**
     * Reads a document.
     *
     * @param raw the document
     * @return the document, or empty if it has no valid {@code id}
     */
    public static Optional<DidDocument> of(LexMap raw) {
        return raw.getString("id").flatMap(Did::tryParse).map(did -> new DidDocument(did, raw));
    }

    /**
     * Returns the handle that the document claims; it is not verified.
     *
     * @return the first valid {@code at://} name, in lower case
     */
    public Optional<Handle> handle() {
        for (LexValue name : list("alsoKnownAs")) {
            if (name instanceof LexString text && text.value().startsWith("at://")) {
                var handle = Handle.tryParse(text.value().substring(5));
                if (handle.isPresent()) {
                    return handle.map(Handle::normalise);
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Returns the account's PDS, if the document names one that tokens may safely be sent to. Only the first service
     * with the right id and type counts.
     *
     * @param rule which addresses are acceptable
     * @return the PDS's origin: scheme, host and perhaps port
     */
    public Optional<URI> pds(EndpointRule rule) {
        for (LexValue entry : list("service")) {
            if (entry instanceof LexMap service && isPds(service)) {
                return service.getString("serviceEndpoint").flatMap(rule::origin);
            }
        }
        return Optional.empty();
    }

    private boolean isPds(LexMap service) {
        String id = service.getString("id").orElse("");
        return (id.equals("#atproto_pds") || id.equals(did + "#atproto_pds"))
                && service.getString("type").equals(Optional.of("AtprotoPersonalDataServer"));
    }

    private List<LexValue> list(String field) {
        return raw.get(field) instanceof LexList list ? list.items() : List.of();
    }

    /**
     * Which addresses of a document are acceptable as a server that tokens are sent to.
     *
     * <p>A rule looks at the text only. That a harmless name does not lead to a private address is checked when the
     * connection is made, see {@link TransportRequest.Reach#PUBLIC}.
     */
    public enum EndpointRule {
        /** Only {@code https} names; no address literals, no {@code localhost}, no reserved domains. */
        PUBLIC_HTTPS,
        /** Also {@code http} and {@code https} on loopback: for services that are on loopback themselves. */
        LOOPBACK_TOO;

        /**
         * Returns the rule for documents that a service hands out: only a service on loopback may point to loopback.
         *
         * @param service the service's address
         * @return the rule
         */
        public static EndpointRule forService(URI service) {
            return HostNames.isLoopback(service) ? LOOPBACK_TOO : PUBLIC_HTTPS;
        }

        /**
         * Returns the origin that an address names, if the address is acceptable and names nothing more than that.
         *
         * @param address any text
         * @return scheme, host and port (unless it is the default) in lower case; empty if the text is no address, has
         *     user information, a path, a query or a fragment, or names a host that is not acceptable
         */
        public Optional<URI> origin(String address) {
            return HostNames.origin(address).filter(this::accepts);
        }

        private boolean accepts(URI origin) {
            boolean https = origin.getScheme().equals("https");
            return https && HostNames.isPublic(origin.getHost())
                    || this == LOOPBACK_TOO
                            && (https || origin.getScheme().equals("http"))
                            && HostNames.isLoopback(origin);
        }
    }
}
