// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.identity;

import dev.atp4j.syntax.Did;
import dev.atp4j.syntax.Handle;

/** Follows handles and DIDs to their documents. Thread-safe. */
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
}
