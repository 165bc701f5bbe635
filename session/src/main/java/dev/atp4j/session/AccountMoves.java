// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import dev.atp4j.AtpException;
import dev.atp4j.identity.DidDocument;
import dev.atp4j.identity.DidDocument.EndpointRule;
import dev.atp4j.identity.IdentityException;
import dev.atp4j.identity.IdentityResolver;
import dev.atp4j.session.kernel.Jwt;
import dev.atp4j.session.kernel.SessionState;
import dev.atp4j.session.kernel.Tokens;
import dev.atp4j.xrpc.XrpcResponse;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Recognises a session that was left behind by its account. Its tokens still refresh at the old server, but they name that
 * server as their audience, and nobody else accepts them.
 */
final class AccountMoves {

    private AccountMoves() {}

    /**
     * Throws if a failing call is explained by a move of the account.
     *
     * @param fresh whether to look past the cache of DID documents
     * @throws AccountMovedException if the tokens are for another server than the one that the account lives on now
     */
    static void check(@Nullable IdentityResolver identity, boolean fresh, SessionState state, XrpcResponse failing) {
        Tokens tokens = state.tokens();
        String audience = tokens == null ? null : Jwt.read(tokens.accessJwt()).audience();
        if (identity == null || audience == null || !audience.startsWith("did:web:")) {
            return;
        }
        URI pds;
        try {
            DidDocument document = fresh
                    ? identity.refreshDid(state.key().did())
                    : identity.resolveDid(state.key().did());
            pds = document.pds(EndpointRule.forService(state.service())).orElse(null);
        } catch (IdentityException e) {
            return;
        }
        if (pds == null || audience.equals(didWeb(pds))) {
            return;
        }
        try {
            failing.orThrow();
        } catch (AtpException e) {
            throw new AccountMovedException(state.key(), pds, e);
        }
    }

    private static String didWeb(URI origin) {
        return "did:web:" + origin.getHost() + (origin.getPort() < 0 ? "" : "%3A" + origin.getPort());
    }
}
