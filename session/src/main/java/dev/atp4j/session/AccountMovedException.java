// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import dev.atp4j.session.store.SessionKey;
import java.net.URI;

/** Thrown when calls fail because the account lives on another server now, which needs a login of its own. */
public final class AccountMovedException extends SessionException {

    private static final long serialVersionUID = 1L;

    private final transient URI pds;

    /**
     * Creates an exception.
     *
     * @param key whose session it is
     * @param pds the account's new server
     * @param cause the answer that showed it
     */
    public AccountMovedException(SessionKey key, URI pds, Throwable cause) {
        super("the account " + key.did() + " moved to " + pds + "; log in there", cause);
        this.pds = pds;
    }

    /**
     * Returns where the account lives now.
     *
     * @return the new server's origin
     */
    public URI pds() {
        return pds;
    }
}
