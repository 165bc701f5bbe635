// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import dev.atp4j.http.TransportRequest.Reach;
import dev.atp4j.identity.DidDocument;
import dev.atp4j.identity.DidDocument.EndpointRule;
import dev.atp4j.identity.IdentityException;
import dev.atp4j.identity.IdentityResolver;
import dev.atp4j.session.kernel.Origins;
import dev.atp4j.session.kernel.Profile;
import dev.atp4j.syntax.Did;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Finds the server that holds an account's data: the only one, beside the service, that gets the access token. */
final class Pds {

    private Pds() {}

    /** Returns which hosts calls to the account's server may reach. */
    static Reach reach(URI service, URI pds) {
        // The service was chosen by somebody; an address out of a document was not.
        return pds.equals(service) || Origins.loopback(service) ? Reach.ANY : Reach.PUBLIC;
    }

    /** Returns the server that the service's own document names, if it is this account's document. */
    static @Nullable URI of(Profile profile, Did did, URI service) {
        if (profile.didDoc() == null) {
            return null;
        }
        return DidDocument.of(profile.didDoc())
                .filter(document -> document.did().equals(did))
                .flatMap(document -> document.pds(EndpointRule.forService(service)))
                .orElse(null);
    }

    /** Asks the account's own document; returns null if that does not help. */
    static @Nullable URI resolve(@Nullable IdentityResolver identity, Did did, URI service) {
        if (identity == null) {
            return null;
        }
        try {
            return identity.resolveDid(did)
                    .pds(EndpointRule.forService(service))
                    .orElse(null);
        } catch (IdentityException e) {
            return null;
        }
    }
}
