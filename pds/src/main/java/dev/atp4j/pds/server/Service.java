// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds.server;

import dev.atp4j.pds.wire.Answer;
import dev.atp4j.pds.wire.Handler;
import dev.atp4j.pds.wire.Request;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One server of the box: a PDS or the entryway. Its accounts are guarded by the lock of the box. */
public final class Service implements Handler {

    private final Box box;
    private final URI url;
    private final String did;
    private final boolean entryway;
    final Authority authority;
    final RateLimiter rateLimiter = new RateLimiter();

    /** The accounts that this server knows, by DID. */
    final Map<String, AccountRow> accounts = new LinkedHashMap<>();

    Service(Box box, URI url, boolean entryway, Authority authority) {
        this.box = box;
        this.url = url;
        this.did = didOf(url);
        this.entryway = entryway;
        this.authority = authority;
    }

    static String didOf(URI url) {
        return "did:web:" + url.getRawAuthority().replace(":", "%3A");
    }

    Box box() {
        return box;
    }

    /**
     * Returns where the server listens.
     *
     * @return its origin
     */
    public URI url() {
        return url;
    }

    String did() {
        return did;
    }

    /** Tells whether it only keeps sessions, and leaves data to the PDSs behind it. */
    boolean entryway() {
        return entryway;
    }

    /** Tells whether access tokens made for this server are good here. */
    boolean acceptsAudience(String audience) {
        return entryway ? box.hosts().stream().anyMatch(host -> host.did.equals(audience)) : audience.equals(did);
    }

    /** Tells whether an entryway keeps the sessions of this PDS. */
    boolean behindEntryway() {
        return !entryway && box.entryway().isPresent();
    }

    /** Finds an account of this server, whatever its state. */
    Optional<AccountRow> find(String didOrHandle) {
        if (didOrHandle.startsWith("did:")) {
            return Optional.ofNullable(accounts.get(didOrHandle));
        }
        return accounts.values().stream()
                .filter(account -> account.handle.equals(didOrHandle))
                .findFirst();
    }

    /** Finds an account of this server that is neither taken down nor deactivated. */
    Optional<AccountRow> findActive(String didOrHandle) {
        return find(didOrHandle).filter(AccountRow::active);
    }

    Optional<AccountRow> findByEmail(String email) {
        String wanted = email.toLowerCase(Locale.ROOT);
        return accounts.values().stream()
                .filter(account -> account.email.equals(wanted))
                .findFirst();
    }

    @Override
    public Answer answer(Request request) {
        return box.router().answer(this, request);
    }
}
