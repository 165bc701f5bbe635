// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import dev.atp4j.http.TransportRequest.Reach;
import dev.atp4j.identity.DidDocument;
import dev.atp4j.identity.IdentityException;
import dev.atp4j.identity.IdentityResolver;
import dev.atp4j.session.kernel.Origins;
import dev.atp4j.syntax.Did;
import dev.atp4j.syntax.Handle;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where a login goes, and whose session has to come back.
 *
 * @param service the service's origin
 * @param reach which hosts it may stand for: an address out of a document must not lead into a private network
 * @param expected the account, or null if only the service knows
 */
record LoginTarget(URI service, Reach reach, @Nullable Did expected) {

    /**
     * Works out where to log in: where the login says, else at the account's own server.
     *
     * @throws IdentityException if the account's server has to be looked up, and can't be
     */
    static LoginTarget of(Login login, IdentityResolver identity) {
        String identifier = login.identifier();
        Did did = Did.tryParse(identifier).orElse(null);
        if (login.service().isPresent()) {
            return new LoginTarget(login.service().get(), Reach.ANY, did);
        }
        if (did == null && identifier.contains("@")) {
            throw new IdentityException(
                    IdentityException.Kind.UNSUPPORTED,
                    "an e-mail address does not tell where its account lives; name the service, or log in by handle",
                    null);
        }
        DidDocument document =
                did != null ? identity.resolveDid(did) : identity.resolveAccount(Handle.parse(identifier));
        URI service = Origins.service(identity.serviceFor(document));
        Reach reach = Origins.loopback(service) ? Reach.ANY : Reach.PUBLIC;
        return new LoginTarget(service, reach, document.did());
    }
}
