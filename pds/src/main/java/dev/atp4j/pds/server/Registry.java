// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds.server;

import dev.atp4j.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the operator of the box can do with accounts, beside the protocol. Thread-safe. */
public final class Registry {

    private final Box box;

    Registry(Box box) {
        this.box = box;
    }

    /**
     * An account as it is now.
     *
     * @param did its DID
     * @param handle its handle
     * @param email its e-mail address
     */
    public record Entry(String did, String handle, String email) {}

    /**
     * A refresh token that is good now.
     *
     * @param id its jti
     * @param expiresAt when it ends
     * @param successor the jti it was rotated to, or null
     * @param appPassword the name of the app password behind it, or null
     */
    public record Live(
            String id,
            Instant expiresAt,
            @Nullable String successor,
            @Nullable String appPassword) {}

    /** Adds an account. Needs the lock. */
    AccountRow add(Service service, String handle, String email, Secret password) {
        Service home = service.entryway() ? box.hosts().get(0) : service;
        String did = "did:plc:" + box.randomBase32(24);
        var repo = new Repo(did, box.time());
        var account = new AccountRow(
                did, handle, email, password, home, repo, box.time().now());
        home.accounts.put(did, account);
        box.entryway().ifPresent(entryway -> entryway.accounts.put(did, account));
        box.directory().register(did, handle, home.url());
        return account;
    }

    /** Removes an account and its tokens everywhere. Needs the lock. */
    void remove(AccountRow account) {
        services().forEach(service -> {
            service.accounts.remove(account.did);
            service.authority.refreshTokens.revokeAll(account.did);
        });
    }

    private List<Service> services() {
        return Stream.concat(box.entryway().stream(), box.hosts().stream()).toList();
    }

    private AccountRow row(String name) {
        // After a move the account that counts is the one at its new home, which was added last.
        return services().stream()
                .flatMap(service -> (name.contains("@") ? service.findByEmail(name) : service.find(name)).stream())
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new NoSuchElementException("no account " + name));
    }

    private <T> T locked(String name, Function<AccountRow, T> action) {
        box.lock().lock();
        try {
            return action.apply(row(name));
        } finally {
            box.lock().unlock();
        }
    }

    private void change(String name, Consumer<AccountRow> action) {
        locked(name, row -> {
            action.accept(row);
            return row;
        });
    }

    private static Entry entry(AccountRow row) {
        return new Entry(row.did, row.handle, row.email);
    }

    /**
     * Creates an account with any handle, on the first PDS.
     *
     * @param handle its handle
     * @param email its e-mail address
     * @param password its password
     * @return the account
     * @throws IllegalArgumentException if handle or address are taken
     */
    public Entry create(String handle, String email, Secret password) {
        box.lock().lock();
        try {
            Service service = box.entryway().orElse(box.hosts().get(0));
            String normal = handle.toLowerCase(Locale.ROOT);
            String address = email.toLowerCase(Locale.ROOT);
            if (service.find(normal).isPresent() || service.findByEmail(address).isPresent()) {
                throw new IllegalArgumentException("handle or e-mail address is taken: " + handle);
            }
            return entry(add(service, normal, address, password));
        } finally {
            box.lock().unlock();
        }
    }

    /**
     * Finds an account.
     *
     * @param name its DID, its handle or its e-mail address
     * @return the account, or empty
     */
    public Optional<Entry> find(String name) {
        try {
            return Optional.of(locked(name, Registry::entry));
        } catch (NoSuchElementException e) {
            return Optional.empty();
        }
    }

    /**
     * Takes an account down, which kills all of its refresh tokens, or restores it.
     *
     * @param did the account
     * @param takenDown whether it is down from now on
     * @throws NoSuchElementException if there is no such account
     */
    public void takeDown(String did, boolean takenDown) {
        change(did, row -> {
            row.takenDown = takenDown;
            row.home.authority.refreshTokens.revokeAll(row.did);
        });
    }

    /**
     * Deactivates an account or activates it again.
     *
     * @param did the account
     * @param deactivated whether it is deactivated from now on
     * @throws NoSuchElementException if there is no such account
     */
    public void deactivate(String did, boolean deactivated) {
        change(did, row -> row.deactivated = deactivated);
    }

    /**
     * Deletes an account.
     *
     * @param did the account
     * @throws NoSuchElementException if there is no such account
     */
    public void delete(String did) {
        change(did, this::remove);
    }

    /**
     * Gives an account a new password, which kills all of its refresh tokens.
     *
     * @param did the account
     * @param password the new password
     * @throws NoSuchElementException if there is no such account
     */
    public void resetPassword(String did, Secret password) {
        change(did, row -> EmailMethods.setPassword(row.home.authority, row, password));
    }

    /**
     * Creates an app password.
     *
     * @param did the account
     * @param name what it is called
     * @param privileged whether it may do more than others
     * @return the password
     * @throws NoSuchElementException if there is no such account
     */
    public Secret createAppPassword(String did, String name, boolean privileged) {
        return locked(
                did, row -> AppPasswordMethods.add(box, row, name, privileged).password());
    }

    /**
     * Revokes an app password and the sessions it opened.
     *
     * @param did the account
     * @param name what it is called
     * @throws NoSuchElementException if there is no such account
     */
    public void revokeAppPassword(String did, String name) {
        change(did, row -> AppPasswordMethods.remove(row, name));
    }

    /**
     * Demands a second factor at every login with the account's password, or stops demanding it.
     *
     * @param did the account
     * @param required whether a code is demanded from now on
     * @throws NoSuchElementException if there is no such account
     */
    public void requireAuthFactor(String did, boolean required) {
        change(did, row -> row.authFactorRequired = required);
    }

    /**
     * Returns the code that was mailed to the account last.
     *
     * @param did the account
     * @return the code, or empty if there was none yet
     * @throws NoSuchElementException if there is no such account
     */
    public Optional<String> latestEmailCode(String did) {
        return locked(did, row -> Optional.ofNullable(row.latestEmailCode));
    }

    /**
     * Gives an account another handle.
     *
     * @param did the account
     * @param handle the handle
     * @throws NoSuchElementException if there is no such account
     */
    public void rename(String did, String handle) {
        change(did, row -> {
            row.handle = handle.toLowerCase(Locale.ROOT);
            box.directory().rename(row.did, row.handle);
        });
    }

    /**
     * Returns the refresh tokens of an account that are good now, at its home or its entryway.
     *
     * @param did the account
     * @return the tokens, oldest first; empty also if there is no such account
     */
    public List<Live> liveTokens(String did) {
        box.lock().lock();
        try {
            return services().stream()
                    .map(service -> service.authority)
                    .distinct()
                    .flatMap(authority ->
                            authority.refreshTokens.live(did, box.time().now()).stream())
                    .map(row -> new Live(row.id(), row.expiresAt(), row.successor(), row.appPassword()))
                    .toList();
        } finally {
            box.lock().unlock();
        }
    }

    /**
     * Moves an account to another PDS. Behind an entryway only its home changes. Without one, it is a migration: the
     * old PDS keeps a deactivated account and its sessions, and the new one has an account of the same password.
     *
     * @param did the account
     * @param target the new home
     * @throws NoSuchElementException if there is no such account
     */
    public void move(String did, Service target) {
        change(did, row -> {
            Service old = row.home;
            if (old.behindEntryway()) {
                old.accounts.remove(row.did);
                row.home = target;
                target.accounts.put(row.did, row);
            } else {
                target.accounts.put(row.did, row.movedTo(target));
                row.deactivated = true;
            }
            box.directory().move(row.did, target.url());
        });
    }
}
