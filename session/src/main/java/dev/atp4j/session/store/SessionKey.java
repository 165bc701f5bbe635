// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.store;

import dev.atp4j.syntax.Did;
import java.util.regex.Pattern;

/**
 * What a session is kept under: the account, and a slot for those who keep several sessions of one account.
 *
 * @param did the account
 * @param slot one to 32 of the characters {@code a-z 0-9 -}; {@link #DEFAULT_SLOT} unless there is a reason
 */
public record SessionKey(Did did, String slot) {

    private static final Pattern SLOT = Pattern.compile("[a-z0-9-]{1,32}");

    /** The slot of those who keep one session for an account. */
    public static final String DEFAULT_SLOT = "default";

    /**
     * Checks the slot.
     *
     * @throws IllegalArgumentException if the slot has another form
     */
    public SessionKey {
        if (!SLOT.matcher(slot).matches()) {
            throw new IllegalArgumentException("not a slot name (1 to 32 of a-z, 0-9, -): \"" + slot + "\"");
        }
    }

    /**
     * Returns the key of an account's default slot.
     *
     * @param did the account
     * @return the key
     */
    public static SessionKey of(Did did) {
        return new SessionKey(did, DEFAULT_SLOT);
    }

    /** Returns DID and slot, joined by {@code #}. */
    @Override
    public String toString() {
        return did + "#" + slot;
    }
}
