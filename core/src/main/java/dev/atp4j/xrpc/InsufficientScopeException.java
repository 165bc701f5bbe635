// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.xrpc;

import dev.atp4j.syntax.Nsid;
import java.util.Set;

/**
 * Thrown when a session is good but the password it was made with does not give the right to this call, as app passwords
 * do not to those that manage the account. The session is none the worse for it.
 */
public final class InsufficientScopeException extends XrpcResponseException {

    private static final long serialVersionUID = 1L;

    private static final String SCOPE = "Bad token scope";
    private static final String METHOD = "Bad token method";

    /** Here the same words mean that the token itself is of the wrong kind. */
    private static final Set<String> SESSION_CALLS = Set.of(
            "com.atproto.server.createSession",
            "com.atproto.server.getSession",
            "com.atproto.server.refreshSession",
            "com.atproto.server.deleteSession");

    /**
     * Creates an exception from an answer.
     *
     * @param nsid what was called
     * @param response the answer
     */
    public InsufficientScopeException(Nsid nsid, XrpcResponse response) {
        super(nsid, response, advice(response));
    }

    static boolean fits(Nsid nsid, XrpcResponse response) {
        if (response.status() != 400 || SESSION_CALLS.contains(nsid.value())) {
            return false;
        }
        return response.error()
                .filter(error -> error.name().equals("InvalidToken"))
                .filter(error -> SCOPE.equals(error.message()) || METHOD.equals(error.message()))
                .isPresent();
    }

    private static String advice(XrpcResponse response) {
        boolean method =
                response.error().filter(error -> METHOD.equals(error.message())).isPresent();
        return method
                ? ". The app password of this session does not give this right: make one that allows direct messages"
                : ". The password of this session does not give this right: if it is an app password, log in with the"
                        + " account's own";
    }
}
