// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation.small;

import dev.atp4j.Secret;
import dev.atp4j.data.LexMap;
import dev.atp4j.session.kernel.Grant;
import dev.atp4j.session.kernel.Profile;
import dev.atp4j.session.kernel.RefreshVerdict;
import dev.atp4j.session.kernel.Tokens;
import dev.atp4j.session.store.EndReason;
import dev.atp4j.syntax.Did;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One session at its server, within the grace of its tokens: each is rotated to the next one of a chain, always the same.
 * Immutable.
 *
 * @param alive which tokens of the chain the server honours, a bit for each
 * @param uses how often each was presented by a refresh, four bits for each; the chases of logouts are not counted
 */
record SmallServer(int alive, long uses) {

    static final Did DID = Did.parse("did:plc:ewvi7nxzyoun6zhxrhs64oiz");

    /** A chain is never longer: every rotation is one of a few refreshes, or a chase. */
    private static final int LONGEST = 16;

    private static final List<Secret> REFRESH = IntStream.range(0, LONGEST)
            .mapToObj(i -> jwt("{\"jti\":\"" + i + "\"}"))
            .toList();
    private static final List<Secret> ACCESS = IntStream.range(0, LONGEST)
            .mapToObj(i -> jwt("{\"for\":\"" + i + "\",\"iat\":1767225600,\"exp\":1767232800}"))
            .toList();

    private static final Profile PROFILE =
            Profile.read(LexMap.builder().put("handle", "alice.test").build());

    /** After the login. */
    static final SmallServer FIRST = new SmallServer(1, 0);

    static Grant grant(int token) {
        return new Grant(DID, ACCESS.get(token), REFRESH.get(token), PROFILE);
    }

    /** Returns which token of the chain this is. */
    static int token(Secret refreshJwt) {
        return REFRESH.indexOf(refreshJwt);
    }

    static int token(Tokens tokens) {
        return token(tokens.refreshJwt());
    }

    boolean honours(int token) {
        return (alive >> token & 1) == 1;
    }

    int uses(int token) {
        return (int) (uses >> 4 * token & 15);
    }

    /** Returns the server after refreshSession. */
    SmallServer refreshed(int token) {
        return new SmallServer(honours(token) ? alive | 1 << token + 1 : alive, uses);
    }

    /** Returns the server with a refresh counted. */
    SmallServer counted(int token) {
        return new SmallServer(alive, uses + (1L << 4 * token));
    }

    /** Returns what it answers to refreshSession. */
    RefreshVerdict answer(int token) {
        return honours(token)
                ? new RefreshVerdict.Rotated(grant(token + 1))
                : new RefreshVerdict.TokenDead(EndReason.REVOKED);
    }

    /** Returns the server after deleteSession. */
    SmallServer deleted(int token) {
        return new SmallServer(alive & ~(1 << token), uses);
    }

    private static Secret jwt(String claims) {
        return Secret.of("e30."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + ".c2ln");
    }
}
