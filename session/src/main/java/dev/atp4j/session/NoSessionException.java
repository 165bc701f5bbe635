// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import dev.atp4j.session.store.SessionKey;

/** Thrown when an account's session is to be resumed and none is stored. */
public final class NoSessionException extends SessionException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param key account and slot
     */
    public NoSessionException(SessionKey key) {
        super("no session of " + key.did() + " is stored in slot \"" + key.slot() + "\"; log in first", null);
    }
}
