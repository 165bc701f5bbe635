// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import dev.atp4j.Secret;
import dev.atp4j.data.LexMap;
import dev.atp4j.session.kernel.Origins;
import dev.atp4j.session.store.SessionKey;
import dev.atp4j.syntax.Handle;
import java.net.URI;

/**
 * An account to be created, as {@code com.atproto.server.createAccount} takes it. Immutable; {@link #toString()} shows no
 * password.
 */
public final class NewAccount {

    private final URI service;
    private final LexMap input;
    private final String slot;

    private NewAccount(URI service, LexMap input, String slot) {
        this.service = service;
        this.input = input;
        this.slot = slot;
    }

    /**
     * Starts an account.
     *
     * @param service where to create it
     * @param handle its handle
     * @return a builder
     * @throws IllegalArgumentException if the service is no {@code https} origin; {@code http} is accepted on loopback only
     */
    public static Builder at(URI service, Handle handle) {
        return new Builder(Origins.service(service), handle);
    }

    URI service() {
        return service;
    }

    LexMap input() {
        return input;
    }

    String slot() {
        return slot;
    }

    /** Returns handle and service. */
    @Override
    public String toString() {
        return "NewAccount[" + input.getString("handle").orElse("") + " at " + service + "]";
    }

    /** Builds a {@link NewAccount}. Confined to one thread. */
    public static final class Builder {

        private final URI service;
        private final LexMap.Builder input = LexMap.builder();
        private String slot = SessionKey.DEFAULT_SLOT;

        private Builder(URI service, Handle handle) {
            this.service = service;
            input.put("handle", handle.value());
        }

        /**
         * Sets the password.
         *
         * @param password the password
         * @return this builder
         */
        public Builder password(Secret password) {
            input.put("password", password.expose());
            return this;
        }

        /**
         * Sets the e-mail address.
         *
         * @param email the address
         * @return this builder
         */
        public Builder email(String email) {
            input.put("email", email);
            return this;
        }

        /**
         * Sets the invite code that some services want.
         *
         * @param inviteCode the code
         * @return this builder
         */
        public Builder inviteCode(Secret inviteCode) {
            input.put("inviteCode", inviteCode.expose());
            return this;
        }

        /**
         * Sets any other field of the procedure's input, such as {@code did} or {@code recoveryKey}.
         *
         * @param name the field's name
         * @param value its value
         * @return this builder
         */
        public Builder field(String name, String value) {
            input.put(name, value);
            return this;
        }

        /**
         * Sets the slot in which the session is kept.
         *
         * @param slot one to 32 of {@code a-z 0-9 -}
         * @return this builder
         */
        public Builder slot(String slot) {
            this.slot = slot;
            return this;
        }

        /**
         * Returns the account to be created.
         *
         * @return the account
         */
        public NewAccount build() {
            return new NewAccount(service, input.build(), slot);
        }
    }
}
