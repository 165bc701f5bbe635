// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session;

import dev.atp4j.Secret;
import dev.atp4j.session.store.EndReason;
import dev.atp4j.session.store.SessionKey;
import java.net.URI;
import java.util.Optional;

/**
 * Knows the passwords of accounts whose sessions log in again by themselves.
 *
 * <pre>{@code
 * Sessions.builder().credentials(account -> Optional.of(Secret.of(System.getenv("APP_PASSWORD"))))
 * }</pre>
 *
 * <p>It is asked only when a session is over for a reason that a login {@linkplain EndReason#curedByLogin() cures}, on a
 * thread of the library that holds no lock, and may take its time: a vault may be read, while calls of the session wait as
 * long as their own time allows. What it throws is reported like a missing password. The password is not kept.
 *
 * <p>Use app passwords: they need no sign-in code, and a leaked one can be revoked. Implementations are thread-safe.
 */
@FunctionalInterface
public interface CredentialsProvider {

    /**
     * Returns the password of an account.
     *
     * @param account whose password is wanted, and where it will be sent
     * @return the account's password or an app password, or empty if its sessions are to stay over
     */
    Optional<Secret> password(Account account);

    /**
     * Whose password is wanted.
     *
     * @param key account and slot
     * @param service the service that the session was opened at, as the store has it. The password goes there, or, if the
     *     reason is {@link EndReason#ACCOUNT_MOVED}, to the server that the account's DID document names. Who does not trust
     *     the store compares this with the service that he expects
     * @param reason why the session is over
     */
    record Account(SessionKey key, URI service, EndReason reason) {}
}
