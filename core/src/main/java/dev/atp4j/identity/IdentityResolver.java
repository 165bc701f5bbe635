// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.identity;

import dev.atp4j.syntax.Did;
import dev.atp4j.syntax.Handle;
import java.net.URI;

/**
 * Follows handles and DIDs to their documents, and those to the servers of an account. Thread-safe.
 *
 * <p>{@link NetworkIdentityResolver} is the implementation for the real network.
 */
public interface IdentityResolver {

    /**
     * Finds the DID of a handle by DNS and HTTPS. The DID's document is not asked whether it agrees.
     *
     * @param handle the handle
     * @return the DID that the handle points to
     * @throws IdentityException if there is none, or it could not be found out
     */
    Did resolveHandle(Handle handle);

    /**
     * Fetches the document of a DID, perhaps from a cache.
     *
     * @param did a {@code did:plc} or {@code did:web}
     * @return its document, whose id is this DID
     * @throws IdentityException if there is none, or it could not be fetched
     */
    DidDocument resolveDid(Did did);

    /**
     * Fetches the document of a DID past every cache, and remembers it.
     *
     * @param did a {@code did:plc} or {@code did:web}
     * @return its document, whose id is this DID
     * @throws IdentityException if there is none, or it could not be fetched
     */
    DidDocument refreshDid(Did did);

    /**
     * Finds the document of the account that a handle names, and checks that the document names the handle too.
     *
     * @param handle the handle
     * @return the account's document
     * @throws IdentityException if one of the steps fails, or the two do not agree
     */
    DidDocument resolveAccount(Handle handle);

    /**
     * Finds the service at which an account logs in: its PDS, or the entryway in front of it.
     *
     * @param document the account's document
     * @return the service's origin, which a password may be sent to
     * @throws IdentityException if the document names no acceptable PDS
     */
    URI serviceFor(DidDocument document);
}
