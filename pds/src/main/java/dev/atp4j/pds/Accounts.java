// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds;

import dev.atp4j.Secret;
import dev.atp4j.pds.server.Registry;
import dev.atp4j.pds.server.Service;
import dev.atp4j.syntax.Did;
import dev.atp4j.syntax.Handle;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the operator of the embedded PDS can do with accounts, beside the protocol. Thread-safe.
 *
 * <p>Every method that takes a DID throws {@link java.util.NoSuchElementException} if there is no such account.
 */
public final class Accounts {

    private final Registry registry;
    private final Supplier<Service> otherPds;

    Accounts(Registry registry, Supplier<Service> otherPds) {
        this.registry = registry;
        this.otherPds = otherPds;
    }

    /**
     * A refresh token that is good now.
     *
     * @param jti its identifier, as in the token
     * @param expiresAt when the server will forget it; after its first use earlier than the token itself says
     * @param successor the identifier of the token it was rotated to, or null if it was never used
     * @param appPassword the name of the app password that the session was opened with, or null
     */
    public record RefreshToken(
            String jti,
            Instant expiresAt,
            @Nullable String successor,
            @Nullable String appPassword) {}

    /**
     * Creates an account; any handle will do. Its e-mail address is made from the handle.
     *
     * @param handle its handle
     * @param password its password
     * @return the account
     * @throws IllegalArgumentException if the handle is none, or is taken
     */
    public Account create(String handle, String password) {
        return create(handle, password, handle.replace('.', '-') + "@example.com");
    }

    /**
     * Creates an account; any handle will do.
     *
     * @param handle its handle
     * @param password its password
     * @param email its e-mail address
     * @return the account
     * @throws IllegalArgumentException if the handle is none, or handle or address are taken
     */
    public Account create(String handle, String password, String email) {
        return account(registry.create(Handle.parse(handle).value(), email, Secret.of(password)));
    }

    /**
     * Finds an account.
     *
     * @param name its DID, its handle or its e-mail address
     * @return the account, or empty
     */
    public Optional<Account> find(String name) {
        return registry.find(name).map(Accounts::account);
    }

    private static Account account(Registry.Entry entry) {
        return new Account(Did.parse(entry.did()), Handle.parse(entry.handle()), entry.email());
    }

    /**
     * Takes an account down, as a moderator does. All its refresh tokens die.
     *
     * @param did the account
     */
    public void takeDown(Did did) {
        registry.takeDown(did.value(), true);
    }

    /**
     * Lifts a takedown. Dead refresh tokens stay dead.
     *
     * @param did the account
     */
    public void restore(Did did) {
        registry.takeDown(did.value(), false);
    }

    /**
     * Deactivates an account. Its sessions live on.
     *
     * @param did the account
     */
    public void deactivate(Did did) {
        registry.deactivate(did.value(), true);
    }

    /**
     * Activates a deactivated account.
     *
     * @param did the account
     */
    public void activate(Did did) {
        registry.deactivate(did.value(), false);
    }

    /**
     * Deletes an account. Its DID document stays.
     *
     * @param did the account
     */
    public void delete(Did did) {
        registry.delete(did.value());
    }

    /**
     * Gives an account another password. All its refresh tokens die.
     *
     * @param did the account
     * @param newPassword the password
     */
    public void resetPassword(Did did, String newPassword) {
        registry.resetPassword(did.value(), Secret.of(newPassword));
    }

    /**
     * Gives an account another handle; any will do.
     *
     * @param did the account
     * @param handle the handle
     */
    public void changeHandle(Did did, String handle) {
        registry.rename(did.value(), Handle.parse(handle).value());
    }

    /**
     * Creates an app password.
     *
     * @param did the account
     * @param name what it is called
     * @param privileged whether it may do more than others, such as reading messages
     * @return the password, of the form {@code xxxx-xxxx-xxxx-xxxx}
     */
    public String createAppPassword(Did did, String name, boolean privileged) {
        return registry.createAppPassword(did.value(), name, privileged).expose();
    }

    /**
     * Revokes an app password; the refresh tokens of its sessions die.
     *
     * @param did the account
     * @param name what it is called
     */
    public void revokeAppPassword(Did did, String name) {
        registry.revokeAppPassword(did.value(), name);
    }

    /**
     * Demands a code from an e-mail at every login with the account's password from now on.
     *
     * @param did the account
     */
    public void requireAuthFactor(Did did) {
        registry.requireAuthFactor(did.value(), true);
    }

    /**
     * Demands such a code no more.
     *
     * @param did the account
     */
    public void dropAuthFactor(Did did) {
        registry.requireAuthFactor(did.value(), false);
    }

    /**
     * Returns the code that was mailed to the account last, whatever for: a login, its address, its deletion.
     *
     * @param did the account
     * @return the code, or empty if there was none yet
     */
    public Optional<String> latestEmailCode(Did did) {
        return registry.latestEmailCode(did.value());
    }

    /**
     * Moves an account to the second PDS of the box, which starts with the first move.
     *
     * <p>Behind an entryway only the home changes: the old PDS knows the account no more, and sessions go on at the
     * entryway. Without an entryway it is a migration: the old PDS keeps a deactivated account with its sessions, the
     * new one has an account of the same password without any, and the DID document points to the new one.
     *
     * @param did the account
     * @return where its data live now
     */
    public URI move(Did did) {
        Service target = otherPds.get();
        registry.move(did.value(), target);
        return target.url();
    }

    /**
     * Returns the refresh tokens of an account that are good now.
     *
     * @param did the account
     * @return the tokens, oldest first; none also if there is no such account
     */
    public List<RefreshToken> refreshTokens(Did did) {
        return registry.liveTokens(did.value()).stream()
                .map(live -> new RefreshToken(live.id(), live.expiresAt(), live.successor(), live.appPassword()))
                .toList();
    }
}
