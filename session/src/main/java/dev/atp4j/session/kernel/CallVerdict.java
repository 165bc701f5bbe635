// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

/** What an answer to an ordinary call says about the session. */
public enum CallVerdict {
    /** Nothing: the answer is the caller's business. */
    NOT_OURS,
    /** The access token is past its time. */
    EXPIRED,
    /** It may be the access token's fault, or not. One new token is worth trying. */
    SUSPECT,
    /** The server that was asked no longer has the account: refresh and ask at the address that comes back. */
    REROUTE,
    /** The server that was asked can't verify tokens that another one issued: the account may have moved. */
    UNVERIFIABLE
}
