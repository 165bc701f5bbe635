// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.xrpc;

import dev.atp4j.http.TransportException;
import dev.atp4j.syntax.Did;
import java.util.Optional;

/**
 * Sends XRPC requests on somebody's behalf: a plain {@link XrpcClient} for nobody, a password session for an account.
 * Thread-safe.
 */
public interface Agent {

    /**
     * Sends a request and returns its answer.
     *
     * @param request what to send
     * @return the answer, with a 2xx status
     * @throws XrpcException if the server answered with an error, or with something that is no XRPC
     * @throws TransportException if there was no answer
     */
    XrpcResponse send(XrpcRequest request);

    /**
     * Returns the account on whose behalf requests are sent.
     *
     * @return the account's DID, or empty if there is none
     */
    Optional<Did> did();
}
